"""What editors and reviewers do: write with a live preview, submit, sign, publish."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from milia_site.roles import EDITOR, MEDICAL_REVIEWER
from tests import factories

PASSWORD = "a-long-pass-phrase-1"


@pytest.fixture
def people(transactional_db: None) -> None:
    factories.reference()
    for name, role in (("writer", EDITOR), ("signer", MEDICAL_REVIEWER)):
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        factories.qualify(user)


def log_in(page: Any, site: str, name: str) -> None:
    page.goto(site + "/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    page.wait_for_selector("text=What would you like to work on?")


def test_a_draft_is_public_only_after_another_person_signed_it_and_it_was_published(
    people: None, open_page: Any, site: str, complaints: list[str]
) -> None:
    writer, signer, reader = open_page(), open_page(), open_page()
    log_in(writer, site, "writer")
    writer.goto(site + "/admin/articles/article/add/")
    writer.fill("#id_title", "Tiny cysts")
    writer.fill("#id_key_points", "They are tiny [@berk2008].")
    writer.fill("#id_body", "## Zebra\n\nThey are tiny [@berk2008].")
    writer.wait_for_selector(".markdownx-preview h2:has-text('Zebra')")
    assert writer.locator(".markdownx-preview .cite").first.inner_text() == "1"
    writer.click("input[name=_continue]")
    writer.click("text=Submit for review")
    writer.fill("#id_change_note", "First version.")
    writer.click(".submit-row input")
    writer.wait_for_selector("text=waits for review now")
    assert reader.goto(site + "/articles/tiny-cysts/").status == 404

    writer.locator("#revisions ~ table th a").first.click()
    revision = writer.url.split("/")[-3]
    assert not writer.locator("text=Review and sign off").is_visible()

    log_in(signer, site, "signer")
    signer.goto(f"{site}/admin/revisions/{revision}/sign-off/")
    frame = signer.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "Tiny cysts"
    signer.fill("#id_statement", "I read it against its source.")
    signer.click(".submit-row input")
    signer.wait_for_selector("text=is recorded")
    assert reader.goto(site + "/articles/tiny-cysts/").status == 404

    complaints.clear()  # the reader's 404s
    writer.goto(f"{site}/admin/revisions/{revision}/publish/")
    writer.click(".submit-row input")
    writer.wait_for_selector("text=is live")
    assert reader.goto(site + "/articles/tiny-cysts/").status == 200
    assert reader.locator(".trust").inner_text().startswith("Medically reviewed by signer")
    assert complaints == []


def test_a_text_with_an_unknown_reference_keeps_the_typed_sentence(
    people: None, open_page: Any, site: str
) -> None:
    page = factories.draft(factories.article_content(body="Hello [@nobody]."))
    writer = open_page()
    log_in(writer, site, "writer")
    writer.goto(f"{site}/admin/pages/{page.pk}/submit/")
    writer.fill("#id_change_note", "A sentence I typed.")
    writer.click(".submit-row input")
    assert "“nobody” is not in the library" in writer.locator(".errorlist").inner_text()
    assert writer.input_value("#id_change_note") == "A sentence I typed."


DROP = """(editor, [name, type]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["no picture"], name, {type}));
    editor.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, cancelable: true}));
}"""


def test_a_refused_picture_is_told_beside_the_text_which_stays_as_it_was(
    people: None, open_page: Any, site: str
) -> None:
    writer = open_page()
    log_in(writer, site, "writer")
    writer.goto(site + "/admin/articles/article/add/")
    writer.fill("#id_body", "My text.")
    for _attempt in range(2):
        writer.locator("#id_body").evaluate(DROP, ["notes.png", "image/png"])
        note = writer.locator(".refused-upload")
        note.wait_for()
        assert "JPEG, PNG or WebP" in note.inner_text()
    writer.wait_for_selector("#id_body[style*='opacity: 1']")
    assert writer.input_value("#id_body") == "My text."
    assert note.count() == 1
