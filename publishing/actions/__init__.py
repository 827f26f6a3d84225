"""The workflow. Every write of the editorial life goes through one of these functions.

Each is atomic, takes keywords only, says who acts (`by`), writes the log, and raises a named
WorkflowError when the person or the state does not permit it.
"""

from publishing.actions.common import PUBLISH, SIGN_OFF, SUBMIT, contributor_of
from publishing.actions.drafts import record_author, record_edit, restore, save_draft
from publishing.actions.going_live import (
    publish,
    publish_due,
    schedule,
    unpublish,
    unschedule,
)
from publishing.actions.hearing import count_answer, report
from publishing.actions.reviewing import NewRemark, check_qualified, sign_off
from publishing.actions.sharing import (
    REMARK_CHARS_MAX,
    SHAREABLE,
    find_link,
    open_link,
    remark,
    revoke,
    share,
    token_of,
)
from publishing.actions.submitting import submit, withdraw
from publishing.actions.tasks import finish_tasks
from publishing.actions.waiving import open_findings, take_back_waiver, waive

__all__ = [
    "PUBLISH",
    "REMARK_CHARS_MAX",
    "SHAREABLE",
    "SIGN_OFF",
    "SUBMIT",
    "NewRemark",
    "check_qualified",
    "contributor_of",
    "count_answer",
    "find_link",
    "finish_tasks",
    "open_findings",
    "open_link",
    "publish",
    "publish_due",
    "record_author",
    "record_edit",
    "remark",
    "report",
    "restore",
    "revoke",
    "save_draft",
    "schedule",
    "share",
    "sign_off",
    "submit",
    "take_back_waiver",
    "token_of",
    "unpublish",
    "unschedule",
    "waive",
    "withdraw",
]
