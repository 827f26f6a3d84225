"""Filters of the desk's lists."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from publishing import kinds, queues
from publishing.counting import capped_counts
from publishing.desk.base import person
from publishing.models import Revision

Choices = list[tuple[str, StrOrPromise]]
State = Revision.State
MAX_CODE = 60  # characters, as of a waiver's code


class DefaultFilter(SimpleListFilter):
    """A filter that shows part of the list until somebody asks for more.

    The first of the choices is that part.
    """

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The choices, without Django's own “All”."""
        for value, title in self.lookup_choices:
            yield {
                "selected": self.chosen() == value,
                "query_string": changelist.get_query_string({str(self.parameter_name): value}),
                "display": title,
            }

    def chosen(self) -> str:
        """The value asked for; one that is not offered counts as the first."""
        offered = [value for value, _title in self.lookup_choices]
        value = self.value()
        return value if value in offered else offered[0]


class NewestStateFilter(SimpleListFilter):
    """Pages by the state of their newest revision."""

    title = _("newest revision")
    parameter_name = "state"
    DRAFT = "draft"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """Every state, and none."""
        return [(self.DRAFT, _("draft")), *State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The pages in the state."""
        value = self.value()
        if value == self.DRAFT:
            return queryset.filter(queues.pages_in_state(""))
        return queryset.filter(queues.pages_in_state(value)) if value else queryset


class LiveFilter(SimpleListFilter):
    """Pages that the public sees, or does not see."""

    title = _("live")
    parameter_name = "live"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """Yes and no."""
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The pages."""
        wanted = {"yes": queues.live_pages(), "no": ~queues.live_pages()}
        return queryset.filter(wanted.get(self.value() or "", Q()))


class ReviewFilter(SimpleListFilter):
    """Pages by the day of their next review."""

    title = _("review")
    parameter_name = "review"
    SOON = datetime.timedelta(days=60)

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """From the most urgent on."""
        return [
            ("overdue", _("Overdue")),
            ("soon", _("Due within 60 days")),
            ("none", _("No day set")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The pages, those that are due first in front."""
        today = timezone.localdate()
        wanted = {
            "overdue": queues.overdue(today),
            "soon": Q(review_due_on__gte=today, review_due_on__lte=today + self.SOON),
            "none": Q(review_due_on=None),
        }
        return queryset.filter(wanted.get(self.value() or "", Q()))


class KindFilter(SimpleListFilter):
    """Pages of one kind."""

    title = _("kind")
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """Every kind by its name."""
        return [(kind.kind, kind.model._meta.verbose_name or "") for kind in kinds.registered()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The pages, or the revisions of pages."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class MyPagesFilter(SimpleListFilter):
    """Pages of whoever looks."""

    title = _("your part")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """What may tie an account to a page."""
        return [("owner", _("I own it")), ("draft", _("My changes are not submitted"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The pages."""
        user = person(request)
        wanted = {"owner": Q(owner=user), "draft": queues.drafts_of(user)}
        return queryset.filter(wanted.get(self.value() or "", Q()))


class QueueFilter(DefaultFilter):
    """The stations of the workflow; what waits for review is shown first."""

    title = _("queue")
    parameter_name = "queue"
    NAMES: Choices = [
        (State.SUBMITTED, _("Waiting for review")),
        (State.APPROVED, _("Approved")),
        (State.SCHEDULED, _("Scheduled")),
        (State.CHANGES_REQUESTED, _("Changes requested")),
    ]
    OTHERS: Choices = [(State.LIVE, _("Live")), ("all", _("All revisions"))]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """The queues, each with its length, and what has left them."""
        counts = capped_counts({state: queues.in_state(state) for state, _name in self.NAMES})
        counted: Choices = [(state, f"{name} ({counts[state]})") for state, name in self.NAMES]
        return [*counted, *self.OTHERS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The revisions of the queue."""
        chosen = self.chosen()
        if chosen == "all":
            return queryset
        return queryset.filter(queues.at(chosen))


class MyRevisionsFilter(SimpleListFilter):
    """Revisions by what whoever looks can do about them."""

    title = _("your part")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """What may tie an account to a revision."""
        return [
            ("to-sign", _("I had no part in it, so I may sign")),
            ("written", _("I am among the authors")),
            ("publishable", _("May go live now")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The revisions."""
        user = person(request)
        match self.value():
            case "to-sign":
                return queryset.filter(queues.not_touched_by(user))
            case "written":
                return queryset.filter(queues.written_by(user))
            case "publishable":
                return queryset.filter(pk__in=queues.publishable().values("pk"))
        return queryset


class FindingFilter(SimpleListFilter):
    """Revisions in which the checks found one thing; it appears when the dashboard asks for it."""

    title = _("finding")
    parameter_name = "finding"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """The finding that was asked for."""
        code = self.value()
        return [(code, code.replace("-", " "))] if code else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The revisions."""
        code = str(self.value())[:MAX_CODE]
        return queryset.filter(findings__contains=[{"code": code}])


class OpenTasksFilter(DefaultFilter):
    """Tasks that are to be done; those that are done on request."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """Open ones first."""
        return [
            ("open", _("Open")),
            ("overdue", _("Overdue")),
            ("done", _("Done")),
            ("all", _("All")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The tasks."""
        wanted = {
            "open": Q(done_at=None),
            "overdue": Q(done_at=None, due_on__lt=timezone.localdate()),
            "done": Q(done_at__isnull=False),
            "all": Q(),
        }
        return queryset.filter(wanted[self.chosen()])


class WhoseTasksFilter(SimpleListFilter):
    """Tasks by who is to do them."""

    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Choices:
        """One's own first."""
        return [
            ("mine", _("Mine")),
            ("nobody", _("Nobody’s yet")),
            ("mine-or-nobody", _("Mine or nobody’s")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The tasks."""
        user = person(request)
        wanted = {
            "mine": Q(assigned_to=user),
            "nobody": Q(assigned_to=None),
            "mine-or-nobody": queues.for_anybody_or(user),
        }
        return queryset.filter(wanted.get(self.value() or "", Q()))
