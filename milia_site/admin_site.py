"""The admin site: the desk of editors, reviewers and moderators."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from comments.desk import bans, care, privacy, queue, reporting
from milia_site import dashboard
from publishing import markdown_views
from publishing.desk import drafts, review, revisions, sharing
from publishing.desk.base import person
from publishing.editor import pickers

# What the text editor asks for, and the pages around a page and around a revision.
EDITOR = (
    ("markdown/preview/", markdown_views.preview, "markdown_preview"),
    ("markdown/upload/", markdown_views.upload, "markdown_upload"),
    ("markdown/references/", pickers.references, "markdown_references"),
    ("markdown/references/add/", pickers.add_reference, "markdown_add_reference"),
    ("markdown/images/", pickers.images, "markdown_images"),
    ("markdown/terms/", pickers.terms, "markdown_terms"),
    ("markdown/pages/", pickers.pages, "markdown_pages"),
)
PAGES = (
    ("pages/<int:page_id>/check/", drafts.draft_check, "page_check"),
    ("pages/<int:page_id>/preview/", drafts.draft_preview, "page_preview"),
    ("pages/<int:page_id>/submit/", drafts.submit, "page_submit"),
    ("pages/<int:page_id>/unpublish/", drafts.unpublish, "page_unpublish"),
    (
        "pages/<int:page_id>/waive/<slug:code>/<slug:fingerprint>/",
        drafts.waive,
        "page_waive",
    ),
    (
        "pages/<int:page_id>/waivers/<int:waiver_id>/take-back/",
        drafts.take_back_waiver,
        "page_take_back_waiver",
    ),
)
REVISIONS = (
    ("revisions/<int:revision_id>/text/", revisions.revision_preview, "revision_text"),
    ("revisions/<int:revision_id>/sign-off/", review.sign_off, "revision_sign_off"),
    ("revisions/<int:revision_id>/publish/", revisions.publish, "revision_publish"),
    (
        "revisions/<int:revision_id>/unschedule/",
        revisions.unschedule,
        "revision_unschedule",
    ),
    ("revisions/<int:revision_id>/withdraw/", revisions.withdraw, "revision_withdraw"),
    ("revisions/<int:revision_id>/restore/", revisions.restore, "revision_restore"),
    ("revisions/<int:revision_id>/share/", sharing.share, "revision_share"),
    (
        "revisions/<int:revision_id>/share/<int:link_id>/revoke/",
        sharing.revoke,
        "revision_revoke",
    ),
)
COMMENTS = (
    ("comments/queue/", queue.queue, "comment_queue"),
    ("comments/queue/decide/", queue.decide, "comment_decide"),
    ("comments/queue/undo/", queue.undo, "comment_undo"),
    ("comments/shown/", reporting.shown_comments, "comment_shown"),
    ("comments/privacy/", privacy.privacy, "comment_privacy"),
    ("comments/bans/", bans.bans, "comment_bans"),
    ("comments/bans/<int:number>/lift/", bans.lift, "comment_lift"),
    ("comments/<int:number>/", care.care, "comment_care"),
    ("comments/<int:number>/report/", reporting.report, "comment_report"),
)


class MiliaAdminSite(AdminSite):
    """Django's admin under our name, with the pages of the workflow."""

    site_header = _("Editorial desk")
    site_title = _("Editorial desk")
    index_title = _("What would you like to work on?")
    # An unknown address such as /admin/x.css is a plain 404, so that no cache can be talked into
    # keeping a staff page under a static-looking name.
    final_catch_all_view = False
    index_template = "admin/dashboard.html"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Django's list of models, below what waits and how the site stands."""
        panels = dashboard.panels(person(request), self)
        return super().index(request, {**(extra_context or {}), "panels": panels})

    def get_log_entries(self, request: HttpRequest) -> QuerySet[LogEntry]:
        """Nothing: the desk has logs of its own, and no page of it shows this one."""
        return LogEntry.objects.none()

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Our own pages first; each of them asks for a staff log-in and for its permission."""
        views = (*EDITOR, *PAGES, *REVISIONS, *COMMENTS)
        own = [path(route, self.admin_view(view), name=name) for route, view, name in views]
        return [*own, *super().get_urls()]
