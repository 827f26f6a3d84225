"""A folder of content becomes a site through the editors' own actions, all or nothing."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from publishing import actions
from publishing.loading import LoadFailed, load_folder
from publishing.models import Contributor, Image, Page, Revision
from references.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db

CONTENT = Path(__file__).parents[2] / "content"
REFERENCE = '[{"id": "berk2008", "type": "book", "title": "A book"}]'
CONTRIBUTORS = """
- slug: demo-author
  name: Demo author
  demo: true
- slug: demo-reviewer
  name: Demo reviewer
  demo: true
"""
IMAGES = "- {slug: drawing, file: drawing.svg, alt: A drawing, credit: Us, licence: CC BY 4.0}"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
CONDITION = "---\nkind: condition\nschema: 1\nslug: milia\ntitle: Milia\n---\n\nTiny [@berk2008].\n"
ARTICLE = (
    "---\nkind: article\nschema: 1\nslug: care\ntitle: Care\ncondition: milia\n"
    "key_points:\n  - Tiny cysts [@berk2008].\n"
    "contributors:\n  - contributor: demo-author\nlead_image: drawing\n---\n\nText [@berk2008].\n"
)


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    """The editor, and a reviewer who is a demonstration."""
    reviewer = factories.ReviewerFactory.create()
    person = Contributor.objects.filter(user=reviewer)
    person.update(
        slug="demo-reviewer",
        name="Demo reviewer",
        demo=True,
        credentials="",
        interests="",
        interests_declared_on=None,
    )
    return {"author": factories.EditorFactory.create(), "reviewer": reviewer}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small, faultless folder of content."""
    files = {
        "references.json": REFERENCE,
        "contributors.yaml": CONTRIBUTORS,
        "images.yaml": IMAGES,
        "images/drawing.svg": SVG,
        "conditions/milia.md": CONDITION,
        "articles/care.md": ARTICLE,
    }
    for name, text in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "content"


def stored() -> tuple[int, ...]:
    models = (Reference, Image, Page, Revision)
    return tuple(model.objects.count() for model in models)


def test_a_folder_goes_live_and_loading_it_again_changes_nothing(
    folder: Path, people: dict[str, Any]
) -> None:
    report = load_folder(folder, **people)
    assert report.stored == {
        "references": 1,
        "contributors": 1,
        "pictures": 1,
        "condition": 1,
        "article": 1,
    }
    live = Revision.objects.live().order_by("kind").values_list("kind", "slug", "number")
    assert list(live) == [("article", "care", 1), ("condition", "milia", 1)]
    again = load_folder(folder, **people)
    assert (again.stored, again.unchanged) == ({}, 6)


def test_what_changed_in_a_file_becomes_a_new_revision(
    folder: Path, people: dict[str, Any]
) -> None:
    load_folder(folder, **people)
    (folder / "articles/care.md").write_text(ARTICLE.replace("Text", "New text"))
    (folder / "references.json").write_text(REFERENCE.replace("A book", "Another book"))
    (folder / "images.yaml").write_text(IMAGES.replace("A drawing", "Another drawing"))
    report = load_folder(folder, **people)
    assert report.stored == {"references": 1, "pictures": 1, "article": 1}
    assert Revision.objects.live().get(kind="article").number == 2
    Image.objects.get().file.delete(save=True)
    assert load_folder(folder, **people).stored == {"pictures": 1}


def test_a_draft_that_an_editor_writes_is_left_alone(folder: Path, people: dict[str, Any]) -> None:
    load_folder(folder, **people)
    page = Page.objects.get(slug="care")
    content = factories.article_content("care", body="A draft.")
    actions.save_draft(by=people["author"], content=content, page=page)
    assert load_folder(folder, **people).stored == {}


