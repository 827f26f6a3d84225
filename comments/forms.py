"""The forms of readers: a comment, its correction, a flag."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comments.models import MAX_CHARS, MAX_NAME, Flag
from references.text import clean_text

LINES = {"name", "email", "url", "ticket", "writer"}


def cleaned(posted: QueryDict) -> dict[str, str]:
    """What was posted, without what is no text; of a field sent twice the last."""
    return {
        name: clean_text(text, single_line=name in LINES, name=True).strip()
        for name, text in posted.dict().items()
        if isinstance(text, str)
    }


class Trapped(forms.Form):
    """A form with a field that no person sees, and most programs fill in."""

    url = forms.CharField(required=False)


class CommentForm(Trapped):
    """A comment as a reader writes it."""

    name = forms.CharField(
        label=_("Name or pseudonym"),
        max_length=MAX_NAME,
        help_text=_("Readers see it. It need not be your real name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label=_("Comment"),
        max_length=MAX_CHARS,
        help_text=_("Plain text. Leave an empty line between paragraphs."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    # One that is no writer's is nobody's.
    writer = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.required = settings.COMMENTS_EMAIL_REQUIRED
        email.help_text = (
            _("Never published, and used for nothing but questions about your comment.")
            if email.required
            else _("You may leave it out. Never published.")
        )


class CorrectionForm(Trapped):
    """A new text for a comment that was sent."""

    text = forms.CharField(
        label=_("Comment"), max_length=MAX_CHARS, widget=forms.Textarea(attrs={"rows": 6})
    )


class FlagForm(Trapped):
    """What is wrong with a comment."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=Flag.Reason.choices, widget=forms.RadioSelect
    )
