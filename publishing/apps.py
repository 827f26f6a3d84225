"""Application settings of publishing."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from psycopg.types.json import set_json_loads
from pydantic_core import from_json


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        # Models are loaded by now.
        from publishing.search.index import renew_source
        from publishing.source_filters import BY_CONDITION
        from publishing.source_tasks import add_tasks
        from references.models import Reference
        from references.search import FILTERS
        from references.signals import notice_found

        FILTERS["condition"] = BY_CONDITION
        post_save.connect(renew_source, sender=Reference, dispatch_uid="publishing.search")
        notice_found.connect(add_tasks, dispatch_uid="publishing.source_tasks")
        # Pages are read as JSON; this parser needs a third of the time of Python's own.
        set_json_loads(from_json)
