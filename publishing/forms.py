"""Forms of the desk."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminDateWidget
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from publishing.actions import REMARK_CHARS_MAX, NewRemark
from publishing.dates import months_later
from publishing.difference import Piece, word_difference
from publishing.errors import StaleWorkingCopy
from publishing.models import LINK_DAYS_MAX, Event, Page, Revision, SignOff
from references.text import clean_text


class CleanTextMixin(forms.BaseForm):
    """Cleans every text that comes in, so that a working copy always makes a document."""

    def clean_texts(self) -> None:
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                long = isinstance(self.fields[name].widget, forms.Textarea)
                self.cleaned_data[name] = clean_text(value, single_line=not long, name=not long)


class CleanTextForm(CleanTextMixin, forms.ModelForm[Any]):
    """A model form whose texts are clean."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.clean_texts()
        return cleaned


class WorkflowForm(CleanTextMixin, forms.Form):
    """A form of the workflow, whose texts are clean: readers see some of them."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.clean_texts()
        return cleaned


def document_faults(error: ValidationError) -> list[tuple[str, str]]:
    """Why a working copy makes no document: of each fault the field, or "", and a sentence.

    A fault in one of several items begins with its place, counted from 1.
    """
    faults = []
    for fault in error.errors(include_url=False):
        field, *inner = fault["loc"] or ("",)
        steps = [str(step + 1) if isinstance(step, int) else step for step in inner]
        faults.append((str(field), ": ".join([*steps, _in_words(fault)])))
    return faults


def _in_words(fault: ErrorDetails) -> str:
    """The sentence of a fault; pydantic's own speaks of values and tuples."""
    if fault["type"] in {"too_short", "string_too_short"}:
        return gettext("Write something here.")
    if fault["type"] not in {"too_long", "string_too_long"}:
        return fault["msg"].removeprefix("Value error, ")
    if isinstance(fault["input"], str):
        message = gettext("Shorten this to at most %(most)s characters.")
    else:
        message = gettext("Keep at most %(most)s items.")
    return message % {"most": fault["ctx"]["max_length"]}


class PageForm(CleanTextForm):
    """A working copy, with the version it was opened at."""

    kind = ""  # the desk's page of each kind sets it
    faults: Sequence[tuple[str, str]] = ()  # what kept it from being saved, found while saving
    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened_version"] = self.instance.version
        # Fields that somebody else has saved in another way meanwhile.
        self.versions: list[Versions] = []
        self.stale = False  # whether somebody else saved since the form was opened

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.instance.pk:
            # Two who add a page at once come here one after the other.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"add {self.kind}"])
        others = Page.objects.exclude(pk=self.instance.pk)
        if others.filter(kind=self.kind, slug=self.cleaned_data.get("slug", "")).exists():
            self.add_error("slug", _("Another page of this kind has this address. Choose another."))
        for field, message in self.faults:
            if field in self.fields:
                self.add_error(field, message)
            else:
                self.add_error(None, f"{field}: {message}" if field else message)
        if self.instance.pk:
            # The lock is kept until the page is saved: nobody can come in between.
            stored = Page.objects.select_for_update().get(pk=self.instance.pk)
            if stored.version != self.cleaned_data.get("opened_version"):
                self._show_both(stored)
        return cleaned

    def _show_both(self, stored: Page) -> None:
        """Refuse to save, and set what somebody else saved beside what was typed here.

        Who then saves again has seen both: the form counts as opened at the stored version.
        """
        self.stale = True
        last = stored.events.filter(action=Event.Action.SAVED).select_related("account").first()
        self.add_error(None, StaleWorkingCopy(last).message)
        theirs = self._meta.model.objects.get(pk=stored.pk)
        names = [name for name in self.cleaned_data if name != "opened_version"]
        for name in names:
            saved = as_typed(self.fields[name], getattr(theirs, name, None))
            typed = as_typed(self.fields[name], self.cleaned_data[name])
            if saved != typed:
                label = str(self.fields[name].label)
                self.versions.append(Versions(label, saved, word_difference(saved, typed)))
        sent = cast(QueryDict, self.data).copy()
        sent[self.add_prefix("opened_version")] = str(stored.version)
        self.data = sent


class Versions(NamedTuple):
    """A field that two people wrote: the text that is stored, and how the typed one differs."""

    label: str
    stored: str
    pieces: tuple[Piece, ...]


