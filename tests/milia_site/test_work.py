"""The worker and its queue: real jobs in the database, real processes, real crashes."""

import datetime
import json
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from milia_site import processes, tasks, work
from references.actions import save_reference
from references.models import FoundNotice, Reference
from references.tasks import ask_to_check
from tests.fakes.services import Answer, FakeServices, running
from tests.worker import empty_queue, worker

# Other programs on a busy machine may take too long, once.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.flaky(reruns=1)]
PATIENCE = 30  # seconds
KEYS = ("first", "second", "third")


@pytest.fixture
def queue(transactional_db: None) -> None:
    """No job waits."""
    empty_queue()


def sql(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def put(task_name: str, *, status: str = "todo", attempts: int = 0) -> int:
    """A job as a worker puts it into the queue when its time has come; gives its number."""
    statement = """INSERT INTO procrastinate_jobs
        (queue_name, task_name, args, priority, status, attempts)
        VALUES ('default', %s, '{"timestamp": 0}', 0, %s::procrastinate_job_status, %s)
        RETURNING id"""
    number: int = sql(statement, task_name, status, attempts)[0][0]
    return number


def run_jobs() -> None:
    """Run the jobs that are due, in a thread: the browser's tests keep an event loop in ours."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(work.work, wait=False).result()


def jobs() -> list[Any]:
    return sql("SELECT task_name, status::text, attempts FROM procrastinate_jobs ORDER BY id")


@pytest.fixture
def crossref(settings: Any) -> Iterator[FakeServices]:
    """Crossref alone, which knows three sources and that the second one is retracted."""
    with running() as server:
        settings.CROSSREF_URL = server.url
        for key in KEYS:
            message: dict[str, Any] = {"DOI": f"10.1000/{key}", "title": [key]}
            if key == "second":
                message["updated-by"] = [{"DOI": "10.1000/r", "type": "retraction"}]
            body = json.dumps({"message": message}).encode()
            server.answer(f"/works/10.1000/{key}", Answer(body))
        yield server


@pytest.fixture
def sources(django_user_model: type[User], queue: None) -> None:
    editor = django_user_model.objects.create_user("editor")
    for key in KEYS:
        csl = {"type": "article-journal", "title": key, "DOI": f"10.1000/{key}"}
        save_reference(by=editor, citekey=key, csl=csl)


def test_a_job_is_in_the_queue_only_if_its_transaction_is_kept(sources: None) -> None:
    with transaction.atomic():
        ask_to_check(["first"])
        transaction.set_rollback(True)
    assert jobs() == []
    ask_to_check(["first"])
    assert jobs() == [("references.check_chosen", "todo", 0)]


def test_a_job_asks_about_the_chosen_sources_and_stores_what_it_hears(
    sources: None, crossref: FakeServices
) -> None:
    ask_to_check(["second", "first"])
    run_jobs()
    assert crossref.paths() == ["/works/10.1000/first", "/works/10.1000/second"]
    assert dict(Reference.objects.values_list("citekey", "status")) == {
        "first": "ok",
        "second": "retracted",
        "third": "unchecked",
    }
    assert ("references.check_chosen", "succeeded", 1) in jobs()


def test_the_nightly_job_asks_about_all_that_were_not_checked_lately(
    sources: None, crossref: FakeServices
) -> None:
    now = datetime.datetime.now(datetime.UTC)
    Reference.objects.filter(citekey="first").update(checked_at=now)
    put("references.check_due")
    run_jobs()
    assert crossref.paths() == ["/works/10.1000/second", "/works/10.1000/third"]


def test_a_job_that_finds_nobody_is_tried_again_for_what_is_left(
    sources: None, crossref: FakeServices
) -> None:
    known = crossref.answers["/works/10.1000/second"]
    crossref.answer("/works/10.1000/second", Answer(status=429, headers={"Retry-After": "99"}))
    ask_to_check(KEYS)
    run_jobs()
    assert jobs()[0] == ("references.check_chosen", "todo", 1)
    assert sql("SELECT scheduled_at > now() FROM procrastinate_jobs ORDER BY id")[0] == (True,)

    crossref.asked.clear()
    crossref.answer("/works/10.1000/second", *known)
    sql("UPDATE procrastinate_jobs SET scheduled_at = now()")
    run_jobs()
    assert crossref.paths() == ["/works/10.1000/second"]
    assert jobs()[0] == ("references.check_chosen", "succeeded", 2)


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_job_whose_worker_is_killed_runs_again_and_does_nothing_twice(
    sources: None, crossref: FakeServices
) -> None:
    answers = crossref.answers["/works/10.1000/third"]
    crossref.answer("/works/10.1000/third", Answer(delay=PATIENCE))
    ask_to_check(KEYS)
    with worker(CROSSREF_URL=crossref.url):
        wait_until(lambda: "/works/10.1000/third" in crossref.paths())
    assert ("references.check_chosen", "doing", 0) in jobs()
    assert FoundNotice.objects.count() == 1

    crossref.asked.clear()
    crossref.answer("/works/10.1000/third", *answers)
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    put("milia_site.run_again")
    run_jobs()  # puts the job back while others are looked for
    run_jobs()
    assert crossref.paths() == ["/works/10.1000/third"]
    assert ("references.check_chosen", "succeeded", 2) in jobs()
    assert FoundNotice.objects.count() == 1


def test_a_worker_that_is_asked_to_end_puts_its_job_back(
    sources: None, crossref: FakeServices
) -> None:
    crossref.answer("/works/10.1000/second", Answer(status=500, delay=3.0), Answer(status=500))
    ask_to_check(KEYS)
    with worker(CROSSREF_URL=crossref.url) as process:
        wait_until(lambda: "/works/10.1000/second" in crossref.paths())
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    assert ("references.check_chosen", "todo", 1) in jobs()


def test_a_job_that_takes_its_worker_down_each_time_ends_as_failed(queue: None) -> None:
    again = put("deadly", status="doing", attempts=tasks.MAX_ATTEMPTS - 1)
    enough = put("deadly", status="doing", attempts=tasks.MAX_ATTEMPTS)
    put("milia_site.run_again")
    run_jobs()
    retried = sql("SELECT job_id FROM procrastinate_events WHERE type = 'deferred_for_retry'")
    assert retried == [(again,)]
    status = "SELECT status::text FROM procrastinate_jobs WHERE id = %s"
    assert sql(status, enough) == [("failed",)]


def test_jobs_that_ended_long_ago_are_forgotten(queue: None) -> None:
    old = put("milia_site.run_again")
    run_jobs()
    sql("UPDATE procrastinate_events SET at = at - interval '40 days'")
    recent = put("milia_site.run_again")
    put("milia_site.remove_old")
    run_jobs()
    left = {number for (number,) in sql("SELECT id FROM procrastinate_jobs")}
    assert old not in left
    assert recent in left


@pytest.mark.parametrize("parent", [[], ["7"]])
def test_a_worker_ends_with_the_process_that_started_it(
    monkeypatch: pytest.MonkeyPatch, parent: list[str]
) -> None:
    watched: list[int] = []
    worked: list[bool] = []
    monkeypatch.setattr(processes, "end_with", watched.append)
    monkeypatch.setattr(work, "work", lambda: worked.append(True))
    work.main(parent)
    assert (watched, worked) == ([7] if parent else [], [True])
