"""What machines are told of the glossary: a set of terms, each with its definition."""

from collections.abc import Mapping
from typing import Any

from articles.content import GlossaryContent
from publishing.machines.graph import SUBJECT
from publishing.markdown import Fragment
from publishing.prose import text_of
from publishing.reading import PARTS_APART


def glossary_parts(content: GlossaryContent, fragments: Mapping[str, Fragment]) -> dict[str, Any]:
    """The terms in the order of the document. https://schema.org/DefinedTermSet"""
    terms = [
        {
            "@type": "DefinedTerm",
            "name": term.term,
            "description": text_of(fragments.get(f"terms.{number}")),
            **({"alternateName": list(term.also)} if term.also else {}),
        }
        for number, term in enumerate(content.terms)
    ]
    subject: dict[str, Any] = {"@type": "DefinedTermSet", "name": content.title}
    return {PARTS_APART: {SUBJECT: subject | ({"hasDefinedTerm": terms} if terms else {})}}
