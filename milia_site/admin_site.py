"""The admin site: the desk of editors, reviewers and moderators."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class MiliaAdminSite(AdminSite):
    """Django's admin under our name."""

    site_header = _("Editorial desk")
    site_title = _("Editorial desk")
    index_title = _("What would you like to work on?")
    # An unknown address such as /admin/x.css is a plain 404, so that no cache can be talked into
    # keeping a staff page under a static-looking name.
    final_catch_all_view = False