def as_typed(field: forms.Field, value: Any) -> str:
    """A value as the form shows it, in words where it is a choice."""
    value = field.prepare_value(value)
    if isinstance(field, forms.ModelChoiceField):
        return str(field.label_from_instance(field.to_python(value))) if value else ""
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, "" if value is None else value))


class SubmitForm(WorkflowForm):
    """What changed, for the reviewer and for readers."""

    change_kind = forms.ChoiceField(label=_("Kind of change"), choices=Revision.ChangeKind)
    change_note = forms.CharField(
        label=_("What changed"),
        max_length=300,
        help_text=_("One plain sentence. Readers see it in the page’s history."),
    )


class SignOffForm(WorkflowForm):
    """A reviewer's decision on the text that stood on the screen."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(label=_("Decision"), choices=SignOff.Decision)
    scope = forms.ChoiceField(label=_("What you reviewed"), choices=SignOff.Scope)
    statement = forms.CharField(
        label=_("Statement"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you checked it against; or, if you do not approve, what has to change."),
    )
    review_due = forms.DateField(
        label=_("Next review due"),
        required=False,
        widget=AdminDateWidget,
        help_text=_("Your approval counts until the end of this day."),
    )

    def __init__(
        self, *args: Any, blocks: Sequence[tuple[str, str]], months: int, **kwargs: Any
    ) -> None:
        """`blocks` are the names and labels of what a remark may be about."""
        super().__init__(*args, **kwargs)
        self.fields["review_due"].initial = months_later(timezone.localdate(), months)
        self.blocks = tuple(name for name, _label in blocks)
        for name, label in blocks:
            self.fields[f"remark-{name}"] = forms.CharField(
                label=label,
                required=False,
                max_length=5_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def remarks(self) -> list[NewRemark]:
        """What was said about single blocks."""
        return [
            NewRemark(text=text, place=name)
            for name in self.blocks
            if (text := self.cleaned_data[f"remark-{name}"].strip())
        ]

    def remark_fields(self) -> list[forms.BoundField]:
        """The fields for remarks, which stand apart from the decision."""
        return [self[f"remark-{name}"] for name in self.blocks]

    def decision_fields(self) -> list[forms.BoundField]:
        """The fields of the decision."""
        names = ("decision", "scope", "statement", "review_due")
        return [self[name] for name in names]

    @property
    def expires_at(self) -> datetime.datetime | None:
        """The end of the day on which the review is due."""
        due = self.cleaned_data["review_due"]
        end = datetime.time(23, 59, 59)
        return timezone.make_aware(datetime.datetime.combine(due, end)) if due else None


class UnpublishForm(WorkflowForm):
    """Why a page goes."""

    reason = forms.CharField(
        label=_("Why the page goes"),
        max_length=300,
        help_text=_("One plain sentence. Readers see it at the old address."),
    )


class WaiveForm(WorkflowForm):
    """Why a finding may stand."""

    reason = forms.CharField(
        label=_("Why this may stand"),
        max_length=500,
        help_text=_("One or two plain sentences. The reviewer reads them before signing."),
    )


class PublishForm(forms.Form):
    """When a revision goes live."""

    publish_at = forms.DateTimeField(
        label=_("At a time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=format_lazy(
            _("Leave this empty to publish now. Times are those of {zone}."),
            zone=settings.TIME_ZONE,
        ),
    )


class ShareForm(WorkflowForm):
    """Whom a preview link is for, and for how long."""

    recipient = forms.CharField(
        label=_("For whom"),
        max_length=200,
        help_text=_("Their name; they see it in the preview."),
    )
    days = forms.TypedChoiceField(
        label=_("For how many days"),
        coerce=int,
        choices=[(day, day) for day in range(1, LINK_DAYS_MAX + 1)],
        initial=LINK_DAYS_MAX,
    )


class RemarkForm(WorkflowForm):
    """What the recipient of a preview link says."""

    place = forms.ChoiceField(label=_("What it is about"), required=False)
    text = forms.CharField(
        label=_("Your remark"),
        max_length=REMARK_CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["place"]).choices = list(places.items())


class ConfirmForm(forms.Form):
    """Nothing to fill in."""


class RestoreForm(forms.Form):
    """The version of the working copy that is replaced."""

    version = forms.IntegerField(widget=forms.HiddenInput)
