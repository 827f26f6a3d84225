"""What a revision gives to the pages that show it, beside its text."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.content import Video
from articles.parts import article_parts
from publishing.models import Image
from tests import factories

pytestmark = pytest.mark.django_db


def film(**fields: Any) -> Video:
    right = {"file": "videos/a.mp4", "captions": "videos/a.vtt", "transcript": "She *waits*."}
    return Video(**{**right, **fields})


def test_a_video_is_shown_with_its_captions_its_picture_and_its_words(
    client: Any, editor: User
) -> None:
    Image.objects.create(slug="skin", file="skin.svg", width=9, height=9, alt="A", added_by=editor)
    factories.published(factories.article_content(video=film(poster="skin")))
    html = client.get("/articles/removal/").content.decode()
    shown = html[html.index("<video") :].partition("</details>")[0]
    assert '<video controls preload="none" src="/media/videos/a.mp4"' in shown
    assert 'poster="/media/skin.svg"' in shown
    assert '<track kind="captions" src="/media/videos/a.vtt" srclang="en"' in shown
    assert "<p>She <em>waits</em>.</p>" in shown


@pytest.mark.parametrize("poster", [None, "taken-away"])
def test_a_video_without_a_picture_has_no_address_for_it(poster: str | None) -> None:
    end = article_parts(factories.article_content(video=film(poster=poster)), {})["end"]
    assert 'src="/media/videos/a.mp4">' in end
    assert "poster" not in end


def test_an_article_without_a_video_has_no_section_for_one() -> None:
    assert "Video" not in article_parts(factories.article_content(), {})["end"]
