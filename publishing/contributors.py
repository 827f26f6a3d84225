"""Who has a public page."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from publishing.models import Contribution, Contributor, Revision, SignOff


def with_pages() -> QuerySet[Contributor]:
    """Everybody who is credited on something live, or has approved of it."""
    credited = Q(credit_position__gte=1)
    approved = Q(sign_off__decision=SignOff.Decision.APPROVE)
    did = Contribution.objects.filter(
        credited | approved, contributor=OuterRef("pk"), revision__state=Revision.State.LIVE
    )
    return Contributor.objects.filter(Exists(did))
