"""The screen that brings references of a file or a pasted list into the library."""

from itertools import islice
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from references.actions import save_reference
from references.errors import LibraryError
from references.form_fields import names_to_lines
from references.formatting import ama_html
from references.importing import Imported, Outcome, import_records, taken_over
from references.models import Reference
from references.readers import (
    FORMATS,
    MAX_BYTES,
    Read,
    Record,
    UnreadableFile,
    decode,
    detect,
)

# Of a text as a browser sends it, with two bytes a line end; below DATA_UPLOAD_MAX_MEMORY_SIZE,
# for the second screen sends on what the first one took.
MAX_SIZE = 2_000_000  # bytes
MAX_RECORDS = 1_000
MAX_NAMED = 10  # citekeys in a message
MAX_CHOICES = 4_000  # boxes to tick; below DATA_UPLOAD_MAX_NUMBER_FIELDS
FORMAT_NAMES = {
    "": gettext_lazy("Find out"),
    "ris": gettext_lazy("RIS"),
    "bibtex": gettext_lazy("BibTeX"),
    "nbib": gettext_lazy("NBIB (PubMed)"),
    "pubmed": gettext_lazy("PubMed XML"),
    "csl": gettext_lazy("CSL-JSON"),
    "text": gettext_lazy("Text in AMA or Vancouver style"),
}


class ImportForm(forms.Form):
    """A file or a pasted list; the second screen sends the file's text on as a pasted one."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "At most 2 MB and 1,000 references. For more there is manage.py import_references."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or pasted here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
        help_text=gettext_lazy("One reference, or a list of them; at most as much as in a file."),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        required=False,
        choices=[(name, label) for name, label in FORMAT_NAMES.items() if name in {"", *FORMATS}],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        name = ""
        if file := data.get("file"):
            name = file.name
            try:
                data["text"] = decode(file.read(MAX_BYTES + 1))
            except UnreadableFile as error:
                self.add_error("file", str(error))
        text = (data.get("text") or "").replace("\r\n", "\n")
        if not text.strip() and not self.errors:
            self.add_error(None, _("Choose a file, or paste references below it."))
        if len(text.encode()) + text.count("\n") > MAX_SIZE:
            message = _("This is over %(most)d MB. Use manage.py import_references.")
            self.add_error(None, message % {"most": MAX_SIZE // 1_000_000})
        data["text"] = text
        data["format"] = data.get("format") or detect(name, text)
        return data


class Difference(NamedTuple):
    """A variable of a source that the library has with another value."""

    variable: str
    stored: str
    new: str


class Row(NamedTuple):
    """A record as the screen shows it."""

    number: int
    result: Imported
    entry: str
    differences: list[Difference]


@require_http_methods(["GET", "HEAD", "POST"])
def import_screen(request: HttpRequest) -> HttpResponse:
    """Ask for references, show what would become of each, then store what was chosen."""
    user = cast(User, request.user)
    if not (
        user.has_perm("references.add_reference") and user.has_perm("references.change_reference")
    ):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent)
    results: list[Imported] = []
    if request.method == "POST" and form.is_valid():
        read = FORMATS[form.cleaned_data["format"]]
        records = list(islice(read(form.cleaned_data["text"]), MAX_RECORDS + 1))
        if len(records) > MAX_RECORDS:
            message = _("These are over %(most)s references. Use manage.py import_references.")
            form.add_error(None, message % {"most": MAX_RECORDS})
        elif "store" in request.POST:
            return _store(request, user, records)
        else:
            results = list(import_records(records, by=user, dry_run=True))
    if sum(len(result.differences) for result in results) > MAX_CHOICES:
        message = _("These differ from the library in over %(most)s values. Import fewer at once.")
        form.add_error(None, message % {"most": MAX_CHOICES})
        results = []
    context = {
        **admin.site.each_context(request),
        "title": _("Import references"),
        "form": form,
        "rows": _rows(results),
    }
    return render(request, "admin/references/import.html", context)


def _rows(results: list[Imported]) -> list[Row]:
    keys = [result.citekey for result in results if result.outcome == Outcome.DIFFERS]
    stored = Reference.objects.in_bulk(keys, field_name="citekey")
    return [_row(number, result, stored) for number, result in enumerate(results)]


def _row(number: int, result: Imported, stored: dict[str, Reference]) -> Row:
    record = result.record
    if not isinstance(record, Read):
        return Row(number, result, "", [])
    known = stored[result.citekey].csl if result.citekey in stored else {}
    differences = [
        Difference(name, in_words(known.get(name)), in_words(record.item[name]))
        for name in result.differences
    ]
    return Row(number, result, ama_html(record.item), differences)


def in_words(value: Any) -> str:
    """A variable's value for reading: names and dates as people write them."""
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return "; ".join(names_to_lines(value).splitlines())
    if isinstance(value, dict) and value.get("date-parts"):
        return " / ".join("-".join(map(str, day)) for day in value["date-parts"])
    return "–" if value is None else str(value)


def _tell(request: HttpRequest, message: str, citekeys: list[str]) -> None:
    if citekeys:
        more = " …" if len(citekeys) > MAX_NAMED else ""
        shown = ", ".join(citekeys[:MAX_NAMED]) + more
        messages.success(request, message % {"citekeys": shown})


def _log(user: User, citekey: str, action: int, variables: list[str]) -> None:
    """Write into the history of a source what an import did to it."""
    LogEntry.objects.log_actions(
        user_id=user.pk,
        queryset=Reference.objects.filter(citekey=citekey),
        action_flag=action,
        change_message=_("By an import: %(what)s") % {"what": ", ".join(variables) or _("all")},
        single_object=True,
    )


@transaction.atomic
def _store(request: HttpRequest, user: User, records: list[Record]) -> HttpResponse:
    """Store what is new, and the chosen values of what differs."""
    results = list(import_records(records, by=user))
    changed: list[str] = []
    for number, result in enumerate(results):
        chosen = set(request.POST.getlist(f"take-{number}")) & set(result.differences)
        if chosen and isinstance(result.record, Read):
            reference = Reference.objects.get(citekey=result.citekey)
            try:
                save_reference(
                    by=user,
                    citekey=reference.citekey,
                    csl=taken_over(reference.csl, result.record.item, *chosen),
                    version=reference.version,
                )
            except LibraryError as error:
                message = _("Not changed: %(citekey)s. %(reason)s")
                values = {"citekey": reference.citekey, "reason": error.message}
                messages.error(request, message % values)
            else:
                changed.append(result.citekey)
                _log(user, result.citekey, CHANGE, sorted(chosen))
    new = [result.citekey for result in results if result.outcome == Outcome.NEW]
    for citekey in new:
        _log(user, citekey, ADDITION, [])
    _tell(request, _("Stored: %(citekeys)s."), new)
    _tell(request, _("Changed: %(citekeys)s."), changed)
    unread = sum(result.outcome == Outcome.UNREAD for result in results)
    if unread:
        message = _("%(number)d could not be read and are not stored.")
        messages.warning(request, message % {"number": unread})
    if not (new or changed):
        messages.info(request, _("Nothing was stored: the library has all of it."))
    return HttpResponseRedirect(reverse("admin:references_reference_changelist"))
