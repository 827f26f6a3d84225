"""What the working copies of all kinds share: reading and writing a Page's own fields."""

from typing import Any, TypeVar, overload

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from publishing.content import Credit as CreditContent
from publishing.content import CreditRole, PageContent
from publishing.errors import UnknownName
from publishing.models import Contributor, Credit, Image, Page

PageType = TypeVar("PageType", bound=Page)


def base_fields(page: Page) -> dict[str, Any]:
    """The fields of a document that every kind has, from a page."""
    credited = page.credits.select_related("contributor")
    return {
        "slug": page.slug,
        "title": page.title,
        "condition": page.condition.slug if page.condition else None,
        "contributors": tuple(
            CreditContent(contributor=credit.contributor.slug, role=CreditRole(credit.role))
            for credit in credited
        ),
    }


def write_base(
    model: type[PageType], content: PageContent, page: Page | None, owner: AbstractBaseUser
) -> PageType:
    """The child row of a page, old or new, with the fields every kind has; not saved yet."""
    child = model.objects.get(pk=page.pk) if page else model(kind=content.kind, owner=owner)
    child.slug = content.slug
    child.title = content.title
    child.condition = named_page("condition", content.condition, _("Condition"))
    return child


def write_credits(page: Page, content: PageContent) -> None:
    """The credited contributors of a saved page, in order."""
    slugs = [credit.contributor for credit in content.contributors]
    people = Contributor.objects.in_bulk(slugs, field_name="slug")
    for slug in slugs:
        if slug not in people:
            raise UnknownName(field=_("Contributors"), name=slug)
    page.credits.all().delete()
    Credit.objects.bulk_create(
        Credit(
            page=page,
            contributor=people[credit.contributor],
            role=credit.role,
            position=number,
        )
        for number, credit in enumerate(content.contributors, 1)
    )


@overload
def named_page(kind: str, slug: str, field: str) -> Page: ...
@overload
def named_page(kind: str, slug: str | None, field: str) -> Page | None: ...
def named_page(kind: str, slug: str | None, field: str) -> Page | None:
    """The page of this kind and address, or UnknownName naming the field."""
    if slug is None:
        return None
    page = Page.objects.filter(kind=kind, slug=slug).first()
    if page is None:
        raise UnknownName(field=field, name=slug)
    return page


def named_image(slug: str | None, field: str) -> Image | None:
    """The picture of this name, or UnknownName naming the field."""
    if slug is None:
        return None
    image = Image.objects.filter(slug=slug).first()
    if image is None:
        raise UnknownName(field=field, name=slug)
    return image
