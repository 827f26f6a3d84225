"""The bare Django view to compare with: it answers the bytes of the file BENCH_BODY."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_settings")
BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


def bare(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes one
    """The same bytes for every request."""
    return HttpResponse(BODY)


urlpatterns = [path("", bare, name="bare")]
application = get_wsgi_application()
