"""The reviewer's screen: the page, what changed, what the checks found, and the decision."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publishing import actions, kinds
from publishing.content import PageContent
from publishing.desk.base import desk_form, person, require, revision_for, revision_url, sent
from publishing.difference import Difference, difference, shortened
from publishing.errors import NotQualified
from publishing.forms import SignOffForm
from publishing.models import Revision
from publishing.places import place_words
from references.models import Reference


@dataclass(frozen=True)
class ShownDifference:
    """What changed, ready to be read."""

    found: Difference
    since: Revision | None

    @property
    def fields(self) -> list[dict[str, Any]]:
        return [
            {"label": field.label, "pieces": shortened(field.pieces)} for field in self.found.fields
        ]

    @property
    def sources_added(self) -> list[Reference]:
        return _sources(self.found.sources_added)

    @property
    def sources_removed(self) -> list[Reference]:
        return _sources(self.found.sources_removed)


def _sources(citekeys: tuple[str, ...]) -> list[Reference]:
    return list(Reference.objects.filter(citekey__in=citekeys).order_by("citekey"))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Read a revision beside what changed in it, and decide."""
    revision = revision_for(request, revision_id)
    require(request, actions.SIGN_OFF)
    content = document_of(revision)
    form = SignOffForm(
        sent(request),
        blocks=[(block.name, place_words(revision.kind, block.name)) for block in _blocks(content)],
        months=revision.page.review_months,
        initial={"sha256": revision.sha256},
    )

    def act() -> str:
        names = ("sha256", "decision", "scope", "statement")
        actions.sign_off(
            by=person(request),
            revision=revision,
            expires_at=form.expires_at,
            remarks=form.remarks,
            **{name: form.cleaned_data[name] for name in names},
        )
        return _("Your decision on “%(revision)s” is recorded.") % {"revision": revision}

    context = {
        "title": _("Review “%(revision)s”") % {"revision": revision},
        "intro": revision.change_note,
        "button": _("Record the decision"),
        "revision": revision,
        "difference": difference_to_live(revision, content),
        "unqualified": _why_not(request),
    }
    template = "admin/publishing/review.html"
    return desk_form(request, form, act, context, revision_url(revision), template=template)


def document_of(revision: Revision) -> PageContent:
    """The document of a revision."""
    return kinds.get(revision.kind).content.from_data(revision.content, stored=True)


def difference_to_live(revision: Revision, content: PageContent) -> ShownDifference:
    """What the revision changes for readers; all of it, where nothing is public yet."""
    live = Revision.objects.live().filter(page=revision.page_id).first()
    return ShownDifference(difference(document_of(live) if live else None, content), live)


def _blocks(content: PageContent) -> list[Any]:
    return [block for block in content.markdown_blocks() if block.text]


def _why_not(request: HttpRequest) -> str:
    """Why this account could not sign just now, said before it has read all of the text."""
    try:
        actions.check_qualified(actions.contributor_of(person(request)))
    except NotQualified as error:
        return error.message
    return ""
