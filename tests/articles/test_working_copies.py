import datetime
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import content as documents
from articles.models import Article, Condition, Glossary, Technique
from publishing import actions, kinds
from publishing.content import Credit, CreditRole, PageContent
from publishing.errors import UnknownName
from publishing.models import Contributor, Image
from tests import factories

pytestmark = pytest.mark.django_db
# The database is one world for all examples of a test; each example overwrites the last.
ON_THE_DATABASE = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# What has broken a storing of texts before: white space, line ends, separators, odd letters.
PIECES = tuple("aB \n\t;:#'\"\\é漢🙂\x00\x0b\x1c\x85\u2028\u200d\u0301")
PIECES += ("\r\n", "---", "no", "[@berk2008]")
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
# The letter keeps a required line from being empty.
lines = texts.map("x{}".format)
slugs = st.sampled_from(("milia", "acne"))
optional_image = st.sampled_from((None, "skin"))
credited = st.lists(
    st.builds(
        Credit, contributor=st.sampled_from(("ann", "ben")), role=st.sampled_from(CreditRole)
    ),
    max_size=2,
    unique_by=lambda credit: credit.contributor,
).map(tuple)


def tuples(items: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, max_size=most).map(tuple)


videos = st.none() | st.builds(
    documents.Video,
    file=st.just("videos/a.mp4"),
    poster=optional_image,
    captions=st.just("videos/a.vtt"),
    transcript=lines,
)
no_safety: st.SearchStrategy[dict[str, str]] = st.just({})
safety = no_safety | st.fixed_dictionaries(
    {"safety_level": st.sampled_from(["urgent", "emergency"]), "safety_notes": lines}
)


@dataclass(frozen=True)
class World:
    """What the documents may name."""

    editor: User


@pytest.fixture
def world(editor: User) -> World:
    for slug in ("milia", "acne"):
        factories.draft(factories.condition_content(slug))
    for slug in ("needle", "laser"):
        factories.draft(factories.technique_content(slug))
    factories.reference("patsatsi2020")
    for slug in ("ann", "ben"):
        Contributor.objects.create(slug=slug, name=slug)
    Image.objects.create(slug="skin", file="a.svg", width=9, height=9, alt="A", added_by=editor)
    return World(editor)


def stored(content: PageContent, world: World) -> PageContent:
    """The document again, after it was a working copy."""
    kind = kinds.get(content.kind)
    page = kind.model.objects.filter(kind=content.kind, slug=content.slug).first()
    return kind.read(actions.save_draft(by=world.editor, content=content, page=page).pk)


@given(data=st.data())
@ON_THE_DATABASE
def test_an_article_comes_back_from_its_working_copy(world: World, data: st.DataObject) -> None:
    draw = data.draw
    content = documents.ArticleContent(
        slug="removal",
        title=draw(lines),
        condition=draw(st.none() | slugs),
        contributors=draw(credited),
        standfirst=draw(texts),
        key_points=draw(tuples(lines)),
        adults_only=draw(st.booleans()),
        safety_heading=draw(texts),
        **draw(safety),
        lead_image=draw(optional_image),
        body=draw(texts),
        techniques=draw(st.sampled_from(((), ("needle",), ("laser", "needle")))),
        video=draw(videos),
        limits=draw(texts),
        searched_on=draw(st.none() | st.dates()),
    )
    assert stored(content, world) == content


assessments = st.lists(
    st.builds(
        documents.Assessment,
        condition=slugs,
        certainty=st.sampled_from(documents.Certainty),
        basis=texts,
        references=st.sampled_from(((), ("berk2008",), ("patsatsi2020", "berk2008"))),
        sentence=texts,
    ),
    max_size=2,
    unique_by=lambda assessment: assessment.condition,
).map(tuple)


@given(data=st.data())
@ON_THE_DATABASE
def test_a_technique_comes_back_from_its_working_copy(world: World, data: st.DataObject) -> None:
    draw = data.draw
    content = documents.TechniqueContent(
        slug="do-nothing",
        title=draw(lines),
        condition=draw(st.none() | slugs),
        contributors=draw(credited),
        verdict=draw(texts),
        invasiveness=draw(st.integers(0, 1000)),
        setting=draw(st.sampled_from(documents.Setting)),
        near_eye=draw(st.sampled_from(documents.Suitability)),
        pregnancy=draw(st.sampled_from(documents.Suitability)),
        cost_band=draw(st.sampled_from(documents.CostBand)),
        assessments=draw(assessments),
        **{name: draw(texts) for name in documents.TECHNIQUE_TEXTS},
    )
    assert stored(content, world) == content


