"""Application settings of questions and answers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FaqConfig(AppConfig):
    name = "faq"
    verbose_name = _("Questions and answers")

    def ready(self) -> None:
        # Models are loaded by now; publishing learns here which kinds of page there are.
        from faq.kinds import QUESTION
        from publishing import kinds

        kinds.register(QUESTION)
