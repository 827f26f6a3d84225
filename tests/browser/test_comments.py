"""Comments in a browser: a reader without script, a moderator by keys, and what stays secret."""

import base64
import logging
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page, expect

from comments import actions, keys
from comments.actions.writing import Sent
from comments.models import Comment
from comments.tickets import Ticket
from milia_site.roles import MODERATOR
from publishing.dates import database_now
from publishing.models import Revision
from tests import factories
from tests.browser.wcag import faults

ARTICLE = "/articles/removal/"
LIST = "/comments/on/article/removal/"
QUEUE = "/admin/comments/queue/"
PASSWORD = "correct horse battery staple"
ROBIN = "robin.of.loxley@example.org"
TEXT = "Mine went by themselves after three months."


@pytest.fixture
def article(transactional_db: None) -> Revision:
    return factories.published(factories.article_content())


@pytest.fixture
def moderator(transactional_db: None) -> Any:
    user = factories.UserFactory.create(username="mo", email="mo@example.org")
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name=MODERATOR))
    return user


def sent(article: Revision, number: int, text: str, **fields: Any) -> Comment:
    """A comment that a reader has sent."""
    post = Sent(
        revision=Revision.objects.select_related("page").get(pk=article.pk),
        name=f"Reader {number}",
        text=text,
        ticket=Ticket(f"ticket {number}", 30.0),
        origin=keys.origin(f"{20 + number}.1.2.3", database_now()),
        **fields,
    )
    return actions.send(post)[0]


def at_the_queue(open_page: Any, site: str, **kwargs: Any) -> Page:
    page: Page = open_page(**kwargs)
    page.goto(f"{site}/admin/login/?next={QUEUE}")
    page.fill("[name=username]", "mo")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url(f"**{QUEUE}")
    return page


def test_a_reader_without_script_comments_corrects_and_deletes(
    article: Revision, open_page: Any, site: str, complaints: list[str]
) -> None:
    page: Page = open_page(width=390, script=False)
    page.goto(site + ARTICLE)
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_label("Comment", exact=False).last.fill(f"{TEXT} Call me on 0113 496 0000.")
    page.get_by_label("Name or pseudonym").fill("Robin")
    page.get_by_label("E-mail address").fill(ROBIN)
    page.get_by_role("button", name="See how it will look").click()
    expect(page.locator("main")).to_contain_text("This looks like a phone number")
    page.get_by_role("button", name="Change it").click()
    expect(page.locator("[name=email]")).to_have_value(ROBIN)
    page.locator("[name=text]").fill(TEXT)
    page.get_by_role("button", name="See how it will look").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("It is waiting.")

    mine = page.url
    page.get_by_role("link", name="Correct it").click()
    page.locator("[name=text]").fill("Mine went after a year.")
    page.locator("main button").click()
    page.wait_for_url(mine)
    expect(page.locator("main")).to_contain_text("Mine went after a year.")
    page.get_by_role("link", name="Delete it for ever").click()
    page.locator("main button").click()
    expect(page.locator("main")).to_contain_text("Nothing of it is left")
    assert page.goto(mine).status == 404  # type: ignore[union-attr] # it was answered
    assert Comment.objects.get().text == ""
    assert page.context.cookies() == []
    assert [line for line in complaints if "404" not in line] == []


