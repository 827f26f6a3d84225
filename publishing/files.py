"""Content documents as files: Markdown with YAML front matter.

The YAML is read without type guessing (`no` stays "no", `1.10` stays "1.10"); the content classes
turn strings into what a field wants. Anchors, aliases, tags and double keys are refused.
"""

import re
from typing import Any

import yaml
from django.utils.translation import gettext as _
from pydantic import ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from publishing import kinds
from publishing.content import PageContent, UnknownSchema
from references.text import clean_text

MAX_FILE = 1_000_000  # characters
FENCE = "---\n"
_SPLIT = re.compile(
    r"\A---[ \t]*\n(?P<front>.*?)^---[ \t]*(?:\n|\Z)(?P<body>.*)\Z", re.DOTALL | re.MULTILINE
)


class BadFile(ValueError):
    """A content file that cannot be read: where (line or field) and why."""

    def __init__(self, reason: str, *, line: int = 0, field: str = "") -> None:
        where = ""
        if line:
            where = _("line %(line)s: ") % {"line": line}
        elif field:
            where = _("field “%(field)s”: ") % {"field": field}
        super().__init__(f"{where}{reason}")


class _Loader(yaml.SafeLoader):
    """PyYAML with nothing but strings, lists and mappings."""

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call] # untyped in the stubs
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1
            raise BadFile(_("Anchors and aliases (& and *) are not used here."), line=line)
        return super().compose_node(parent, index)


def read_yaml(text: str, *, first_line: int = 1) -> Any:
    """A YAML text as strings, lists and mappings; BadFile names the line of a fault."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except BadFile:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        raise BadFile(_("This is not YAML: %(why)s.") % {"why": error.problem}, line=line) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise BadFile(_("This is not YAML: %(why)s.") % {"why": error}) from None
    return None if node is None else _plain(node, first_line)


def _plain(node: Node, first_line: int) -> Any:
    if isinstance(node, SequenceNode):
        return [_plain(item, first_line) for item in node.value]
    if isinstance(node, MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + first_line
            if not isinstance(key, ScalarNode):
                raise BadFile(_("A field’s name is a single word."), line=line)
            if key.value in found:
                raise BadFile(_("“%(field)s” is given twice.") % {"field": key.value}, line=line)
            found[key.value] = _plain(value, first_line)
        return found
    # An empty plain scalar (`condition:`) is no value; an empty quoted one is an empty text.
    quoted = isinstance(node, ScalarNode) and node.style is not None
    return None if node.value == "" and not quoted else node.value


def read_document(text: str) -> PageContent:
    """The content document of a Markdown file with front matter.

    Raises BadFile with the line or the field, and the reason.
    """
    if len(text) > MAX_FILE:
        raise BadFile(_("The file is over %(max)s characters.") % {"max": MAX_FILE})
    cleaned = clean_text(text.removeprefix("\ufeff"))
    parts = _SPLIT.match(cleaned)
    if parts is None:
        raise BadFile(
            _("The file does not begin with front matter between two lines “---”."), line=1
        )
    data = read_yaml(parts["front"], first_line=2)
    if not isinstance(data, dict):
        raise BadFile(_("The front matter is not a list of fields and values."), line=2)
    if "kind" not in data:
        raise BadFile(_("This is missing. It says what kind of page this is."), field="kind")
    try:
        content = kinds.get(str(data["kind"])).content
    except kinds.UnknownKind as error:
        raise BadFile(str(error), field="kind") from None
    if content.body_field in data:
        raise BadFile(
            _("Write this text below the front matter, not in it."), field=content.body_field
        )
    return validated(content, {**data, content.body_field: parts["body"].strip("\n")})


def validated(content: type[PageContent], data: dict[str, Any]) -> PageContent:
    """A document from raw data; BadFile names the first field at fault."""
    given = {key: value for key, value in data.items() if value is not None}
    try:
        return content.from_data(given)
    except UnknownSchema as error:
        raise BadFile(str(error), field="schema") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadFile(first["msg"], field=field) from None


def write_document(content: PageContent) -> str:
    """A document as a Markdown file; fields left at their default are left out."""
    data = content.model_dump(mode="json", exclude_defaults=True)
    body = data.pop(content.body_field, "")
    front = {"kind": content.kind, "schema": str(content.current_schema), **data}
    text = yaml.dump(
        _strings(front),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
    return f"{FENCE}{text}{FENCE}{body and chr(10) + body + chr(10)}"


class _Dumper(yaml.SafeDumper):
    """Writes long texts as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent(dumper: _Dumper, value: str) -> ScalarNode:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", value, style="|" if "\n" in value else None
    )


_Dumper.add_representer(str, _represent)


def _strings(value: Any) -> Any:
    """The same data with every number and truth value as the string the reader takes."""
    if isinstance(value, dict):
        return {key: _strings(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_strings(item) for item in value]
    return value if isinstance(value, str) else str(value).lower()
