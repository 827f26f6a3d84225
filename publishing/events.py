"""The log of what people did, as the desk shows it."""

from django.db.models import QuerySet

from publishing.models import Event


def events_for_list() -> QuerySet[Event]:
    """The columns that a list of events shows, newest first; without the texts of revisions."""
    return (
        Event.objects.select_related("page", "revision", "account")
        .only(
            "action",
            "detail",
            "happened_at",
            "page__kind",
            "page__title",
            "revision__number",
            "revision__title",
            "account__username",
            "account__first_name",
            "account__last_name",
        )
        # Events are added in the order of time, and their ids have an index.
        .order_by("-id")
    )