def test_a_moderator_clears_ten_comments_by_keyboard(
    article: Revision, moderator: Any, open_page: Any, site: str, complaints: list[str]
) -> None:
    for number in range(12):
        sent(article, number, f"{TEXT} Number {number}.")
    page = at_the_queue(open_page, site)
    rows = page.locator(".queue-row")
    for key, left in zip("aarsaaarsa", range(11, 1, -1), strict=True):
        page.keyboard.press(key)
        if key == "r":
            # The reason is at hand: its first letter, and Enter.
            page.keyboard.type("u")
            page.keyboard.press("Enter")
        expect(rows).to_have_count(left)
        page.wait_for_load_state()
    decided = Comment.objects.exclude(state=Comment.State.HELD)
    assert sorted(decided.values_list("state", "reason")) == [
        *[("approved", "")] * 6,
        *[("rejected", "unkind")] * 2,
        *[("spam", "")] * 2,
    ]
    page.keyboard.press("u")
    expect(rows).to_have_count(3)
    page.wait_for_load_state()
    # Whoever changes their mind about a refusal has chosen nothing by it.
    page.keyboard.press("r")
    page.evaluate("document.activeElement.blur()")
    expect(page.locator("input[name=chosen]:checked")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("k")
    page.keyboard.press("x")
    page.keyboard.press("a")
    expect(rows).to_have_count(1)
    page.wait_for_load_state()
    page.keyboard.press("e")
    page.wait_for_url(re.compile(r"/admin/comments/\d+/$"))
    assert Comment.objects.filter(state=Comment.State.APPROVED).count() == 7
    assert complaints == []


def test_a_moderator_takes_out_what_is_selected(
    article: Revision, moderator: Any, open_page: Any, site: str, complaints: list[str]
) -> None:
    comment = sent(article, 1, f"{TEXT} Call me on 0113 496 0000. Thank you.")
    page = at_the_queue(open_page, site)
    page.goto(f"{site}/admin/comments/{comment.pk}/")
    select = "(field, [start, end]) => { field.focus(); field.setSelectionRange(start, end); }"
    start = comment.text.index("0113")
    page.locator("#id_text").evaluate(select, [start, start + len("0113 496 0000")])
    page.get_by_role("button", name="Take out what is selected").click()
    page.get_by_role("button", name="Keep this text").click()
    expect(page.locator(".messagelist")).to_contain_text("The words are taken out.")
    text = Comment.objects.get().text
    assert text == f"{TEXT} Call me on [removed by a moderator]. Thank you."
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_comments_keeps_wcag(
    article: Revision, moderator: Any, open_page: Any, site: str, width: int, scheme: str
) -> None:
    first = sent(article, 1, TEXT)
    actions.approve(by=moderator, comment=first, version=1)
    reply = sent(article, 2, "https://example.org/" + "x" * 200, parent_id=first.pk)
    actions.approve(by=moderator, comment=reply, version=1)
    sent(article, 3, "Stop taking your medicine, I took 500 mg.")
    own, secret = actions.send(
        Sent(
            revision=Revision.objects.select_related("page").get(pk=article.pk),
            name="Sam",
            text=TEXT,
            ticket=Ticket("own", 30.0),
            origin=keys.origin("99.1.2.3", database_now()),
        )
    )
    page = at_the_queue(open_page, site, width=width, scheme=scheme)
    mine = f"/comments/mine/{secret}/"
    found = {}
    for path in (
        *(QUEUE, f"/admin/comments/{own.pk}/", ARTICLE, LIST, f"/comments/{first.pk}/reply/"),
        *("/admin/comments/shown/", f"/admin/comments/{first.pk}/report/"),
        *(f"/comments/{first.pk}/flag/", f"/comments/{first.pk}/flag/thanks/"),
        *(mine, f"{mine}correct/", f"{mine}delete/", "/comments/deleted/"),
    ):
        page.goto(site + path)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if (broken := faults(page)) or (wide and not path.startswith("/admin/")):
            found[path] = (broken, wide)
    page.goto(site + LIST)
    page.locator("[name=name]").fill("Sam")
    page.locator("[name=text]").fill("Call me on 0113 496 0000.")
    with page.expect_navigation():
        page.get_by_role("button", name="See how it will look").click()
    assert found == {}
    assert faults(page) == []


def public_addresses(client: Client) -> set[str]:
    """Every address of the site that a reader's program finds, from the front page on."""
    found, new = set(), {"/", "/sitemap.xml", "/robots.txt", "/search/?q=robin", LIST}
    while new:
        address = new.pop()
        found.add(address)
        answer = client.get(address, follow=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        text = body.decode(errors="replace")
        links = re.findall(r"""(?:href|src|action)="([^"#]+)""", text)
        links += re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", text)
        new |= {link for link in links if link.startswith("/")} - found
    return found


@pytest.mark.django_db
def test_an_e_mail_address_is_nowhere_in_any_public_byte_nor_in_the_log(
    article: Revision, moderator: Any, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = [sent(article, number, f"{TEXT} {number}", email=ROBIN) for number in range(4)]
    for comment in shown:
        actions.approve(by=moderator, comment=comment, version=1)
    actions.reply_as_site(by=moderator, comment=shown[0], text="Thank you.")
    actions.remove(by=moderator, comment=shown[1], version=2, reason="unkind")
    sent(article, 9, f"{TEXT} A reply.", email=ROBIN, parent_id=shown[2].pk)
    name, _at, _domain = ROBIN.partition("@")
    coded = base64.b64encode(ROBIN.encode()).decode()
    secrets = [each.encode() for each in (ROBIN, name, keys.email_digests(ROBIN)[0], coded)]
    addresses = public_addresses(client)
    assert {ARTICLE, LIST, "/articles/removal.json", "/feed.json"} <= addresses
    for address in sorted(addresses):
        answer = client.get(address, follow=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        told = body.lower() + repr(answer.headers).lower().encode()
        assert not [secret for secret in secrets if secret.lower() in told], address
    assert name not in " ".join(record.getMessage() for record in caplog.records)
