"""The desk: accounts, and the jobs that run in the background."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import admin as _jobs_admin  # noqa: F401 - registers jobs
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status

# Django's and procrastinate's own, which are registered when they are imported.
admin.site.unregister([User, ProcrastinateJob])
JOB_NAMES = {
    "references.check_due": _("Ask Crossref and PubMed about all sources"),
    "references.check_chosen": _("Ask Crossref and PubMed about some sources"),
    "publishing.publish_due": _("Publish what is scheduled"),
    "publishing.remind": _("Remind owners of reviews"),
    "publishing.check_links": _("Check links to other sites"),
    "publishing.make_renditions": _("Make smaller copies of a picture"),
    "milia_site.run_again": _("Put jobs back whose worker is gone"),
    "milia_site.remove_old": _("Forget jobs that ended a month ago"),
}


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    """Accounts, but no way from a site's admin to a superuser."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = [str(name) for name in super().get_readonly_fields(request, obj)]
        if not getattr(request.user, "is_superuser", False):
            fields += ["is_superuser", "user_permissions"]
        return fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if (
            obj is not None
            and obj.is_superuser
            and not getattr(request.user, "is_superuser", False)
        ):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj) and super().has_delete_permission(
            request, obj
        )


@admin.register(ProcrastinateJob)
class JobAdmin(admin.ModelAdmin[ProcrastinateJob]):
    """What waits, runs, and went wrong; nobody but the programs writes it."""

    list_display = ("name", "status", "attempts", "scheduled_at")
    list_filter = ("status",)
    list_per_page = 50
    ordering = ("-id",)
    fields = ("name", "task_name", "args", "status", "attempts", "scheduled_at")
    readonly_fields = fields
    actions = ("run_again",)
    show_full_result_count = False

    @admin.display(description=_("Job"))
    def name(self, job: ProcrastinateJob) -> str:
        return str(JOB_NAMES.get(job.task_name, job.task_name))

    @admin.action(description=_("Run the selected failed jobs again"), permissions=["view"])
    def run_again(self, request: HttpRequest, jobs: QuerySet[ProcrastinateJob]) -> None:
        """Put jobs that failed back into the queue."""
        failed = list(jobs.filter(status=Status.FAILED.value))
        for job in failed:
            app.job_manager.retry_job_by_id(
                job.id, timezone.now(), job.priority, job.queue_name, job.lock
            )
        number = len(failed)
        message = ngettext("%(number)d job waits again.", "%(number)d jobs wait again.", number)
        self.message_user(request, message % {"number": number})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
