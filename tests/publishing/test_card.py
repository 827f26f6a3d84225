"""The card of each live page: what other sites show beside a link to it."""

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client
from PIL import Image, ImageChops

from publishing.content import Credit
from publishing.machines import cards
from publishing.machines.card_drawing import SIZE, Face, draw, drawable
from publishing.models import Contributor, Page, Revision, SignOff
from references.entries import Status
from references.models import Reference
from tests import factories, menu

pytestmark = pytest.mark.django_db
ADDRESS = "/cards/article/removal.png"
TITLE_PLACE = (0, 210, 1200, 520)
REVIEW_PLACE = (0, 521, 1200, 610)


@pytest.fixture
def client() -> Client:
    """Django's own: a card is no page."""
    return Client()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Face]:
    """The faces that were drawn, in order."""
    faces: list[Face] = []

    def draw_and_note(face: Face) -> bytes:
        faces.append(face)
        return draw(face)

    monkeypatch.setattr(cards, "draw", draw_and_note)
    return faces


def picture(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size) == ("PNG", SIZE)
    return image.convert("RGB")


def is_empty(png: bytes, place: tuple[int, int, int, int]) -> bool:
    """Whether nothing was drawn at a place of the card."""
    part = picture(png).crop(place)
    plain = Image.new("RGB", part.size, part.getpixel((0, 0)))
    return ImageChops.difference(part, plain).getbbox() is None


def test_a_card_says_the_title_and_when_the_page_was_reviewed(
    client: Client, drawn: list[Face]
) -> None:
    live = factories.published(factories.article_content())
    signed = SignOff.objects.get(contribution__revision=live).signed_at
    answer = client.get(ADDRESS)
    assert answer.headers["Content-Type"] == "image/png"
    (face,) = drawn
    assert face == Face(
        *(site_settings.SITE_NAME, "Removal", f"Medically reviewed {signed:%B %Y}"),
        "Milia are harmless and may be left alone.",
    )
    assert not is_empty(answer.content, TITLE_PLACE)
    assert not is_empty(answer.content, REVIEW_PLACE)
    assert answer.content == draw(drawn[0])


def test_a_card_names_no_review_that_does_not_count(client: Client, drawn: list[Face]) -> None:
    live = factories.published(factories.article_content())
    Page.objects.filter(pk=live.page_id).update(review_due_on=datetime.date(2020, 1, 1))
    client.get(ADDRESS)
    Page.objects.filter(pk=live.page_id).update(review_due_on=None)
    Contributor.objects.filter(contributions__revision=live).update(demo=True)
    client.get(ADDRESS)
    assert [face.state for face in drawn] == ["Review overdue", "Not yet medically reviewed"]
    factories.published(factories.plain_page_content())
    answer = client.get("/cards/page/about.png")
    assert drawn[-1] == Face(site_settings.SITE_NAME, "About")
    assert is_empty(answer.content, REVIEW_PLACE)


def test_a_card_is_drawn_once_for_what_it_says(client: Client, drawn: list[Face]) -> None:
    live = factories.published(factories.article_content())
    first = client.get(ADDRESS)
    for query in ("", "?v=2", "?a[]=1"):
        assert client.get(ADDRESS + query).content == first.content
    assert len(drawn) == 1
    (file,) = _files()
    assert file.parent.name == str(live.page_id)
    content = factories.article_content(title="Another title")
    factories.published(content, change_kind=Revision.ChangeKind.WORDING)
    second = client.get(ADDRESS)
    assert second.content != first.content
    assert second.headers["ETag"] != first.headers["ETag"]
    assert [face.title for face in drawn] == ["Removal", "Another title"]
    assert len(_files()) == 1


def _files() -> list[Path]:
    return [path for path in Path(site_settings.CARDS_ROOT).rglob("*") if path.is_file()]


