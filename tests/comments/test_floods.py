"""Many at once: the same comment twenty times, floods of spam, moderators on one comment."""

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection

from comments import actions, keys, notices
from comments.actions.writing import Sent
from comments.errors import CommentRefused
from comments.models import Comment, CommentEvent
from comments.tickets import Ticket
from milia_site.roles import MODERATOR
from publishing.dates import database_now
from publishing.models import Revision
from tests import factories
from tests.comments.conftest import written

State = Comment.State
WAIT = 30  # seconds, for a lock that never comes
# Honest words, and those of a flood that sells the same in many ways.
HONEST = (
    "Mine went by themselves after three months.",
    "Is this safe in pregnancy? I would rather wait.",
    "Thank you, the table helped me to ask better questions.",
    "My daughter has had one on her eyelid since the spring.",
    "The clinic told me the same, and I left it alone.",
)
SOLD = ("cheap pills online", "casino bonus today", "buy followers now", "online pharmacy")
ADDED = ("great post", "click here", "visit my website", "best price", "order now")
FLOOD = 300


def together(act: Callable[[int], object], times: int) -> list[str]:
    """Run an act on so many connections at once; what each gave, or the name of its error."""
    start = threading.Barrier(times, timeout=WAIT)
    ends = ["lost"] * times

    def run(number: int) -> None:
        try:
            start.wait()
            ends[number] = str(act(number))
        except CommentRefused as refused:
            ends[number] = type(refused).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    return ends


def sent(revision: Revision, text: str, number: int, **fields: Any) -> Sent:
    """A comment that somebody else sends, from a place of their own."""
    place = f"{20 + number // 250}.{number % 250}.7.9"
    return Sent(
        revision=revision,
        name=f"Robin {number}",
        text=text,
        ticket=Ticket(f"ticket {number}", 20.0),
        origin=keys.origin(place, database_now()),
        **fields,
    )


@pytest.mark.django_db(transaction=True)
def test_the_same_post_twenty_times_at_once_is_one_comment(page: Revision) -> None:
    post = sent(page, HONEST[0], 1)
    ends = together(lambda _number: actions.send(post)[0].pk, 20)
    assert ends == [str(Comment.objects.get().pk)] * 20
    assert CommentEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_moderators_never_decide_one_comment_twice_without_being_told(page: Revision) -> None:
    people = [factories.UserFactory.create(username=f"m{n}", may=("change_comment",)) for n in "ab"]
    comment = written(page)
    acts = (
        lambda by: actions.approve(by=by, comment=comment, version=comment.version).state,
        lambda by: (
            actions.reject(by=by, comment=comment, version=comment.version, reason="other").state
        ),
    )
    ends = together(lambda number: acts[number](people[number]), 2)
    assert sorted(ends) in (["DecidedMeanwhile", "approved"], ["DecidedMeanwhile", "rejected"])
    assert Comment.objects.get().version == comment.version + 1


@pytest.mark.django_db
def test_in_a_flood_the_honest_comments_are_found_and_readers_notice_nothing(
    client: Any, page: Revision
) -> None:
    before = client.get("/articles/removal/").content
    chance = random.Random(7)
    posts = [f"{chance.choice(ADDED)}, {chance.choice(SOLD)} {n}!" for n in range(FLOOD)]
    for text in HONEST:
        posts.insert(chance.randrange(len(posts)), text)
    for number, text in enumerate(posts):
        actions.send(sent(page, text, number))
    held = Comment.objects.waiting().values_list("text", flat=True)
    assert set(HONEST) <= set(held)
    assert Comment.objects.filter(state=State.SPAM).count() >= FLOOD * 0.9
    assert client.get("/articles/removal/").content == before
    moderator = factories.UserFactory.create(username="mo")
    moderator.groups.set(Group.objects.filter(name=MODERATOR))
    client.force_login(moderator)
    queue = client.get("/admin/comments/queue/").content.decode()
    assert [text for text in HONEST if text not in queue] == []


@pytest.mark.django_db
def test_a_flood_from_one_place_ends_soon_and_one_from_a_network_later(page: Revision) -> None:
    def posted(places: list[str]) -> int:
        taken = 0
        for number, place in enumerate(places):
            post = sent(page, f"{HONEST[0]} {number} {place}", number)
            origin = keys.origin(place, database_now())
            ticket = Ticket(f"{place} {number}", 20.0)
            try:
                actions.send(Sent(**{**vars(post), "origin": origin, "ticket": ticket}))
                taken += 1
            except CommentRefused:
                pass
        return taken

    assert posted(["203.0.113.9"] * 30) == 10
    assert posted([f"198.51.100.{number}" for number in range(100)]) == 60


@pytest.mark.django_db
def test_moderators_get_few_e_mails_however_much_is_urgent(page: Revision) -> None:
    moderator = factories.UserFactory.create(username="mo", email="mo@example.org")
    moderator.groups.set(Group.objects.filter(name=MODERATOR))
    factories.UserFactory.create(username="none", email="")
    for number in range(20):
        comment = written(page, urgent=True, text=f"Number {number}.")
        notices.send(comment.pk)
    assert len(mail.outbox) == notices.URGENT_AT_ONCE
    notices.send()
    assert len(mail.outbox) == notices.URGENT_AT_ONCE + 1
    assert "17 comments wait for a moderator." in mail.outbox[-1].body
    assert not Comment.objects.filter(noticed_at=None).exists()
