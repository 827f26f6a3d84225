"""Application settings of articles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        # Models are loaded by now; publishing learns here which kinds of page there are.
        from articles.checks import register_checks
        from articles.kinds import KINDS, glossary_terms
        from publishing import kinds

        for kind in KINDS:
            kinds.register(kind)
        kinds.register_terms(glossary_terms)
        register_checks()
