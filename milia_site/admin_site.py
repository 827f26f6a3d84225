"""The admin site: the desk of editors, reviewers and moderators."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from publishing import desk, markdown_views


class MiliaAdminSite(AdminSite):
    """Django's admin under our name, with the pages of the workflow."""

    site_header = _("Editorial desk")
    site_title = _("Editorial desk")
    index_title = _("What would you like to work on?")
    # An unknown address such as /admin/x.css is a plain 404, so that no cache can be talked into
    # keeping a staff page under a static-looking name.
    final_catch_all_view = False

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Our own pages first; each of them asks for a staff log-in and for its permission."""
        views = (
            ("markdown/preview/", markdown_views.preview, "markdown_preview"),
            ("markdown/upload/", markdown_views.upload, "markdown_upload"),
            ("pages/<int:page_id>/check/", desk.draft_check, "page_check"),
            ("pages/<int:page_id>/preview/", desk.draft_preview, "page_preview"),
            ("pages/<int:page_id>/submit/", desk.submit, "page_submit"),
            ("pages/<int:page_id>/unpublish/", desk.unpublish, "page_unpublish"),
            ("revisions/<int:revision_id>/text/", desk.revision_preview, "revision_text"),
            ("revisions/<int:revision_id>/sign-off/", desk.sign_off, "revision_sign_off"),
            ("revisions/<int:revision_id>/publish/", desk.publish, "revision_publish"),
            ("revisions/<int:revision_id>/restore/", desk.restore, "revision_restore"),
        )
        own = [path(route, self.admin_view(view), name=name) for route, view, name in views]
        return [*own, *super().get_urls()]
