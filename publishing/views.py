"""Public pages about people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publishing.models import Contributor, Revision, SignOff

PAGES_MAX = 100


@require_safe
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    """A contributor who is credited on, or reviewed, a live page."""
    person = Contributor.objects.filter(slug=slug).first()
    if person is None:
        raise Http404
    live = Revision.objects.live().order_by("title", "id").for_list()
    written = live.filter(contributions__contributor=person, contributions__credit_position__gte=1)[
        :PAGES_MAX
    ]
    reviewed = live.filter(
        contributions__contributor=person,
        contributions__sign_off__decision=SignOff.Decision.APPROVE,
    )[:PAGES_MAX]
    if not written and not reviewed:
        raise Http404
    context = {"person": person, "written": written, "reviewed": reviewed}
    return render(request, "publishing/contributor.html", context)
