"""Loads a folder of content through the actions that editors use, all or nothing."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import StringConstraints, ValidationError, model_validator

from publishing import actions, kinds
from publishing.content import Document, Line, Markdown, Name, PageContent, Slug, Title
from publishing.errors import WorkflowError
from publishing.files import BadFile, read_document, read_yaml
from publishing.models import Contributor, Image, Page, Revision, SignOff
from publishing.tasks import ask_for_renditions
from publishing.uploads import RefusedImage, read_image
from publishing.vector_images import RefusedDrawing, read_svg
from references.actions import save_reference
from references.addresses import address
from references.errors import LibraryError
from references.models import Reference
from references.readers import Read, Unread, csl_json

REVIEW_INTERVAL = datetime.timedelta(days=365)
Item = TypeVar("Item", bound=Document)


class ContributorItem(Document):
    """One contributor of `contributors.yaml`."""

    slug: Slug
    name: Title
    credentials: Name = ""
    biography: Markdown = ""
    interests: Markdown = ""
    interests_declared_on: datetime.date | None = None
    demo: bool = False

    @model_validator(mode="after")
    def _interests_are_dated(self) -> "ContributorItem":
        if bool(self.interests) != (self.interests_declared_on is not None):
            raise ValueError(_("Give the conflict-of-interest statement and its date together."))
        return self


class ImageItem(Document):
    """One picture of `images.yaml`; `file` lies in the folder `images`."""

    slug: Slug
    file: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    alt: Annotated[Line, StringConstraints(max_length=300)] = ""
    decorative: bool = False
    credit: Name
    licence: Annotated[Name, StringConstraints(max_length=100)]
    long_description: Markdown = ""

    @model_validator(mode="after")
    def _alt_or_decorative(self) -> "ImageItem":
        if bool(self.alt) == self.decorative:
            raise ValueError(_("Give a text alternative, or say that the picture is decorative."))
        return self


@dataclass(frozen=True)
class Fault:
    """What is wrong with one file."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class LoadFailed(Exception):
    """Nothing was stored; says which files are at fault and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass
class Report:
    """How many things of each sort were new or changed, and how many were left as they were."""

    stored: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    waiting: int = 0

    def count(self, sort: str, *, changed: bool) -> None:
        if changed:
            self.stored[sort] = self.stored.get(sort, 0) + 1
        else:
            self.unchanged += 1


@dataclass(frozen=True)
class Source:
    """A folder of content, read and checked, but not stored yet."""

    references: list[Read]
    contributors: list[ContributorItem]
    images: list[ImageItem]
    pages: list[tuple[Path, PageContent]]
    folder: Path


def load_folder(folder: Path, *, author: User, reviewer: User) -> Report:
    """Store everything in a folder: references, contributors, pictures, then pages.

    Each page is written by `author`, signed by `reviewer` if that is a demo contributor, and
    published. What is live already, word for word, is left alone. Raises LoadFailed; then
    nothing of the run is stored.
    """
    source = read_folder(folder)
    report = Report()
    with transaction.atomic():
        for item in source.references:
            _at(folder / "references.json", _store_reference, item, author, report)
        for person in source.contributors:
            _at(folder / "contributors.yaml", _store_contributor, person, report)
        for image in source.images:
            _at(folder / "images.yaml", _store_image, image, folder, author, report)
        opening = {_address(content) for _path, content in source.pages}
        for path, content in source.pages:
            _at(path, _store_page, content, author, reviewer, report, opening)
    return report


def _at(path: Path, store: Callable[..., None], *values: object) -> None:
    """Store one thing; a fault names the file it came from."""
    try:
        store(*values)
    except (BadFile, WorkflowError, LibraryError, RefusedImage, RefusedDrawing) as error:
        raise LoadFailed([Fault(path, str(error))]) from None


def read_folder(folder: Path) -> Source:
    """Read and check every file of a folder; LoadFailed lists all faults at once."""
    faults: list[Fault] = []
    if not folder.is_dir():
        raise LoadFailed([Fault(folder, _("There is no such folder."))])
    references = _read(folder / "references.json", _read_references, faults) or []
    contributors = _read(
        folder / "contributors.yaml", lambda text: _read_items(text, ContributorItem), faults
    )
    images = _read(folder / "images.yaml", lambda text: _read_items(text, ImageItem), faults)
    pages = list(_read_pages(folder, faults))
    if faults:
        raise LoadFailed(faults)
    return Source(references, contributors or [], images or [], pages, folder)


Value = TypeVar("Value")


def _read(path: Path, reader: Callable[[str], Value], faults: list[Fault]) -> Value | None:
    if not path.exists():
        return None
    try:
        return reader(path.read_text(encoding="utf-8-sig"))
    except (BadFile, OSError) as error:
        faults.append(Fault(path, str(error)))
    except UnicodeDecodeError as error:
        reason = _("This is not UTF-8 text (byte %(place)s).") % {"place": error.start}
        faults.append(Fault(path, reason))
    return None


def _read_references(text: str) -> list[Read]:
    """The items of a file that somebody wrote for this site: whatever is left out is a fault."""
    records = list(csl_json.read(text))
    for record in records:
        faults = (record.reason,) if isinstance(record, Unread) else record.notes
        if isinstance(record, Read) and not record.key:
            faults = (*faults, _("This reference has no id."))
        if faults:
            raise BadFile(faults[0], line=record.line)
    return [record for record in records if isinstance(record, Read)]


def _read_items(text: str, model: type[Item]) -> list[Item]:
    rows = read_yaml(text)
    if not isinstance(rows, list):
        raise BadFile(_("This is not a list."), line=1)
    items = []
    for number, row in enumerate(rows, 1):
        try:
            items.append(model.model_validate(row))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in (number, *first["loc"]))
            raise BadFile(first["msg"], field=place) from None
    return items


def _read_pages(folder: Path, faults: list[Fault]) -> Iterator[tuple[Path, PageContent]]:
    """The pages in the order in which they can refer to each other."""
    seen: dict[tuple[str, str], Path] = {}
    for kind in kinds.registered():
        for path in sorted((folder / kind.folder).glob("*.md")):
            content = _read(path, read_document, faults)
            if content is None:
                continue
            if content.kind != kind.kind:
                reason = _("A page of kind “%(kind)s” does not belong in this folder.")
                faults.append(Fault(path, reason % {"kind": content.kind}))
                continue
            other = seen.setdefault((content.kind, content.slug), path)
            if other != path:
                reason = _("field “slug”: “%(slug)s” is the address of %(other)s already.")
                faults.append(Fault(path, reason % {"slug": content.slug, "other": other.name}))
                continue
            yield path, content


def _store_reference(record: Read, author: User, report: Report) -> None:
    stored = Reference.objects.filter(citekey=record.key).first()
    try:
        saved = save_reference(
            by=author,
            citekey=record.key,
            csl=record.item,
            version=stored.version if stored else None,
        )
    except LibraryError as error:
        raise BadFile(str(error), line=record.line) from None
    changed = stored is None or saved.version != stored.version
    report.count("references", changed=changed)


def _store_contributor(item: ContributorItem, report: Report) -> None:
    wanted = item.model_dump(exclude={"slug"})
    stored = Contributor.objects.filter(slug=item.slug).values(*wanted).first()
    if stored != wanted:
        Contributor.objects.update_or_create(slug=item.slug, defaults=wanted)
    report.count("contributors", changed=stored != wanted)


def _store_image(item: ImageItem, folder: Path, author: User, report: Report) -> None:
    path = folder / "images" / item.file
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(str(error), field=item.slug) from None
    words = item.model_dump(exclude={"slug", "file"})
    image = Image.objects.filter(slug=item.slug).first()
    picture = read_svg(data) if path.suffix == ".svg" else read_image(data)
    if image and _same_file(image, picture.data):
        changed = any(getattr(image, name) != value for name, value in words.items())
    else:
        changed = True
        image = image or Image(slug=item.slug, added_by=author)
        image.width, image.height = picture.width, picture.height
        image.file.save(picture.name, ContentFile(picture.data), save=False)
    for name, value in words.items():
        setattr(image, name, value)
    image.save()
    if changed and path.suffix != ".svg":
        ask_for_renditions(image)
    report.count("pictures", changed=changed)


def _same_file(image: Image, data: bytes) -> bool:
    try:
        with image.file.open("rb") as file:
            return bool(file.read() == data)
    except (OSError, ValueError):  # the file is gone, or was never there
        return False


def _address(content: PageContent) -> str:
    kind = kinds.get(content.kind)
    return address(kind.url_name, content.slug) if kind.has_slug else reverse(kind.url_name)


def _store_page(
    content: PageContent, author: User, reviewer: User, report: Report, opening: set[str]
) -> None:
    page = Page.objects.filter(kind=content.kind, slug=content.slug).first()
    newest = page.revisions.order_by("-number").first() if page else None
    ended = (Revision.State.LIVE, Revision.State.SUBMITTED)
    if newest and newest.sha256 == content.sha256() and newest.state in ended:
        report.count(content.kind, changed=False)
        return
    page = actions.save_draft(by=author, content=content, page=page)
    kind_of_change = Revision.ChangeKind.EVIDENCE if newest else Revision.ChangeKind.NEW
    note = _("Updated from files.") if newest else _("First published.")
    revision = actions.submit(
        by=author, page=page, change_kind=kind_of_change, change_note=note, opening=opening
    )
    report.count(content.kind, changed=True)
    if not actions.contributor_of(reviewer).demo:
        report.waiting += 1
        return
    actions.sign_off(
        by=reviewer,
        revision=revision,
        sha256=revision.sha256,
        decision=SignOff.Decision.APPROVE,
        statement=_("Demonstration sign-off. No clinician has reviewed this text."),
        expires_at=timezone.now() + REVIEW_INTERVAL,
    )
    actions.publish(by=author, revision=revision)
