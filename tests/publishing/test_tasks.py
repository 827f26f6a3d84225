"""The desk's jobs, run by the worker's own code from a real queue."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from milia_site import work
from publishing import actions, clock, outgoing_links
from publishing.actions import going_live
from publishing.dates import database_now
from publishing.markdown_views import store_image
from publishing.models import Image, Link, Page, Revision, Task
from tests import factories
from tests.milia_site.test_work import put
from tests.publishing.test_markdown_views import png
from tests.worker import empty_queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def queue(transactional_db: None) -> None:
    empty_queue()


def status_of(name: str) -> str:
    """What becomes of a job that waits; run in a thread, as others run beside it."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(work.work, wait=False).result()
    job = ProcrastinateJob.objects.filter(task_name=f"publishing.{name}").earliest("id")
    return str(job.status)


def test_what_is_scheduled_is_published_by_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    editor = factories.EditorFactory.create()
    revision = factories.approved(factories.article_content())
    soon = timezone.now() + datetime.timedelta(hours=1)
    actions.schedule(by=editor, revision=revision, publish_at=soon)
    later = database_now() + datetime.timedelta(hours=2)
    monkeypatch.setattr(going_live, "database_now", lambda: later)
    put("publishing.publish_due")
    assert status_of("publish_due") == "succeeded"
    assert Revision.objects.get(pk=revision.pk).state == "live"


def test_owners_are_reminded_by_the_job() -> None:
    page = Page.objects.get(pk=factories.published(factories.article_content()).page_id)
    User.objects.filter(pk=page.owner_id).update(email="owner@example.org")
    clock.pull_forward([page], reason="A retraction.")
    put("publishing.remind")
    assert status_of("remind") == "succeeded"
    assert Task.objects.get(kind=Task.Kind.REVIEW_DUE).page == page
    assert [letter.to for letter in mail.outbox] == [["owner@example.org"]]


def test_links_are_gathered_and_asked_by_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.published(factories.article_content(body="[A leaflet](https://leaflet.invalid/)"))
    monkeypatch.setattr(outgoing_links, "PAUSE", 0.0)
    put("publishing.check_links")
    assert status_of("check_links") == "succeeded"
    link = Link.objects.get()
    assert (link.url, link.strikes) == ("https://leaflet.invalid/", 1)
    assert link.result == "It could not be reached."
    assert str(link) == "https://leaflet.invalid/"


def test_copies_of_a_picture_are_made_by_the_job(settings: Any) -> None:
    image = store_image(user=factories.EditorFactory.create(), name="skin.png", data=png().read())
    assert status_of("make_renditions") == "succeeded"
    copies = Image.objects.get(pk=image.pk).renditions
    assert [copy["format"] for copy in copies] == ["AVIF", "WEBP", "JPEG"]
