"""Finding sources in the public library."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from references.entries import Status
from references.form_fields import MOST_USED_TYPES
from references.models import Reference

MAX_CHARS = 200
MAX_TERMS = 12
ALL = ("", _("All"))


class Filter(NamedTuple):
    """A choice of sources by something that only another app knows, such as who cites them.

    `choices` gives values with their names, and `found` the sources for a value.
    """

    label: StrOrPromise
    choices: Callable[[], Sequence[tuple[str, str]]]
    found: Callable[[str], Q]


# By name; filled by the apps above when they are ready.
FILTERS: dict[str, Filter] = {}


class SearchForm(forms.Form):
    """What a reader looks for; a field with a value that makes no sense counts as empty."""

    q = forms.CharField(
        label=_("Words of the title, author or citekey"),
        required=False,
        max_length=MAX_CHARS,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    type = forms.ChoiceField(
        label=_("Type"), required=False, choices=[ALL, *MOST_USED_TYPES.items()]
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[ALL, *Status.choices])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1000, max_value=2999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, each in FILTERS.items():
            self.fields[name] = forms.ChoiceField(
                label=each.label, required=False, choices=[ALL, *each.choices()]
            )

    def found(self) -> QuerySet[Reference]:
        """The sources that fit all that was asked for."""
        self.is_valid()
        asked: dict[str, Any] = self.cleaned_data
        rows = Reference.objects.all()
        for term in asked.get("q", "").split()[:MAX_TERMS]:
            rows = rows.filter(
                Q(title__icontains=term)
                | Q(citekey__icontains=term)
                | Q(container__icontains=term)
                | Q(csl__author__icontains=term)
                | Q(doi=term.lower())
                | Q(pmid=term)
            )
        exact = {"csl__type": asked.get("type"), "status": asked.get("status")}
        exact |= {"year": asked.get("year")}
        rows = rows.filter(**{name: value for name, value in exact.items() if value})
        for name, each in FILTERS.items():
            if value := asked.get(name):
                rows = rows.filter(each.found(value))
        return rows
