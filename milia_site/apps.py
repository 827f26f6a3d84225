"""Application settings of the composing app and of the admin."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.apps import ProcrastinateConfig


class MiliaSiteConfig(AppConfig):
    name = "milia_site"
    verbose_name = _("Site")

    def ready(self) -> None:
        # Models can only be imported once all apps are loaded. The signal is that of auth, since
        # an app without models of its own gets none.
        from milia_site.roles import make_groups

        post_migrate.connect(make_groups, sender=apps.get_app_config("auth"))


class MiliaAdminConfig(AdminConfig):
    default_site = "milia_site.admin_site.MiliaAdminSite"


class JobsConfig(ProcrastinateConfig):
    verbose_name = _("Background jobs")
