"""Application settings of the composing app and of the admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class MiliaSiteConfig(AppConfig):
    name = "milia_site"
    verbose_name = _("Site")


class MiliaAdminConfig(AdminConfig):
    default_site = "milia_site.admin_site.MiliaAdminSite"
