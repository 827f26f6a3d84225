"""Acts on many rows of a list at once that ask something first."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from publishing import clock
from publishing.desk.base import person

APPLY = "apply"
MONTHS_MAX = 36
SHOWN = 20  # names of rows; the rest is a number


class OwnerForm(forms.Form):
    """Who is to look after the pages."""

    owner = forms.ModelChoiceField(
        label=_("New owner"),
        queryset=User.objects.filter(is_staff=True, is_active=True).order_by("username"),
        help_text=_("Is reminded by e-mail when a page is due for review."),
    )


class IntervalForm(forms.Form):
    """How often the pages are reviewed."""

    review_months = forms.IntegerField(
        label=_("Months between reviews"),
        min_value=1,
        max_value=MONTHS_MAX,
        help_text=_(
            "12 where the pages are about medicines; never more than 36. It counts from the next "
            "publication on."
        ),
    )


class ReviewNowForm(forms.Form):
    """Why pages have to be looked at before their time."""

    reason = forms.CharField(
        label=_("Why now?"),
        max_length=300,
        help_text=_("One plain sentence. It stands in the log of each page."),
    )


def ask(
    request: HttpRequest,
    rows: QuerySet[Any],
    form_class: type[forms.Form],
    context: dict[str, Any],
    act: Callable[[dict[str, Any]], StrOrPromise],
) -> HttpResponse | None:
    """Show a form about the chosen rows; when it comes back, act and say what was done.

    None sends Django back to the list. `context` has the page's title, and the button's words.
    """
    form = form_class(request.POST if APPLY in request.POST else None)
    if form.is_valid():
        with transaction.atomic():
            message = act(form.cleaned_data)
        messages.success(request, message)
        return None
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    shown = list(rows[:SHOWN])
    context = {
        **admin.site.each_context(request),
        "form": form,
        "shown": shown,
        "more": rows.count() - len(shown),
        "fields_to_keep": [
            ("action", request.POST.get("action", "")),
            ("select_across", request.POST.get("select_across", "0")),
            *((ACTION_CHECKBOX_NAME, key) for key in chosen),
        ],
        "opts": rows.model._meta,
        **context,
    }
    return render(request, "admin/publishing/bulk.html", context)


def _same(rows: QuerySet[Any], pages: Iterable[Any]) -> QuerySet[Any]:
    """The rows without what the list has added to them."""
    same: QuerySet[Any] = rows.model._default_manager.filter(pk__in=[page.pk for page in pages])
    return same


class PageActions:
    """What can be done to many pages of a list at once."""

    log_change: Callable[..., Any]

    @admin.action(description=_("Give the selected pages another owner"), permissions=["bulk"])
    def change_owner(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        """Ask whom, and hand them over."""

        def act(said: dict[str, Any]) -> str:
            owner: User = said["owner"]
            pages = list(rows)
            _same(rows, pages).update(owner=owner)
            for page in pages:
                self.log_change(request, page, [{"changed": {"fields": ["owner"]}}])
            number = len(pages)
            return ngettext(
                "%(number)d page belongs to %(owner)s now.",
                "%(number)d pages belong to %(owner)s now.",
                number,
            ) % {"number": number, "owner": owner}

        context = {"title": _("Another owner"), "button": _("Hand over")}
        return ask(request, rows, OwnerForm, context, act)

    @admin.action(
        description=_("Set how often the selected pages are reviewed"), permissions=["bulk"]
    )
    def set_interval(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        """Ask for the months between reviews, and set them."""

        def act(said: dict[str, Any]) -> str:
            pages = list(rows)
            _same(rows, pages).update(review_months=said["review_months"])
            for page in pages:
                self.log_change(request, page, [{"changed": {"fields": ["review_months"]}}])
            number = len(pages)
            return ngettext(
                "%(number)d page is reviewed every %(months)d months.",
                "%(number)d pages are reviewed every %(months)d months.",
                number,
            ) % {"number": number, "months": said["review_months"]}

        context = {"title": _("Months between reviews"), "button": _("Set")}
        return ask(request, rows, IntervalForm, context, act)

    @admin.action(description=_("Let the selected pages take comments"), permissions=["bulk"])
    def open_comments(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Readers can comment again."""
        self._set_comments(request, rows, is_open=True)

    @admin.action(description=_("Let the selected pages take no comments"), permissions=["bulk"])
    def close_comments(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Comments that are there stay; nobody writes new ones."""
        self._set_comments(request, rows, is_open=False)

    def _set_comments(self, request: HttpRequest, rows: QuerySet[Any], *, is_open: bool) -> None:
        pages = list(rows)
        _same(rows, pages).update(comments_open=is_open)
        for page in pages:
            self.log_change(request, page, [{"changed": {"fields": ["comments_open"]}}])
        text = (
            ngettext("%d page takes comments.", "%d pages take comments.", len(pages))
            if is_open
            else ngettext(
                "%d page takes no new comments.", "%d pages take no new comments.", len(pages)
            )
        )
        messages.success(request, text % len(pages))

    @admin.action(description=_("Ask for a review of the selected pages now"), permissions=["bulk"])
    def review_now(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        """Ask why, and make the reviews due today."""

        def act(said: dict[str, Any]) -> str:
            later = list(rows.filter(review_due_on__gt=timezone.localdate()))
            clock.pull_forward(later, reason=said["reason"], by=person(request))
            number = len(later)
            return ngettext(
                "The review of %(number)d page is due today. Pages that were due already, or are "
                "not public, stay as they are.",
                "The reviews of %(number)d pages are due today. Pages that were due already, or "
                "are not public, stay as they are.",
                number,
            ) % {"number": number}

        context = {"title": _("A review now"), "button": _("Make the review due today")}
        return ask(request, rows, ReviewNowForm, context, act)
