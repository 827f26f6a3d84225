"""A whole day at the desk: one text from its first word to its history, and what stands in its way.

An editor, a reviewer and a site's admin each have a browser of their own; a reader looks on.
"""

import datetime
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from django.utils import timezone

from milia_site.roles import EDITOR, MEDICAL_REVIEWER, SITE_ADMIN
from publishing.models import Revision
from tests import factories
from tests.browser.test_writing import PASSWORD, log_in
from tests.publishing.test_markdown_views import png
from tests.worker import empty_queue, worker

ARTICLE = "/articles/tiny-cysts/"
UNCITED = "A cream with 0.05% of it is used twice a week."
CITED = "A cream with 0.05% of it is used twice a week [@ada2016]."
BODY = f"## Creams\n\n{CITED}\n\n![A drawing of skin](image:skin)\n"
RIS = """TY  - JOUR
AU  - {author}
TI  - {title}
JO  - Journal of Tests
PY  - {year}
ER  - """
SOURCES = {
    "ada2016": RIS.format(author="Ada, Beth", title="Tiny cysts", year=2016),
    "doe2020": RIS.format(author="Doe, Jo", title="Small cysts", year=2020),
}


@pytest.fixture
def people(transactional_db: None) -> None:
    empty_queue()
    factories.reference()
    for name, role in (("writer", EDITOR), ("signer", MEDICAL_REVIEWER), ("boss", SITE_ADMIN)):
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        factories.qualify(user)


@pytest.fixture
def desks(people: None, open_page: Any, site: str) -> dict[str, Any]:
    """A browser for each of them, logged in."""
    pages = {}
    for name in ("writer", "signer", "boss"):
        pages[name] = open_page()
        log_in(pages[name], site, name)
    return pages


def no_serious_finding(page: Any) -> None:
    """Axe finds nothing serious on a screen of the desk that is ours."""
    violations = Axe().run(page).response["violations"]
    grave = [item for item in violations if item["impact"] in {"serious", "critical"}]
    assert [(item["id"], item["nodes"][0]["html"]) for item in grave] == []


def enter_sources(writer: Any, site: str) -> None:
    for citekey, record in SOURCES.items():
        writer.goto(site + "/admin/references/reference/add/")
        writer.fill("#pasted", record)
        writer.click("text=Fill in the form")
        writer.wait_for_selector("text=The form is filled in.")
        assert writer.input_value("#id_citekey") == citekey
        writer.click("input[name=_save]:visible")
        writer.wait_for_selector(".messagelist .success")


def add_picture(writer: Any, site: str) -> None:
    writer.goto(site + "/admin/publishing/image/add/")
    writer.set_input_files(
        "#id_upload",
        {"name": "skin.png", "mimeType": "image/png", "buffer": png().read()},
    )
    for field, value in {
        "slug": "skin",
        "alt": "A drawing of skin",
        "credit": "The site",
        "licence": "CC BY 4.0",
    }.items():
        writer.fill(f"#id_{field}", value)
    writer.click("input[name=_save]:visible")
    writer.wait_for_selector(".messagelist .success")


def write(writer: Any, site: str) -> str:
    """A draft with a picture, two sources and a dose that no source stands behind; its address."""
    writer.goto(site + "/admin/articles/article/add/")
    writer.fill("#id_title", "Tiny cysts")
    writer.fill("#id_standfirst", "Tiny cysts are harmless.")
    writer.fill("#id_key_points", "They are harmless [@doe2020].")
    writer.fill("#id_body", f"## Creams\n\n{UNCITED}\n\n![A drawing of skin](image:skin)\n")
    writer.click("input[name=_continue]")
    writer.wait_for_selector(".messagelist .success")
    no_serious_finding(writer)
    return str(re.sub(r"[?#].*", "", writer.url))


def submit(writer: Any, draft: str, note: str) -> None:
    writer.goto(draft)
    writer.click("text=Submit for review")
    writer.fill("#id_change_note", note)
    writer.click(".submit-row input")


def save(writer: Any, draft: str, **fields: str) -> None:
    writer.goto(draft)
    for name, value in fields.items():
        writer.fill(f"#id_{name}", value)
    writer.click("input[name=_continue]")
    writer.wait_for_selector(".messagelist .success")


def newest() -> Revision:
    revision = Revision.objects.filter(slug="tiny-cysts").order_by("-number").first()
    assert revision is not None
    return revision


def decide(signer: Any, site: str, decision: str, statement: str, remark: str = "") -> None:
    signer.goto(f"{site}/admin/revisions/{newest().pk}/sign-off/")
    no_serious_finding(signer)
    signer.select_option("#id_decision", decision)
    signer.fill("#id_statement", statement)
    if remark:
        signer.click("details.remark summary:text-is('Text')")
        signer.fill("#id_remark-body", remark)
    signer.click(".submit-row input")
    signer.wait_for_selector("text=is recorded")


