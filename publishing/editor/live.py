"""A working copy as it stands in the form, unsaved: the public page, and what is found in it."""

from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from pydantic import ValidationError

from publishing import kinds
from publishing.actions.waiving import with_waivers
from publishing.checks import Finding
from publishing.content import PageContent
from publishing.forms import document_faults
from publishing.models import Page, Waiver
from publishing.page_views import page_response
from publishing.preview import preview_content

Problem = dict[str, str]
Rows = dict[str, list[str]]


def live_answer(desk: ModelAdmin[Any], request: HttpRequest, page_id: int) -> HttpResponse:
    """JSON with `html`, `findings` and `problems`; nothing of the form is stored."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not desk.has_change_permission(request):
        raise PermissionDenied
    page = get_object_or_404(desk.get_queryset(request), pk=page_id)
    content, problems, rows = _document(desk, request, page)
    answer: dict[str, Any] = {"html": "", "findings": [], "problems": problems}
    if content is not None:
        stored = Page.objects.get(pk=page_id)
        preview = preview_content(stored, content)
        answer["html"] = page_response(request, preview.shown).content.decode()
        answer["findings"] = [
            _finding(*judged, content, rows) for judged in with_waivers(stored, preview.findings)
        ]
    response = JsonResponse(answer)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _finding(
    finding: Finding, waiver: Waiver | None, content: PageContent, rows: Rows
) -> dict[str, Any]:
    """A finding with the form's field; of a list that is one field, an item is a line."""
    field, _dot, item = finding.place.partition(".")
    line = finding.line
    if field in rows and item.isdecimal():
        field, line = rows[field][int(item)], 0
    elif item.isdecimal():
        line = int(item) + 1
    elif field == "summary":
        field = _summary_field(content)
    return finding.to_json() | {
        "field": field,
        "line": line,
        "text": str(finding),
        "waived": waiver is not None,
    }


def _summary_field(content: PageContent) -> str:
    """The field that a kind's summary is written in."""
    names = type(content).model_fields
    return next((name for name in names if getattr(content, name) == content.summary), "summary")


def _rows(formsets: list[Any], inlines: list[Any]) -> Rows:
    """Of the rows below the form, by the name of their list, where in the form each stands.

    Only lists that say which column has the text: findings are about texts. They come in the order
    of the document, which is that of the model.
    """
    found: Rows = {}
    for formset, inline in zip(formsets, inlines, strict=True):
        if not hasattr(inline, "text_column"):
            continue
        order = formset.model._meta.ordering
        forms = [form for form in formset.forms if _is_kept(form)]
        forms.sort(key=lambda form: [getattr(form.instance, name) for name in order])
        found[formset.get_default_prefix()] = [
            form.add_prefix(inline.text_column) for form in forms
        ]
    return found


def _is_kept(form: Any) -> bool:
    return form.instance.pk is not None and not form.cleaned_data.get("DELETE")


def _document(
    desk: Any, request: HttpRequest, page: Any
) -> tuple[PageContent | None, list[Problem], Rows]:
    """What the form would make, read inside a transaction that is always undone."""
    with transaction.atomic():
        try:
            # Without files: what is written to the disk is not undone.
            form = desk.get_form(request, page, change=True)(request.POST, instance=page)
            formsets, inlines = desk._create_formsets(request, page, change=True)
            problems = _problems(form, formsets)
            if problems:
                return None, problems, {}
            # Not by the admin's save_model, which counts versions and notes authors.
            form.save()
            for formset in formsets:
                formset.save()
            return kinds.get(desk.content.kind).read(page.pk), [], _rows(formsets, inlines)
        except ValidationError as error:
            faults = document_faults(error)
            return None, [{"field": field, "message": message} for field, message in faults], {}
        except IntegrityError:
            message = _("Two rows of this page contradict each other. Compare them.")
            return None, [{"field": "", "message": message}], {}
        finally:
            transaction.set_rollback(True)


def _problems(form: Any, formsets: list[BaseFormSet[Any]]) -> list[Problem]:
    found = _of_form(form)
    for formset in formsets:
        if not formset.is_valid():
            found += [{"field": "", "message": str(text)} for text in formset.non_form_errors()]
            for row in formset.forms:
                found += _of_form(row)
    return found


def _of_form(form: Any) -> list[Problem]:
    return [
        {
            "field": "" if name == "__all__" else cast(str, form.add_prefix(name)),
            "message": str(message),
        }
        for name, messages in form.errors.items()
        for message in messages
    ]
