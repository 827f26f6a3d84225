"""From a content document to the HTML of its blocks, once, when the revision is made."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage

from publishing import kinds
from publishing.checks import claims
from publishing.cited_keys import cited_keys, places_of_keys
from publishing.content import PageContent
from publishing.images_named import images_named
from publishing.markdown import (
    RENDERER_VERSION,
    Environment,
    Fragment,
    ImageInfo,
    Rendition,
    render,
)
from publishing.models import Citation, Image, ImageUse, Revision
from publishing.sentences import sentences_by_source
from references.aliases import citekeys_of
from references.models import Reference

_PICTURE = re.compile(r'<img[^>]* src="([^"]+)"[^>]* width="(\d+)" height="(\d+)"')


def render_content(
    content: PageContent, *, heading_ids: Mapping[str, str] | None = None
) -> dict[str, Fragment]:
    """The fragments of a document by block name, in reading order."""
    blocks = content.markdown_blocks()
    environment = Environment(
        images=image_infos(images_named(content)),
        terms={term.slug: term for term in kinds.terms()},
        heading_ids=heading_ids or {},
        citekeys=citekeys_of(places_of_keys(content)),
    )
    explained = set(content.defines)
    return {
        block.name: render(
            block.text,
            environment,
            inline=block.inline,
            explained=explained,
            prefix=block.prefix,
            leads=block.leads,
        )
        for block in blocks
        if block.text
    }


def image_infos(slugs: set[str]) -> dict[str, ImageInfo]:
    """What the renderer needs to know of these pictures, by name."""
    return {
        image.slug: ImageInfo(
            slug=image.slug,
            url=image.file.url,
            width=image.width,
            height=image.height,
            alt=image.alt,
            credit=image.credit,
            licence=image.licence,
            long_description=image.long_description,
            renditions=tuple(
                Rendition(each["format"], each["width"], default_storage.url(each["name"]))
                for each in image.renditions
            ),
        )
        for image in Image.objects.filter(slug__in=slugs)
    }


def fragments_json(fragments: Mapping[str, Fragment]) -> dict[str, Any]:
    """The fragments as a revision keeps them."""
    return {name: fragment.to_json() for name, fragment in fragments.items()}


def parts_json(content: PageContent, fragments: Mapping[str, Fragment]) -> dict[str, Any]:
    """What the public pages join of a document when they are read, its words, and its claims."""
    words = sum(fragment.words for fragment in fragments.values())
    return {
        "words": words,
        "claims": claims.count(content, fragments),
        "picture": _lead_picture(content, fragments),
        **kinds.get(content.kind).parts(content, fragments),
    }


def _lead_picture(
    content: PageContent, fragments: Mapping[str, Fragment]
) -> dict[str, str | int] | None:
    """Address and size of the picture that a page leads with."""
    blocks = [block.name for block in content.markdown_blocks() if block.leads]
    html = "".join([fragments[name].html for name in blocks if name in fragments])
    found = _PICTURE.search(html)
    if found is None:
        return None
    url, width, height = found.groups()
    return {"url": url, "width": int(width), "height": int(height)}


def heading_ids_of(revision: Revision | None) -> dict[str, str]:
    """The ids of a revision's headings by their words, so that links keep working."""
    if revision is None:
        return {}
    fragments = (Fragment.from_json(data) for data in revision.rendered.values())
    return {heading.text: heading.id for item in fragments for heading in item.headings}


def rerender(revision: Revision) -> None:
    """Make a revision's HTML anew with the present renderer, keeping its heading ids."""
    content = kinds.get(revision.kind).content.from_data(revision.content)
    fragments = render_content(content, heading_ids=heading_ids_of(revision))
    revision.rendered = fragments_json(fragments)
    revision.parts = parts_json(content, fragments)
    revision.renderer_version = RENDERER_VERSION
    revision.save(update_fields=["rendered", "parts", "renderer_version"])
    write_uses(revision, content, fragments)


def write_uses(revision: Revision, content: PageContent, fragments: Mapping[str, Fragment]) -> None:
    """Note which references and pictures the revision leans on and shows."""
    write_citations(revision, content, fragments)
    ImageUse.objects.bulk_create(
        [
            ImageUse(revision=revision, image=image)
            for image in Image.objects.filter(slug__in=images_named(content)).order_by("pk")
        ],
        ignore_conflicts=True,
    )


def write_citations(
    revision: Revision, content: PageContent, fragments: Mapping[str, Fragment]
) -> None:
    """Note which references the revision leans on, and with which sentences."""
    sentences = sentences_by_source(content, fragments)
    references = Reference.objects.filter(citekey__in=cited_keys(content)).order_by("citekey")
    Citation.objects.bulk_create(
        [
            Citation(
                revision=revision,
                reference=reference,
                sentences=[each.to_json() for each in sentences.get(reference.citekey, ())],
            )
            for reference in references
        ],
        update_conflicts=True,
        unique_fields=["revision", "reference"],
        update_fields=["sentences"],
    )