@given(data=st.data())
@ON_THE_DATABASE
def test_a_condition_comes_back_from_its_working_copy(world: World, data: st.DataObject) -> None:
    draw = data.draw
    content = documents.ConditionContent(
        slug="cysts",
        title=draw(lines),
        condition=draw(st.none() | slugs),
        contributors=draw(credited),
        also_called=draw(tuples(lines)),
        overview=draw(texts),
        lead_image=draw(optional_image),
        body=draw(texts),
    )
    assert stored(content, world) == content


terms = st.lists(
    st.builds(
        documents.Term,
        slug=st.sampled_from(("keratin", "dermis", "cyst")),
        term=lines,
        also=tuples(lines.map(lambda line: line.replace(";", ",")), most=3),
        definition=lines,
    ),
    max_size=3,
    unique_by=lambda term: term.slug,
).map(tuple)


@given(introduction=texts, terms=terms, people=credited)
@ON_THE_DATABASE
def test_a_glossary_comes_back_from_its_working_copy(
    world: World,
    introduction: str,
    terms: tuple[documents.Term, ...],
    people: tuple[Credit, ...],
) -> None:
    content = factories.glossary_content(
        introduction=introduction, terms=terms, contributors=people
    )
    assert stored(content, world) == content


@given(title=lines, lead=texts.map(lambda text: text[:300]), body=texts)
@ON_THE_DATABASE
def test_a_plain_page_comes_back_from_its_working_copy(
    world: World, title: str, lead: str, body: str
) -> None:
    content = factories.plain_page_content(title=title, lead=lead, body=body)
    assert stored(content, world) == content


@pytest.mark.parametrize(
    "content",
    [
        factories.glossary_content(
            terms=(
                documents.Term(
                    slug="keratin",
                    term="k" * 200,
                    also=("k" * 200, "l" * 200, "m" * 96),
                    definition="d" * 500,
                ),
            )
        ),
        factories.article_content(
            title="t" * 200,
            condition=None,
            standfirst="s" * 500,
            key_points=tuple(["k" * 500] * 10),
            safety_level="urgent",
            safety_heading="h" * 200,
            safety_notes="Go.",
            video=documents.Video(
                file="v" * 100, poster=None, captions="c" * 100, transcript="Words."
            ),
            searched_on=datetime.date(9999, 12, 31),
        ),
        factories.condition_content(
            title="t" * 200, overview="o" * 500, also_called=tuple(["n" * 200] * 200)
        ),
        factories.technique_content(condition=None, assessments=(), verdict="v" * 500),
        factories.plain_page_content(lead="l" * 300),
    ],
    ids=lambda content: content.kind,
)
def test_the_longest_document_that_is_allowed_can_be_stored(
    editor: User, content: PageContent
) -> None:
    assert stored(content, World(editor)) == content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            factories.article_content(condition=None, techniques=("magic",)),
            "Techniques: there is nothing called “magic”",
        ),
        (
            factories.article_content(condition=None, lead_image="missing"),
            "Lead picture: there is nothing called “missing”",
        ),
        (
            factories.article_content(condition="missing"),
            "Condition: there is nothing called “missing”",
        ),
        (
            factories.technique_content(condition=None),
            "Assessments: there is nothing called “milia”",
        ),
    ],
)
def test_a_name_that_nothing_has_is_refused_with_its_field(
    editor: User, content: PageContent, message: str
) -> None:
    with pytest.raises(UnknownName, match=message):
        actions.save_draft(by=editor, content=content)
    assert not Article.objects.exists()
    assert not Technique.objects.exists()


def test_an_assessment_of_an_unknown_reference_is_refused(editor: User) -> None:
    factories.draft(factories.condition_content())
    assessment = factories.technique_content().assessments[0]
    content = factories.technique_content(
        assessments=(assessment.model_copy(update={"references": ("nobody1999",)}),)
    )
    with pytest.raises(UnknownName, match="Assessments: there is nothing called “nobody1999”"):
        actions.save_draft(by=editor, content=content)


def test_saving_again_changes_the_same_rows(editor: User) -> None:
    for content in (factories.condition_content(), factories.glossary_content()):
        page = factories.draft(content)
        again = actions.save_draft(by=editor, content=content, page=page)
        assert again.pk == page.pk
    assert (Condition.objects.count(), Glossary.objects.count()) == (1, 1)
