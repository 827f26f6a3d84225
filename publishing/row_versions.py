"""The rows below a working copy when two people saved it: nothing of either is lost unseen."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import QueryDict
from django.utils.translation import gettext as _

from publishing.difference import Change, Piece, word_difference
from publishing.forms import Versions, as_typed

Rows = BaseInlineFormSet[Any, Any, Any]


def row_versions(formsets: Iterable[Rows]) -> list[Versions]:
    """Where the rows that were typed, which have been validated, differ from those now stored."""
    return [version for formset in formsets for version in _of_formset(formset)]


def _of_formset(formset: Rows) -> list[Versions]:
    rows = formset.get_queryset().model._base_manager.filter(**{_owner(formset): _pk(formset)})
    stored = {row.pk: row for row in rows}
    found = []
    for form in formset.initial_forms:
        row = stored.pop(form.instance.pk, None)
        if row is not None:
            found += _of_row(form, row)
    for row in stored.values():
        label = _("%(row)s: added meanwhile, and kept when you save") % {"row": _named(row)}
        text = _whole(formset.empty_form, row)
        found.append(Versions(label, text, (Piece(Change.SAME, text),)))
    return found


def _owner(formset: Rows) -> str:
    return str(formset.fk.name)


def _pk(formset: Rows) -> Any:
    return formset.instance.pk


def _named(row: Any) -> str:
    return f"{row._meta.verbose_name} “{row}”"


def _columns(form: forms.BaseForm, row: Any) -> Iterable[tuple[str, forms.Field]]:
    """The fields of a row that somebody types into."""
    model_fields = {field.name for field in (*row._meta.fields, *row._meta.many_to_many)}
    for name, field in form.fields.items():
        if name in model_fields and not field.widget.is_hidden:
            yield name, field


def _of_row(form: Any, row: Any) -> list[Versions]:
    found = []
    for name, field in _columns(form, row):
        saved = _in_words(field, _value(row, name))
        typed = _in_words(field, form.cleaned_data.get(name, form[name].value()))
        if saved != typed:
            label = f"{_named(row)}: {field.label}"
            found.append(Versions(label, saved, word_difference(saved, typed)))
    return found


def _whole(form: Any, row: Any) -> str:
    """A row as lines of its fields."""
    lines = (
        (field.label, _in_words(field, _value(row, name))) for name, field in _columns(form, row)
    )
    return "\n".join(f"{label}: {text}" for label, text in lines if text)


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return value.all() if hasattr(value, "all") else value


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as the form shows it; one that fits no field as it was sent."""
    try:
        if isinstance(field, forms.ModelMultipleChoiceField):
            return "; ".join(str(field.label_from_instance(item)) for item in value)
        return as_typed(field, value)
    except (AttributeError, ValidationError):
        return str(value)


def rows_still_there(data: QueryDict, prefix: str, pk: str, stored: set[str]) -> QueryDict:
    """What was sent for the rows of one kind, where rows that are gone become new ones.

    Somebody else has deleted them meanwhile: without this the form could never be saved again. A
    row that was to be deleted anyway is left out. `pk` is the name of the rows' key field,
    `stored` has the keys that exist.
    """
    key = re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-(.+)", re.DOTALL)
    rows: dict[int, dict[str, list[str]]] = {}
    for name, values in data.lists():
        if found := key.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = values
    gone = {number for number, row in rows.items() if row.get(pk, [""])[-1] not in {"", *stored}}
    if not gone:
        return data
    kept = [number for number in sorted(rows) if number not in gone and _has(rows[number], pk)]
    back = [number for number in sorted(gone) if not _has(rows[number], "DELETE")]
    new = [number for number in sorted(rows) if number not in gone and not _has(rows[number], pk)]
    sent = data.copy()
    for name in data:
        if key.fullmatch(name):
            del sent[name]
    for place, number in enumerate([*kept, *back, *new]):
        for name, values in rows[number].items():
            sent.setlist(f"{prefix}-{place}-{name}", values)
        if number in gone:
            sent[f"{prefix}-{place}-{pk}"] = ""
    sent[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    sent[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(back) + len(new))
    return sent


def _has(row: dict[str, list[str]], name: str) -> bool:
    return bool(row.get(name, [""])[-1])
