"""Application settings of comments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        # Models are loaded by now; publishing learns here what stands below its pages, and what is
        # rendered anew with them.
        from comments.actions.common import renew_html
        from comments.page_end import comments_end
        from comments.privacy_page import privacy_end
        from publishing import page_ends, renewals

        page_ends.register(comments_end)
        page_ends.register(privacy_end)
        renewals.register(renew_html)
