"""The live preview of the form in which editors enter a source."""

from collections.abc import Iterator
from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from references.csl import Item
from references.entries import entry_html, status_of, with_check
from references.forms import ItemForm, PreviewForm
from references.models import Reference
from references.notices import merged, notices_of

MAX_CHARS = 500_000  # of a form: a source of 5,000 authors has about 100,000
CONTENT_TOO_LARGE = 413


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The entry that the fields of the form would give, or what is wrong with them, as HTML."""
    if not may_enter(cast(User, request.user)):
        return HttpResponse(_("Your account may not enter references."), status=403)
    if sum(map(len, request.POST.dict().values())) > MAX_CHARS:
        message = _("The form is too long to be shown while you type. You can still save it.")
        return HttpResponse(message, status=CONTENT_TOO_LARGE)
    form = PreviewForm(request.POST)
    if form.is_valid():
        return HttpResponse(draft_entry(form.item, form.cleaned_data["reference"]))
    return HttpResponse(faults(form))


def may_enter(user: User) -> bool:
    """Whether the account may add sources or change them."""
    return any(user.has_perm(f"references.{may}_reference") for may in ("add", "change"))


def draft_entry(item: Item, stored: Reference | None = None) -> SafeString:
    """The entry of an item as readers will see it once it is saved, with the source's notices."""
    rows = stored.found_notices.all() if stored else ()
    found = [row.as_notice() for row in rows]
    checked_at = stored.checked_at if stored else None
    notices = merged([*notices_of(item), *found])
    status = status_of(notices, checked=bool(checked_at))
    askable = bool(item.get("DOI") or item.get("PMID"))
    return with_check(entry_html(item, found, status), askable=askable, checked_at=checked_at)


def faults(form: ItemForm) -> SafeString:
    """What is wrong with the fields, in words."""
    return format_html(
        '<p>{}</p><ul class="desk-faults">{}</ul>',
        _("The entry appears here when this is mended:"),
        format_html_join("", "<li>{}</li>", ((fault,) for fault in _faults(form))),
    )


def _faults(form: ItemForm) -> Iterator[str]:
    for name, messages in form.errors.items():
        label = form[name].label if name in form.fields else ""
        for message in messages:
            yield f"{label}: {message}" if label else str(message)