def test_a_real_reviewer_signs_at_the_desk_and_not_here(folder: Path) -> None:
    people = {
        "author": factories.EditorFactory.create(),
        "reviewer": factories.ReviewerFactory.create(),
    }
    report = load_folder(folder, **people)
    assert report.waiting == 2
    assert {item.state for item in Revision.objects.all()} == {"submitted"}
    assert load_folder(folder, **people).stored == {}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("articles/care.md", ARTICLE.replace("title: Care", "title: [Care"), "line 6"),
        ("articles/care.md", ARTICLE.replace("title:", "tittle:"), "field “title”"),
        ("articles/care.md", ARTICLE.replace("title: Care\n", ""), "field “title”"),
        ("articles/care.md", ARTICLE.replace("title:", "colour: red\ntitle:"), "field “colour”"),
        ("articles/care.md", ARTICLE.replace("[@berk2008]", "[@nobody]"), "“nobody”"),
        ("articles/care.md", ARTICLE.replace("condition: milia", "condition: acne"), "“acne”"),
        ("articles/care.md", ARTICLE.replace("demo-author", "somebody"), "“somebody”"),
        ("articles/care.md", ARTICLE.replace("drawing", "painting"), "“painting”"),
        ("articles/care.md", ARTICLE.replace("lead", "safety_level: urgent\nlead"), "safety card"),
        ("articles/care.md", CONDITION, "does not belong in this folder"),
        ("articles/other.md", ARTICLE, "“care” is the address of care.md already"),
        ("articles/care.md", b"\xff\xfe", "not UTF-8"),
        ("references.json", "[", "line 1"),
        ("references.json", "{}", "line 1: type: This is missing"),
        (
            "references.json",
            '[\n{"type": "book", "title": "x"}]',
            "line 2: This reference has no id",
        ),
        ("references.json", '[{"id": "x", "type": "book", "title": "x", "DOI": "10"}]', "DOI"),
        ("references.json", '[{"id": "x y", "type": "book", "title": "x"}]', "“x y”"),
        ("references.json", '[{"id": "x", "type": "book"}]', "title"),
        ("contributors.yaml", "slug: x", "not a list"),
        ("contributors.yaml", "- slug: demo-author", "field “1.name”"),
        ("contributors.yaml", "- {slug: a, name: A, interests: None}", "statement and its date"),
        ("images.yaml", IMAGES.replace("alt: A drawing, ", ""), "text alternative"),
        ("images.yaml", IMAGES.replace("drawing.svg", "no.svg"), "No such file"),
        ("images.yaml", IMAGES.replace("drawing.svg", "../x.svg"), "field “1.file”"),
        ("images/drawing.svg", "<svg", "not SVG"),
    ],
)
def test_a_fault_names_the_file_the_place_and_the_reason_and_nothing_is_stored(
    folder: Path, people: dict[str, Any], name: str, text: str | bytes, told: str
) -> None:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(LoadFailed) as failed:
        load_folder(folder, **people)
    message = str(failed.value)
    assert told in message
    assert Path(name).parts[0] in message
    assert stored() == (0, 0, 0, 0)


def test_every_faulty_file_is_named_at_once(folder: Path, people: dict[str, Any]) -> None:
    (folder / "articles/care.md").write_text("x")
    (folder / "conditions/milia.md").write_text("x")
    with pytest.raises(LoadFailed) as failed:
        load_folder(folder, **people)
    assert [fault.path.name for fault in failed.value.faults] == ["milia.md", "care.md"]


def test_a_folder_may_have_pages_only(folder: Path, people: dict[str, Any]) -> None:
    load_folder(folder, **people)
    for name in ("references.json", "contributors.yaml", "images.yaml"):
        (folder / name).unlink()
    assert load_folder(folder, **people).unchanged == 2


def test_a_picture_in_another_form_is_written_anew(folder: Path, people: dict[str, Any]) -> None:
    from_pillow = pytest.importorskip("PIL.Image")
    from_pillow.new("RGB", (4, 3)).save(folder / "images/photo.png")
    (folder / "images.yaml").write_text(IMAGES.replace("drawing.svg", "photo.png"))
    load_folder(folder, **people)
    image = Image.objects.get()
    assert (image.width, image.height) == (4, 3)


def test_the_command_says_what_it_did(folder: Path, people: dict[str, Any]) -> None:
    out = StringIO()
    call_command("load_content", str(folder), stdout=out)
    assert "article: 1\n" in out.getvalue()
    out = StringIO()
    call_command("load_content", str(folder), stdout=out)
    assert out.getvalue() == "unchanged: 6\n"
    out = StringIO()
    call_command("load_content", str(folder), if_empty=True, stdout=out)
    assert out.getvalue() == ""


def test_the_command_tells_what_is_wrong_in_plain_words(
    folder: Path, people: dict[str, Any]
) -> None:
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command("load_content", str(folder), author="nobody")
    with pytest.raises(CommandError, match="There is no such folder"):
        call_command("load_content", str(folder / "nowhere"))


def test_the_command_says_what_waits_for_a_reviewer(folder: Path) -> None:
    factories.EditorFactory.create()
    factories.ReviewerFactory.create()
    out = StringIO()
    call_command("load_content", str(folder), stdout=out)
    assert "waiting for review: 2" in out.getvalue()


def test_the_content_of_the_project_loads_whole(people: dict[str, Any]) -> None:
    report = load_folder(CONTENT, **people)
    pages = len(list(CONTENT.glob("*/*.md")))
    assert pages >= 29
    assert Revision.objects.live().count() == pages
    assert report.waiting == 0
