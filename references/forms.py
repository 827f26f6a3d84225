"""The forms in which editors enter a source."""

import datetime
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.actions import save_reference
from references.csl import Item, read_item
from references.errors import LibraryError
from references.form_fields import (
    MOST_USED_TYPES,
    date_to_numbers,
    json_object,
    names_from_lines,
    names_to_lines,
    numbers_to_date,
)
from references.models import Reference
from references.study_types import StudyType
from references.variables import ITEM_TYPES

# Form field → CSL variable, for the variables that are a line of text.
LINES = {
    "title": "title",
    "container": "container-title",
    "container_short": "container-title-short",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "url": "URL",
    "publisher": "publisher",
    "edition": "edition",
    "genre": "genre",
}
NAMES = {"authors": "author", "editors": "editor"}
# Form field → name within `custom`.
CUSTOM = {"study_type": "study-type", "finding": "finding"}
NUMBERS = ("year", "month", "day")


def _line(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "vTextField"})
    return forms.CharField(label=label, help_text=help_text, required=required, widget=widget)


def _names(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=widget)


def _number(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False)


class ItemForm(forms.Form):
    """A source as fields; what has no field of its own stands below as JSON. It stores nothing.

    `item` is what a valid form stands for, as `read_item` gives it.
    """

    item: Item

    type = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[
            *MOST_USED_TYPES.items(),
            (
                gettext_lazy("Other types"),
                [(name, name) for name in ITEM_TYPES if name not in MOST_USED_TYPES],
            ),
        ],
    )
    title = _line(gettext_lazy("Title"), required=True)
    authors = _names(
        gettext_lazy("Authors"),
        gettext_lazy(
            "One a line: “Family, Given” for a person, the whole name without a comma for a group. "
            "A group with a comma in its name goes into braces: {Centers A, B}."
        ),
    )
    editors = _names(gettext_lazy("Editors"), gettext_lazy("One a line, as with the authors."))
    container = _line(
        gettext_lazy("Published in"), gettext_lazy("The journal, the book, or the web site.")
    )
    container_short = _line(
        gettext_lazy("Abbreviated"),
        gettext_lazy("The journal's abbreviation in PubMed, for example J Am Acad Dermatol."),
    )
    year = _number(gettext_lazy("Year"), 1000, 2999)
    month = _number(gettext_lazy("Month"), 1, 12)
    day = _number(gettext_lazy("Day"), 1, 31)
    volume = _line(gettext_lazy("Volume"))
    issue = _line(gettext_lazy("Issue"))
    page = _line(gettext_lazy("Pages"), gettext_lazy("For example 199-202, or an article number."))
    doi = _line(gettext_lazy("DOI"), gettext_lazy("For example 10.1016/j.ijwd.2020.03.045."))
    pmid = _line(gettext_lazy("PMID"))
    pmcid = _line(gettext_lazy("PMCID"))
    url = _line(gettext_lazy("Web address"), gettext_lazy("Printed where there is no DOI."))
    accessed = forms.DateField(
        label=gettext_lazy("Read on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d"),
        help_text=gettext_lazy("When somebody last read the page at this address: 2026-11-22."),
    )
    publisher = _line(gettext_lazy("Publisher"))
    edition = _line(gettext_lazy("Edition"), gettext_lazy("A number, from the second one on."))
    genre = _line(
        gettext_lazy("Kind of work"),
        gettext_lazy("For example “Dissertation”, or “Prescribing information” for a drug label."),
    )
    study_type = forms.ChoiceField(
        label=gettext_lazy("Study type"),
        required=False,
        choices=[("", gettext_lazy("As PubMed says, if it does")), *StudyType.choices],
    )
    finding = _line(
        gettext_lazy("What it found"),
        gettext_lazy("One plain line for readers, in your own words and no stronger than its own."),
    )
    rest = forms.CharField(
        label=gettext_lazy("Other CSL variables"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField", "spellcheck": "false"}),
        help_text=gettext_lazy("A JSON object with what has no field above, such as “custom”."),
    )

    def clean_authors(self) -> list[dict[str, str]]:
        return names_from_lines(self.cleaned_data["authors"])

    def clean_editors(self) -> list[dict[str, str]]:
        return names_from_lines(self.cleaned_data["editors"])

    def clean_rest(self) -> dict[str, Any]:
        return json_object(self.cleaned_data["rest"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("day") and not data.get("month"):
            self.add_error("month", _("Give the month too, or leave the day empty."))
        if data.get("month") and not data.get("year"):
            self.add_error("year", _("Give the year too, or leave the month empty."))
        if not self.errors and (doubled := sorted(_doubled(data))):
            message = _("These stand in a field above as well: %(names)s. Keep one of the two.")
            self.add_error("rest", message % {"names": ", ".join(doubled)})
        if not self.errors:
            try:
                self.item = read_item(item_from(data))
            except LibraryError as error:
                self.refuse(error)
        return data

    def refuse(self, error: LibraryError) -> None:
        """Show the error at the field it is about, or above the form."""
        field = field_of(error.field)
        # Where no field is named, the whole text says what it is about.
        self.add_error(field, getattr(error, "reason", error.message) if field else str(error))


class ReferenceForm(ItemForm, forms.ModelForm[Reference]):
    """The form that stores a source.

    Saving is the last step of validation, so that whatever the action refuses is shown beside the
    field it is about and nothing that was typed is lost.
    """

    # Who saves; the admin sets it on the class that it makes for each request.
    by: ClassVar[User]

    citekey = _line(
        gettext_lazy("Citekey"),
        gettext_lazy(
            "Texts cite the source by this name, as in [@kurokawa2016]. It never changes."
        ),
        required=True,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Reference
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(form_values(self.instance))
            self.fields["citekey"].disabled = True

    def _post_clean(self) -> None:
        # In place of Django's checks of the model: the action makes them, and more.
        if self.errors:
            return
        data = self.cleaned_data
        # A stored reference always has a version; a form that lost it must count as stale.
        version = (data["version"] or 0) if self.instance.pk else None
        try:
            self.instance = save_reference(
                by=self.by, citekey=data["citekey"], csl=self.item, version=version
            )
        except LibraryError as error:
            self.refuse(error)


class PreviewForm(ItemForm):
    """The same fields, for looking at the entry; a stored source brings its notices along."""

    reference = forms.ModelChoiceField(Reference.objects.all(), required=False)


def item_from(data: Mapping[str, Any]) -> dict[str, Any]:
    """The CSL-JSON item that cleaned form data stand for."""
    item = dict(data["rest"])
    item |= {"type": data["type"]}
    item |= {variable: data[field] for field, variable in LINES.items() if data[field]}
    item |= {name: data[field] for field, name in NAMES.items() if data[field]}
    if issued := numbers_to_date(*(data[field] for field in NUMBERS)):
        item["issued"] = issued
    if accessed := data["accessed"]:
        item["accessed"] = numbers_to_date(accessed.year, accessed.month, accessed.day)
    stated = {name: data[field] for field, name in CUSTOM.items() if data[field]}
    custom = item.get("custom", {})
    if stated and isinstance(custom, Mapping):  # anything else is refused later
        item["custom"] = {**custom, **stated}
    return item


def _doubled(data: Mapping[str, Any]) -> set[str]:
    """The variables that stand in a field and among the rest as well."""
    fields, rest = item_from({**data, "rest": {}}), data["rest"]
    variables = {name for name in fields if name in rest} - {"custom"}
    stated = _mapping(rest.get("custom"))
    return variables | {f"custom.{name}" for name in fields.get("custom", {}) if name in stated}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def form_values(reference: Reference) -> dict[str, Any]:
    """What the form shows of a stored source; what a field cannot express stays in the JSON."""
    rest = {name: value for name, value in reference.csl.items() if name != "id"}
    values: dict[str, Any] = {"type": rest.pop("type", "")}
    values |= {field: rest.pop(variable, "") for field, variable in LINES.items()}
    for field, variable in NAMES.items():
        lines = names_to_lines(rest.get(variable, []))
        if names_from_lines(lines) == rest.get(variable, []):
            values[field] = lines
            rest.pop(variable, None)
    issued, accessed = (date_to_numbers(rest.get(name)) for name in ("issued", "accessed"))
    if issued:
        values |= dict(zip(NUMBERS, issued, strict=False))
        del rest["issued"]
    if len(accessed) == len(NUMBERS):
        values["accessed"] = datetime.date(*accessed)
        del rest["accessed"]
    custom = dict(_mapping(rest.pop("custom", {})))
    if custom.get("study-type") in StudyType.values:
        values["study_type"] = custom.pop("study-type")
    if isinstance(custom.get("finding"), str):
        values["finding"] = custom.pop("finding")
    if custom:
        rest["custom"] = custom
    return values | {
        "citekey": reference.citekey,
        "version": reference.version,
        "rest": json.dumps(rest, indent=2, ensure_ascii=False) if rest else "",
    }


def field_of(variable: str) -> str | None:
    """The form field for a CSL variable; none for what stands in no field of its own."""
    if variable in {"citekey", "type", "accessed"}:
        return variable
    fields = {name: field for field, name in {**LINES, **NAMES, "year": "issued"}.items()}
    return fields.get(variable)
