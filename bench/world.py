"""Fills an empty, migrated database: `python -m bench.world PAGES`, the pages of each list.

The measured article and all that it shows are made through the actions that people use; the many
other pages are copies of what those made.
"""

import datetime
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milia_site.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402 - models need Django set up
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import texts  # noqa: E402
from publishing import actions  # noqa: E402
from publishing.content import PageContent  # noqa: E402
from publishing.models import Citation, Contribution, Contributor, Page, Revision, SignOff  # noqa: E402
from references.actions import save_reference  # noqa: E402

QUESTIONS = 5
BATCH = 1000
YEAR = datetime.timedelta(days=365)


def fill(pages: int) -> None:
    """Make the article with its parts, then copies until each list has `pages` pages."""
    call_command("migrate", interactive=False, verbosity=0)
    author, reviewer = (
        User.objects.create_superuser(name, password=None) for name in ("author", "reviewer")
    )
    Contributor.objects.filter(pk=actions.contributor_of(reviewer).pk).update(
        credentials="Measured", interests="None.", interests_declared_on=timezone.localdate()
    )
    for number, citekey in enumerate(texts.CITEKEYS, 1):
        save_reference(by=author, citekey=citekey, csl=texts.source(number))
    _publish(texts.condition(), author, reviewer)
    techniques = [
        _publish(texts.technique(number), author, reviewer)
        for number in range(len(texts.TECHNIQUES))
    ]
    article = _publish(texts.article(), author, reviewer)
    questions = [
        _publish(texts.question(number), author, reviewer) for number in range(1, QUESTIONS + 1)
    ]
    _copy(article, pages - 1)
    _copy(techniques[0], pages - len(techniques))
    _copy(questions[0], pages - len(questions))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _publish(content: PageContent, author: User, reviewer: User) -> Revision:
    """A document, written by one person, signed by another, and live."""
    page = actions.save_draft(by=author, content=content)
    revision = actions.submit(
        by=author,
        page=page,
        change_kind=Revision.ChangeKind.NEW,
        change_note="Made to be measured.",
    )
    actions.sign_off(
        by=reviewer,
        revision=revision,
        sha256=revision.sha256,
        decision=SignOff.Decision.APPROVE,
        statement="Read.",
        expires_at=timezone.now() + YEAR,
    )
    return actions.publish(by=author, revision=revision)


def _copy(original: Revision, times: int) -> None:
    """Live pages of their own with the text of another, a second apart."""
    original.refresh_from_db()
    people = list(original.contributions.all())
    citations = list(original.citations.all())
    for start in range(0, times, BATCH):
        with transaction.atomic():
            revisions = _copy_batch(original, range(start, min(start + BATCH, times)))
            Contribution.objects.bulk_create(
                Contribution(
                    revision=revision, contributor_id=person.contributor_id, role=person.role
                )
                for revision in revisions
                for person in people
            )
            Citation.objects.bulk_create(
                Citation(
                    revision=revision,
                    reference_id=citation.reference_id,
                    sentences=citation.sentences,
                )
                for revision in revisions
                for citation in citations
            )


def _copy_batch(original: Revision, numbers: range) -> list[Revision]:
    pages = Page.objects.bulk_create(
        Page(
            kind=original.kind,
            slug=f"copy-{number}",
            title=f"Copy {number}",
            owner_id=original.submitted_by_id,
            condition_id=original.condition_id,
        )
        for number in numbers
    )
    return Revision.objects.bulk_create(
        _revision(original, page, number) for number, page in zip(numbers, pages, strict=True)
    )


def _revision(original: Revision, page: Page, number: int) -> Revision:
    submitted_at = original.submitted_at - YEAR
    return Revision(
        page=page,
        number=1,
        state=Revision.State.LIVE,
        content={**original.content, "slug": page.slug, "title": page.title},
        sha256=original.sha256,
        change_kind=original.change_kind,
        change_note=original.change_note,
        kind=page.kind,
        slug=page.slug,
        title=page.title,
        summary=original.summary,
        condition_id=original.condition_id,
        position=original.position,
        submitted_by_id=original.submitted_by_id,
        submitted_at=submitted_at,
        published_by_id=original.published_by_id,
        published_at=submitted_at + datetime.timedelta(seconds=number),
        rendered=original.rendered,
        parts=original.parts,
        renderer_version=original.renderer_version,
    )


if __name__ == "__main__":
    fill(int(sys.argv[1]))
