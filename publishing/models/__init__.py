"""Pages, their revisions, the people who stand behind them, pictures and tasks."""

from publishing.models.image import Image
from publishing.models.page import Credit, DraftAuthor, Page, page_link
from publishing.models.people import Contribution, Contributor, SignOff
from publishing.models.revision import Citation, Inclusion, Revision
from publishing.models.slugs import SLUG_PATTERN, SLUG_VALIDATOR
from publishing.models.task import Task

__all__ = [
    "SLUG_PATTERN",
    "SLUG_VALIDATOR",
    "Citation",
    "Contribution",
    "Contributor",
    "Credit",
    "DraftAuthor",
    "Image",
    "Inclusion",
    "Page",
    "Revision",
    "SignOff",
    "Task",
    "page_link",
]
