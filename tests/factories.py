"""Builds the world of a test, through the same actions that people use, with fixed values."""

import datetime
from typing import Any

from django.contrib.auth.models import Permission, User
from django.utils import timezone
from factory.declarations import PostGeneration, Sequence
from factory.django import DjangoModelFactory

from articles.content import (
    ArticleContent,
    Assessment,
    Certainty,
    ConditionContent,
    GlossaryContent,
    PlainPageContent,
    TechniqueContent,
    Term,
)
from faq.content import QuestionContent
from publishing import actions
from publishing.content import PageContent
from publishing.models import Contributor, Page, Revision, SignOff
from references.actions import save_reference
from references.models import Reference

YEAR = datetime.timedelta(days=365)


class UserFactory(DjangoModelFactory[User]):
    """A staff account with the named permissions."""

    class Meta:
        model = User
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username: Any = Sequence("person-{}".format)
    is_staff = True
    may: Any = PostGeneration(lambda user, _create, codenames: _grant(user, *codenames or ()))


class EditorFactory(UserFactory):
    """An account that may write, submit and publish."""

    username = "editor"
    may = PostGeneration(
        lambda user, _create, _value: _grant(user, "submit_revision", "publish_revision")
    )


class ReviewerFactory(UserFactory):
    """An account that may sign off: somebody with credentials and declared interests."""

    username = "reviewer"
    may = PostGeneration(lambda user, _create, _value: _grant(user, "sign_off_revision"))
    qualified = PostGeneration(lambda user, _create, _value: qualify(user))


def _grant(user: User, *codenames: str) -> None:
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))


def qualify(user: User) -> Contributor:
    """Give an account what a medical reviewer needs."""
    contributor = actions.contributor_of(user)
    contributor.credentials = contributor.credentials or "MD"
    contributor.interests = contributor.interests or "None"
    contributor.interests_declared_on = timezone.localdate()
    contributor.save()
    return contributor


def reference(citekey: str = "berk2008", **csl: Any) -> Reference:
    """A source in the library."""
    stored = Reference.objects.filter(citekey=citekey).first()
    if stored:
        return stored
    item = {
        "type": "article-journal",
        "title": f"Title of {citekey}",
        "author": [{"family": "Berk", "given": "David R."}],
        "container-title": "Journal of Tests",
        "issued": {"date-parts": [[2008]]},
        **csl,
    }
    return save_reference(by=EditorFactory.create(), citekey=citekey, csl=item)


def condition_content(slug: str = "milia", **fields: Any) -> ConditionContent:
    return ConditionContent(
        **{
            "slug": slug,
            "title": slug.capitalize(),
            "overview": "Small bumps.",
            "body": "## What they are\n\nTiny cysts [@berk2008].",
            **fields,
        }
    )


def technique_content(slug: str = "do-nothing", **fields: Any) -> TechniqueContent:
    return TechniqueContent(
        **{
            "slug": slug,
            "title": slug.replace("-", " ").capitalize(),
            "condition": "milia",
            "verdict": "A sound choice.",
            "how_it_works": "Nothing is done [@berk2008].",
            "benefits": "No mark.",
            "common_risks": "They may stay.",
            "unknowns": "How many clear.",
            "assessments": (
                Assessment(
                    condition="milia",
                    certainty=Certainty.VERY_LOW,
                    basis="One review [@berk2008].",
                    references=("berk2008",),
                    sentence="Nobody has followed adults.",
                ),
            ),
            **fields,
        }
    )


def article_content(slug: str = "removal", **fields: Any) -> ArticleContent:
    return ArticleContent(
        **{
            "slug": slug,
            "title": slug.replace("-", " ").capitalize(),
            "condition": "milia",
            "standfirst": "Milia are harmless and may be left alone.",
            "key_points": ("Milia are harmless [@berk2008].",),
            "body": "## What they are\n\nTiny cysts [@berk2008].",
            "limits": "Few studies exist [@berk2008].",
            **fields,
        }
    )


def question_content(slug: str = "what-are-milia", **fields: Any) -> QuestionContent:
    return QuestionContent(
        **{
            "slug": slug,
            "title": slug.replace("-", " ").capitalize() + "?",
            "condition": "milia",
            "short_answer": "Tiny cysts.",
            "answer": "Tiny cysts of keratin [@berk2008].",
            **fields,
        }
    )


def glossary_content(**fields: Any) -> GlossaryContent:
    return GlossaryContent(
        **{
            "slug": "glossary",
            "title": "Glossary",
            "introduction": "Words we use.",
            "terms": (
                Term(slug="keratin", term="Keratin", definition="A tough protein of the skin."),
            ),
            **fields,
        }
    )


def plain_page_content(slug: str = "about", **fields: Any) -> PlainPageContent:
    return PlainPageContent(
        **{"slug": slug, "title": slug.capitalize(), "body": "Who we are.", **fields}
    )


def draft(content: PageContent, *, by: User | None = None) -> Page:
    """A working copy, and everything it names, but nothing live of its own."""
    reference()
    if content.condition and not Page.objects.filter(kind="condition", slug=content.condition):
        published(condition_content(content.condition))
    page = Page.objects.filter(kind=content.kind, slug=content.slug).first()
    return actions.save_draft(by=by or EditorFactory.create(), content=content, page=page)


def waive_all(page: Page) -> None:
    """Let everything pass that blocks the page's draft."""
    by = EditorFactory.create()
    for finding, waiver in actions.open_findings(page):
        if finding.blocks and waiver is None:
            reason = "The test is about something else."
            code, fingerprint = finding.code, finding.fingerprint
            actions.waive(by=by, page=page, code=code, fingerprint=fingerprint, reason=reason)


def submitted(content: PageContent, *, by: User | None = None, **fields: Any) -> Revision:
    """A revision that waits for review."""
    by = by or EditorFactory.create()
    change = {"change_kind": Revision.ChangeKind.NEW, "change_note": "First version.", **fields}
    return actions.submit(by=by, page=draft(content, by=by), **change)


def approved(content: PageContent, *, by: User | None = None, **fields: Any) -> Revision:
    """A revision that another person has signed."""
    revision = submitted(content, by=by, **fields)
    sign_off(revision)
    revision.refresh_from_db()
    return revision


def sign_off(revision: Revision, *, by: User | None = None) -> SignOff:
    """An approval of exactly this text, good for a year."""
    return actions.sign_off(
        by=by or ReviewerFactory.create(),
        revision=revision,
        sha256=revision.sha256,
        decision=SignOff.Decision.APPROVE,
        statement="I read it against its sources.",
        expires_at=timezone.now() + YEAR,
    )


def published(content: PageContent, *, by: User | None = None, **fields: Any) -> Revision:
    """A live revision."""
    by = by or EditorFactory.create()
    return actions.publish(by=by, revision=approved(content, by=by, **fields))
