"""What the law asks for, at the desk: everything of one e-mail address, kept or erased."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from comments import actions
from publishing.desk.base import person, require, sent

ERASE = "comments.delete_comment"


class AddressForm(forms.Form):
    """Whose comments they are, and that erasing is meant."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    sure = forms.BooleanField(
        label=gettext_lazy("Erase for ever; nothing brings it back"), required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """Give everything of an e-mail address as a file, or erase it. The address is kept nowhere."""
    require(request, ERASE)
    form = AddressForm(sent(request))
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if "export" in request.POST:
            return _file(actions.export_address(email, by=person(request)))
        if form.cleaned_data["sure"]:
            return _erased(request, actions.erase_address(email, by=person(request)))
        form.add_error("sure", _("Tick this to erase."))
    context = {
        **admin.site.each_context(request),
        "title": _("Everything of one e-mail address"),
        "form": form,
    }
    return render(request, "admin/comments/privacy.html", context)


def _file(found: dict[str, object]) -> HttpResponse:
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="comments.json"'
    return response


def _erased(request: HttpRequest, number: int) -> HttpResponse:
    text = ngettext("%(number)d comment is erased.", "%(number)d comments are erased.", number)
    messages.success(request, text % {"number": number})
    return HttpResponseRedirect(reverse("admin:comment_privacy"))