def refused(page: Any, site: str) -> str:
    """What somebody reads who tries to sign the newest revision."""
    page.goto(f"{site}/admin/revisions/{newest().pk}/sign-off/")
    if page.locator("#id_statement").count():
        page.fill("#id_statement", "I read it.")
        page.click(".submit-row input")
        return str(page.locator(".errorlist").first.inner_text())
    return str(page.locator("h1").inner_text())


def schedule(writer: Any, site: str) -> None:
    """Have it go live at the next full minute that is at least some seconds away."""
    at = timezone.localtime() + datetime.timedelta(seconds=65)
    writer.goto(f"{site}/admin/revisions/{newest().pk}/publish/")
    no_serious_finding(writer)
    writer.fill("#id_publish_at", at.strftime("%Y-%m-%dT%H:%M"))
    writer.click(".submit-row input")
    writer.wait_for_selector("text=will go live on")


def wait_until_live(reader: Any, site: str) -> None:
    for _attempt in range(150):
        if reader.goto(site + ARTICLE).status == 200:
            return
        reader.wait_for_timeout(1_000)
    raise AssertionError("The page did not appear at its time.")


def draft_and_submit(writer: Any, boss: Any, site: str) -> str:
    """A text that is blocked, mended, touched by the admin, and submitted; its address."""
    enter_sources(writer, site)
    add_picture(writer, site)
    draft = write(writer, site)
    submit(writer, draft, "First version.")
    assert "dose" in writer.locator(".errorlist").inner_text()
    assert writer.input_value("#id_change_note") == "First version."
    writer.goto(f"{site}/admin/pages/{draft.split('/')[-3]}/check/")
    assert "has no source" in writer.locator(".finding-block").first.inner_text()
    no_serious_finding(writer)
    save(writer, draft, body=BODY)
    save(boss, draft, standfirst="Tiny cysts of the skin are harmless.")
    submit(writer, draft, "First version.")
    writer.wait_for_selector("text=waits for review now")
    return draft


def change_as_asked(writer: Any, signer: Any, site: str, draft: str) -> None:
    """The reviewer asks for a word, the writer adds it, the reviewer approves."""
    decide(signer, site, "request-changes", "One word is missing.", remark="Which cream?")
    writer.goto(draft)
    assert "Which cream?" in writer.locator(".desk-remarks").inner_text()
    save(writer, draft, body=BODY.replace("A cream", "A retinoid cream"))
    submit(writer, draft, "Says which cream.")
    writer.wait_for_selector("text=waits for review now")
    decide(signer, site, "approve", "I read it against its sources.")


def appear_at_its_time(writer: Any, reader: Any, site: str) -> str:
    """The approved text is scheduled, and read when it appears; gives what is read."""
    with worker():
        schedule(writer, site)
        assert reader.goto(site + ARTICLE).status == 404
        wait_until_live(reader, site)
    return str(reader.locator("main").inner_text())


def test_a_text_from_its_first_word_to_its_history(
    desks: dict[str, Any], open_page: Any, site: str
) -> None:
    writer, signer, boss, reader = desks["writer"], desks["signer"], desks["boss"], open_page()
    draft = draft_and_submit(writer, boss, site)
    assert "may not" in refused(writer, site)
    assert "You are an author of this text" in refused(boss, site)
    change_as_asked(writer, signer, site, draft)
    signed = appear_at_its_time(writer, reader, site)
    assert "A retinoid cream with 0.05% of it" in signed
    reader.goto(site + ARTICLE + "history/")
    history = reader.locator("main").inner_text()
    assert "Says which cream." in history
    assert "signer" in history

    save(writer, draft, standfirst="Tiny cysts of the skin are always harmless.")
    submit(writer, draft, "One word more.")
    writer.wait_for_selector("text=waits for review now")
    writer.goto(f"{site}/admin/revisions/{newest().pk}/publish/")
    writer.click(".submit-row input")
    assert "Only one that is approved" in writer.locator(".errorlist").inner_text()
    reader.goto(site + ARTICLE)
    assert reader.locator("main").inner_text() == signed


def test_a_shared_preview_opens_without_an_account_and_stops_when_it_is_revoked(
    desks: dict[str, Any], open_page: Any, site: str
) -> None:
    writer, guest = desks["writer"], open_page()
    revision = factories.submitted(factories.article_content())
    writer.goto(f"{site}/admin/revisions/{revision.pk}/share/")
    no_serious_finding(writer)
    writer.fill("#id_recipient", "A clinician")
    writer.click(".submit-row input")
    link = writer.locator("input[readonly]").first.input_value()
    path = "/preview/" + link.partition("/preview/")[2]
    assert guest.goto(site + path).status == 200
    assert "A clinician" in guest.locator("main").inner_text()
    no_serious_finding(guest)
    guest.click("main a[href='page/']")
    assert guest.locator("h1").inner_text() == "Removal"
    guest.goto(site + path)
    guest.fill("textarea", "I would say it in fewer words.")
    guest.click("main button[type=submit], main input[type=submit]")
    writer.reload()
    assert "I would say it in fewer words." in writer.locator("#content").inner_text()
    writer.click("button:has-text('Revoke')")
    assert guest.goto(site + path).status == 404
