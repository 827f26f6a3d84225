"""Words that need others beside them: colours of skin, and terms of the glossary."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from publishing.checks.language import english
from publishing.checks.model import Draft, Finding, Level
from publishing.markdown.glossary import Finder

_COLOUR = re.compile(
    r"\b(?:red|redness|reddish|reddened|pink|pinkish|erythema\w*)\b", re.IGNORECASE
)
_DARKER = re.compile(
    r"\b(?:dark(?:er)?|brown|black) skin|\bskin (?:of colou?r|tones?|types? (?:[iv]+|[1-6]))\b"
    r"|\bFitzpatrick\b",
    re.IGNORECASE,
)


def colours_of_light_skin(draft: Draft) -> Iterator[Finding]:
    """Colours that are seen on light skin, on a page that says nothing of darker skin."""
    if not english() or any(_DARKER.search(sentence.text) for sentence in draft.said):
        return
    first = next((said for said in draft.said if _COLOUR.search(said.text)), None)
    if first:
        message = _(
            "“%(colour)s” is how it looks on light skin. Add a sentence on darker skin, where it "
            "may look different."
        )
        colour = _COLOUR.search(first.text)
        yield Finding(
            code="colour-of-light-skin",
            level=Level.WARN,
            message=message % {"colour": colour[0] if colour else ""},
            place=first.place,
            line=first.line,
            quote=first.text,
        )


def unexplained_terms(draft: Draft) -> Iterator[Finding]:
    """Terms of the glossary in the summary, which stands before anything is explained."""
    content = draft.content
    terms = {
        term.slug: term for term in draft.surroundings.terms if term.slug not in content.defines
    }
    if not terms:
        return
    finder = Finder(terms)
    # What the page is about needs no explaining.
    about = f"{content.title} {content.condition}".casefold()
    for match in finder.pattern.finditer(content.summary):
        if match[0].casefold() not in about:
            message = _(
                "“%(term)s” stands here before it is explained. Use an everyday word, or add it in "
                "brackets."
            )
            yield Finding(
                code="unexplained-term",
                level=Level.WARN,
                message=message % {"term": match[0]},
                place="summary",
                quote=match[0],
            )