def test_who_has_the_card_is_answered_without_it(client: Client, drawn: list[Face]) -> None:
    factories.published(factories.article_content())
    first = client.get(ADDRESS)
    headers = {name: first.headers[name] for name in cards_headers()}
    assert headers == cards_headers() | {"ETag": headers["ETag"]}
    for file in _files():
        file.unlink()
    again = client.get(ADDRESS, headers={"If-None-Match": headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(drawn) == 1


def cards_headers() -> dict[str, str]:
    return {
        "Cache-Control": "public, max-age=3600",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "ETag": "",
    }


def test_a_card_that_cannot_be_kept_is_drawn_all_the_same(
    client: Client, drawn: list[Face], tmp_path: Path, settings: Any
) -> None:
    factories.published(factories.article_content())
    (tmp_path / "a-file").write_text("")
    settings.CARDS_ROOT = tmp_path / "a-file"
    for _time in range(2):
        assert client.get(ADDRESS).status_code == 200
    assert len(drawn) == 2


@pytest.mark.parametrize(
    "title", ["Milia 🙂", "ما هي الدخنيات", "מיליה", "Просянка", "粟粒腫", "x\u0489"]
)
def test_a_title_that_the_font_does_not_have_is_left_out(
    client: Client, drawn: list[Face], title: str
) -> None:
    factories.published(factories.article_content(title=title))
    answer = client.get(ADDRESS)
    assert drawn == [Face(site_settings.SITE_NAME)]
    assert is_empty(answer.content, TITLE_PLACE)
    assert answer.content == client.get("/cards/site.png").content


@pytest.mark.parametrize(
    "title", ["Wort" * 20, "W" * 200, "word " * 40, "Naïve “ß” – 50 € (½)…", "i"]
)
def test_any_other_title_stands_inside_its_margins(title: str) -> None:
    image = picture(draw(Face("Milia", title)))
    for place in ((0, 0, 78, 600), (1140, 0, 1200, 600), (0, 506, 1200, 610)):
        part = image.crop(place)
        assert len(part.getcolors() or ()) == 1, place
    assert not is_empty(draw(Face("Milia", title)), TITLE_PLACE)


def test_a_summary_stands_below_the_title_and_is_cut_between_words() -> None:
    beneath = (0, 350, 1200, 520)
    assert is_empty(draw(Face("Milia", "Title")), beneath)
    short, long = (draw(Face("Milia", "Title", "", "Words " * number)) for number in (3, 300))
    assert not is_empty(short, beneath)
    for title in ("i", "word " * 40):
        image = picture(draw(Face("Milia", title, "", "W" * 900)))
        for place in ((0, 0, 78, 600), (1140, 0, 1200, 600), (0, 521, 1200, 610)):
            assert len(image.crop(place).getcolors() or ()) == 1, place
    assert short != long
    assert draw(Face("Milia", "Title", "", "粟粒腫")) == draw(Face("Milia", "Title"))


def test_a_comparison_a_source_and_a_contributor_have_cards(
    client: Client, drawn: list[Face]
) -> None:
    Contributor.objects.create(slug="jo", name="Jo Writer", credentials="MSc")
    content = factories.article_content(contributors=(Credit(contributor="jo"),))
    factories.published(content)
    source = factories.reference("berk2008", issued={"date-parts": [[2008]]})
    for name in ("compare/milia", "source/berk2008", "contributor/jo"):
        menu.answers_only_reads(client, f"/cards/{name}.png", unknown=f"/cards/{name}x.png")
    site = site_settings.SITE_NAME
    what = "What patients ask, and what is known about each option."
    assert list(dict.fromkeys(drawn)) == [
        Face(site, "Milia: the options compared", "", what),
        Face(site, "Title of berk2008", "", ", ".join(filter(None, (source.container, "2008")))),
        Face(site, "Jo Writer", "", "MSc"),
    ]
    Reference.objects.update(status=Status.RETRACTED)
    Contributor.objects.filter(slug="jo").update(demo=True)
    client.get("/cards/source/berk2008.png")
    client.get("/cards/contributor/jo.png")
    assert [face.state for face in drawn[-2:]] == ["Retracted", "A placeholder for demonstration"]


def test_the_card_of_a_comparison_moves_with_its_condition(client: Client) -> None:
    menu.moves(client, "/conditions/old/", "/conditions/new/", factories.condition_content("old"))
    moved = client.get("/cards/compare/old.png")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/cards/compare/new.png")


def test_what_can_be_drawn_is_composed_and_on_one_line() -> None:
    assert drawable(" e\u0301te\u0301\n\u00a0a\u00adb ") == "été ab"
    assert [drawable(text) for text in ("", "≥", "a\u202eb", "\ue000")] == ["", "", "", ""]


def test_the_card_of_the_site_has_its_name_only() -> None:
    png = draw(Face("Milia"))
    assert is_empty(png, TITLE_PLACE)
    assert is_empty(png, REVIEW_PLACE)
    assert not is_empty(png, (213, 80, 400, 184))


@pytest.mark.parametrize(
    ("address", "content"),
    [
        ("/cards/article/removal.png", factories.article_content()),
        ("/cards/technique/do-nothing.png", factories.technique_content()),
        ("/cards/condition/milia.png", factories.condition_content()),
        ("/cards/question/what-are-milia.png", factories.question_content()),
        ("/cards/glossary/glossary.png", factories.glossary_content()),
        ("/cards/page/about.png", factories.plain_page_content()),
    ],
)
def test_each_kind_has_its_card_while_it_is_live(
    client: Client, address: str, content: Any
) -> None:
    menu.is_hidden_until_published(client, address, content)


def test_the_card_of_a_page_that_moved_is_at_its_new_address(client: Client) -> None:
    menu.moves(client, "/articles/old/", "/articles/new/", factories.article_content("old"))
    moved = client.get("/cards/article/old.png")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/cards/article/new.png")


def test_it_answers_reads_only(client: Client) -> None:
    factories.published(factories.article_content())
    menu.answers_only_reads(client, ADDRESS, unknown="/cards/article/nothing.png")
    menu.answers_only_reads(client, "/cards/site.png", unknown="/cards/nothing/removal.png")


def test_a_card_takes_the_query_of_a_page(client: Client, django_assert_num_queries: Any) -> None:
    factories.published(factories.article_content())
    with django_assert_num_queries(1):
        client.get(ADDRESS)
    with django_assert_num_queries(0):
        client.get("/cards/site.png")
