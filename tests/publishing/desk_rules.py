"""The database's rules about what the desk keeps, from both sides."""

import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from publishing.models import (
    AnswerCount,
    Event,
    Image,
    ImageUse,
    Link,
    Page,
    PreviewLink,
    Remark,
    Reminder,
    Revision,
    SearchEntry,
    SearchMiss,
    SignOff,
    Waiver,
)
from publishing.models.remark import LINK_DAYS_MAX
from tests.publishing.raw_sql import NOW, USER, insert, update

CITED = "(SELECT id FROM references_reference WHERE citekey = 'berk2008')"
UNCITED = "(SELECT id FROM references_reference WHERE citekey = 'patsatsi2020')"
NEWCOMER = "(SELECT id FROM publishing_contributor WHERE slug = 'newcomer')"


def signed_by(**values: str) -> str:
    """Sign as the newcomer, whose entry has these values."""
    changes = ", ".join(f"{name} = {value}" for name, value in values.items())
    return f"UPDATE publishing_contributor SET {changes} WHERE id = {NEWCOMER}; {insert(SignOff)}"


DESK_RULES: dict[str, tuple[list[str], list[str]]] = {
    "publishing_page_review_months": (
        [update(Page, review_months="0"), update(Page, review_months="37")],
        [update(Page, review_months="1"), update(Page, review_months="36")],
    ),
    "publishing_page_pulled_review_is_due": (
        [update(Page, review_pull_reason="'A retraction'", review_due_on="NULL")],
        [
            update(Page, review_pull_reason="'A retraction'", review_due_on=NOW),
            update(Page, review_pull_reason="''", review_due_on="NULL"),
        ],
    ),
    "publishing_signoff_qualified": (
        [
            signed_by(credentials="''"),
            signed_by(interests="''", interests_declared_on="NULL"),
            signed_by(interests_declared_on="now() - interval '12 months'"),
        ],
        [
            signed_by(interests_declared_on="now() - interval '12 months' + interval '2 days'"),
            signed_by(credentials="''").replace(insert(SignOff), insert(SignOff, demo="true")),
        ],
    ),
    "publishing_waiver_once": ([insert(Waiver, code="code")], [insert(Waiver)]),
    "publishing_waiver_has_reason": (
        [update(Waiver, reason="''")],
        [update(Waiver, reason="'R'")],
    ),
    "publishing_previewlink_has_recipient": (
        [update(PreviewLink, recipient="''")],
        [update(PreviewLink, recipient="'R'")],
    ),
    "publishing_previewlink_ends": (
        [
            update(PreviewLink, expires_at="created_at"),
            update(
                PreviewLink,
                expires_at=f"created_at + interval '{LINK_DAYS_MAX} days 1 second'",
            ),
        ],
        [update(PreviewLink, expires_at=f"created_at + interval '{LINK_DAYS_MAX} days'")],
    ),
    "publishing_previewlink_revoked_pair": (
        [update(PreviewLink, revoked_at=NOW), update(PreviewLink, revoked_by_id=USER)],
        [update(PreviewLink, revoked_at=NOW, revoked_by_id=USER)],
    ),
    "publishing_remark_has_one_writer": (
        [
            update(Remark, account_id="NULL"),
            update(Remark, preview_link_id="(SELECT min(id) FROM publishing_previewlink)"),
        ],
        [
            update(
                Remark,
                account_id="NULL",
                preview_link_id="(SELECT min(id) FROM publishing_previewlink)",
            )
        ],
    ),
    "publishing_remark_has_text": ([update(Remark, text="''")], [update(Remark, text="'T'")]),
    "publishing_event_append_only": (
        [update(Event, detail="'Other.'"), "DELETE FROM publishing_event"],
        [insert(Event)],
    ),
    "publishing_imageuse_once": (
        [insert(ImageUse, revision_id="revision_id")],
        [insert(ImageUse)],
    ),
    "publishing_link_url_key": ([insert(Link, url="url")], [insert(Link)]),
    "publishing_answercount_a_day": (
        [insert(AnswerCount, day="day")],
        [insert(AnswerCount)],
    ),
    "publishing_searchentry_one_source": (
        [
            update(SearchEntry, page_id="NULL"),
            update(SearchEntry, reference_id="(SELECT max(id) FROM references_reference)"),
        ],
        [update(SearchEntry, kind="'page'")],
    ),
    "publishing_searchentry_once_a_place": (
        [insert(SearchEntry, anchor="anchor")],
        [insert(SearchEntry)],
    ),
    "publishing_searchentry_reference_id_key": (
        [insert(SearchEntry, page_id="NULL", reference_id=CITED)],
        [insert(SearchEntry, page_id="NULL", reference_id=UNCITED)],
    ),
    "publishing_searchmiss_words_are_plain": (
        [update(SearchMiss, words="''"), update(SearchMiss, words="'Upper'")],
        [update(SearchMiss, words="'lower'")],
    ),
    "publishing_searchmiss_times_positive": (
        [update(SearchMiss, times="0")],
        [update(SearchMiss, times="1")],
    ),
    "publishing_searchmiss_words_key": (
        [insert(SearchMiss, words="words")],
        [insert(SearchMiss)],
    ),
    "publishing_reminder_once": (
        [insert(Reminder, days_before="days_before")],
        [insert(Reminder)],
    ),
}


def make_desk_rows(revision: Revision, editor: User) -> None:
    """One row in each of the tables."""
    page, now = revision.page, timezone.now()
    Waiver.objects.create(
        page=page, code="dose", fingerprint="a" * 64, message="M", reason="R", waived_by=editor
    )
    PreviewLink.objects.create(
        revision=revision,
        recipient="A clinician",
        created_by=editor,
        created_at=now,
        expires_at=now + datetime.timedelta(days=1),
    )
    Remark.objects.create(revision=revision, text="Unclear.", account=editor)
    ImageUse.objects.create(revision=revision, image=Image.objects.get())
    Link.objects.create(url="https://example.org/", host="example.org")
    AnswerCount.objects.create(page=page, day=now.date())
    SearchMiss.objects.create(words="words", last_on=now.date())
    Reminder.objects.create(page=page, due_on=now.date(), days_before=30)
