"""A retraction is on every page that cites the source at once, and a task on each."""

import pytest
from django.test import Client

from publishing import actions
from publishing.models import Task
from references.actions import record_check, save_reference
from references.notices import Notice, NoticeType
from tests import factories

pytestmark = pytest.mark.django_db

RETRACTION = Notice(NoticeType.RETRACTION, "J Skin. 2024;1:2", doi="10.5555/r", service="crossref")
UPDATE = Notice(NoticeType.UPDATE, "J Skin. 2025;1:2", doi="10.5555/u", service="crossref")


def test_a_retraction_is_shown_on_the_citing_page_and_becomes_a_task(client: Client) -> None:
    factories.reference("bad2024")
    live = factories.published(factories.article_content(body="Tiny [@bad2024]."))
    waiting = factories.submitted(factories.article_content("newborns", body="x [@bad2024]."))
    other = factories.published(factories.article_content("other", body="y [@berk2008]."))
    assert "Retracted" not in client.get("/articles/removal/").content.decode()
    record_check(citekey="bad2024", found=[RETRACTION], complete=True)
    assert "Retracted</strong>" in client.get("/articles/removal/").content.decode()
    assert "Retracted" not in client.get("/articles/other/").content.decode()
    tasks = Task.objects.order_by("page_id")
    assert [(task.page_id, task.kind) for task in tasks] == [
        (live.page_id, Task.Kind.RETRACTED_SOURCE),
        (waiting.page_id, Task.Kind.RETRACTED_SOURCE),
    ]
    assert "bad2024: J Skin. 2024;1:2" in tasks[0].detail
    assert other.page_id not in {task.page_id for task in tasks}


def test_a_second_report_of_the_same_notice_adds_no_task() -> None:
    factories.reference("bad2024")
    factories.published(factories.article_content(body="Tiny [@bad2024]."))
    for _time in range(2):
        record_check(citekey="bad2024", found=[RETRACTION], complete=True)
    assert Task.objects.count() == 1
    record_check(citekey="bad2024", found=[UPDATE], complete=True)
    assert Task.objects.filter(kind=Task.Kind.SOURCE_NOTICE).count() == 1


def test_a_page_that_is_public_no_more_gets_no_task() -> None:
    factories.reference("bad2024")
    revision = factories.published(factories.article_content(body="Tiny [@bad2024]."))
    actions.unpublish(by=factories.EditorFactory.create(), page=revision.page, reason="Too old.")
    record_check(citekey="bad2024", found=[RETRACTION], complete=True)
    assert not Task.objects.exists()


def test_a_notice_that_an_editor_writes_down_becomes_a_task_too() -> None:
    reference = factories.reference("bad2024")
    live = factories.published(factories.article_content(body="Tiny [@bad2024]."))
    csl = {**reference.csl, "custom": {"notices": [{"type": "retraction", "citation": "J. 2024"}]}}
    for version in (1, 2):
        save_reference(
            by=reference.updated_by,
            citekey="bad2024",
            csl={**csl, "volume": str(version)},
            version=version,
        )
    assert [(task.page_id, task.kind) for task in Task.objects.all()] == [
        (live.page_id, Task.Kind.RETRACTED_SOURCE)
    ]
