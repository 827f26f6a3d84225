"""Pages, their revisions, the people who stand behind them, pictures, tasks and what happened."""

from publishing.models.answer import AnswerCount
from publishing.models.event import Event
from publishing.models.image import Image
from publishing.models.link import Link, Reminder
from publishing.models.page import Credit, DraftAuthor, Page, page_link
from publishing.models.people import Contribution, Contributor, SignOff
from publishing.models.remark import LINK_DAYS_MAX, PreviewLink, Remark
from publishing.models.revision import (
    OPEN_STATES,
    UPDATES,
    Citation,
    ImageUse,
    Inclusion,
    Revision,
)
from publishing.models.search import SearchEntry, SearchMiss, SearchWord
from publishing.models.slugs import SLUG_PATTERN, SLUG_VALIDATOR
from publishing.models.task import Task
from publishing.models.waiver import Waiver

__all__ = [
    "LINK_DAYS_MAX",
    "OPEN_STATES",
    "SLUG_PATTERN",
    "SLUG_VALIDATOR",
    "UPDATES",
    "AnswerCount",
    "Citation",
    "Contribution",
    "Contributor",
    "Credit",
    "DraftAuthor",
    "Event",
    "Image",
    "ImageUse",
    "Inclusion",
    "Link",
    "Page",
    "PreviewLink",
    "Remark",
    "Reminder",
    "Revision",
    "SearchEntry",
    "SearchMiss",
    "SearchWord",
    "SignOff",
    "Task",
    "Waiver",
    "page_link",
]
