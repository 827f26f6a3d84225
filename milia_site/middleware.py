"""Response headers, and staff middleware that public pages never run.

Sessions, log-in and messages exist under /admin/ only: a public page neither pays for them nor
can set a cookie.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from csp.constants import HEADER, SELF
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils.deprecation import MiddlewareMixin

STAFF_PATHS = ("/admin/",)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "publickey-credentials-get",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)
HSTS = f"max-age={2 * 365 * 24 * 60 * 60}; includeSubDomains"
# jQuery, select2 and the Markdown editor assign innerHTML, so Trusted Types cannot hold there;
# the page preview stands in a frame.
ADMIN_POLICY = {"require-trusted-types-for": None, "trusted-types": None, "frame-src": [SELF]}


def is_staff_path(request: HttpRequest) -> bool:
    """Whether the address belongs to the desk."""
    return request.path_info.startswith(STAFF_PATHS)


class _StaffOnly(MiddlewareMixin):
    """Runs the middleware it is mixed into for the desk only."""

    def __call__(self, request: HttpRequest) -> Any:
        if is_staff_path(request):
            return super().__call__(request)
        return self.get_response(request)


class AdminSessionMiddleware(_StaffOnly, SessionMiddleware):
    """Django's sessions, for the desk only."""


class AdminAuthenticationMiddleware(_StaffOnly, AuthenticationMiddleware):
    """Django's log-in, for the desk only."""


class AdminCsrfMiddleware(_StaffOnly, CsrfViewMiddleware):
    """Django's protection of forms, for the desk only: it answers a wrong cookie with a new one.

    No public view takes a form with a session behind it.
    """

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        if not is_staff_path(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


class AdminMessageMiddleware(_StaffOnly, MessageMiddleware):
    """Django's messages, for the desk only."""


class PublicGZipMiddleware(GZipMiddleware):
    """Django's compression, for public pages only: what is compressed holds no secret."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        if is_staff_path(request):
            return response
        return super().process_response(request, response)


class SecurityHeadersMiddleware:
    """The headers that Django's own middleware does not set, on every answer.

    The Content-Security-Policy is made by django-csp, whose middleware would make it anew for each
    answer; nearly all have the same one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        replaced = getattr(response, "_csp_replace", None)
        headers = response.headers
        headers[HEADER] = build_policy(replace=replaced) if replaced else public_policy()
        headers["Permissions-Policy"] = PERMISSIONS_POLICY
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        if settings.HTTPS:  # Django's own would wait for a request that came over TLS itself
            headers["Strict-Transport-Security"] = HSTS
        headers["Server"] = ""  # or granian puts its name there
        return response


@cache
def public_policy() -> str:
    """The Content-Security-Policy of every answer that does not replace a part of it."""
    return build_policy()


class AdminPolicyMiddleware:
    """Loosens the Content-Security-Policy of the desk, and keeps its pages out of every cache.

    A NUL in a query is refused here, before it reaches the database as a filter of a list.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_staff_path(request) and "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("There is a NUL in the query.")
        response = self.get_response(request)
        if is_staff_path(request):
            replaced = getattr(response, "_csp_replace", None) or {}
            response._csp_replace = {**ADMIN_POLICY, **replaced}  # type: ignore[attr-defined] # django-csp's way
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
