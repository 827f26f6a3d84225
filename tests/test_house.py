"""Guards the rules of the house that linters do not know. docs/architecture.md explains them.

Each guard first asserts that it looked at something: one that looks at nothing passes for ever.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise

from milia_site.urls import urlpatterns
from tests import house

SOURCE_LINES_MAX = 400
TEST_LINES_MAX = 600
FUNCTION_LINES_MAX = 40
# Django looks for these by name.
ASKED_BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}
TRUSTED_HTML = re.compile(r"""\bmark_safe\(|\bSafeString\((?!""\))|__html__|\|\s*safe(seq)?\b""")
# The renderer, and what joins HTML that templates or the renderer have made.
MAY_TRUST_HTML = (
    "publishing/markdown/",
    "publishing/assembly.py",
    "publishing/dates.py",
    "publishing/frames.py",
    "publishing/machines/head.py",
    "publishing/page_blocks.py",
    "publishing/page_ends.py",
    "publishing/reading.py",
    "comments/reading.py",
    "articles/pages.py",
    "references/formatting/__init__.py",
    "references/json_ld.py",
    "references/models.py",
)
AUTOESCAPE_OFF = re.compile(r"autoescape\s+off")
# Traces of the place where the project was made, which mean nothing to whoever reads it later.
NO_BUSINESS_HERE = re.compile(
    r"(?<![\w.])/work/|/tmp/w\b|\.\./shared|\bsub-?agents?\b|\bissue \d"
    r"|\b(another|a later|later|this|next) (issue|session)\b|\bin this (chat|conversation)\b",
    re.IGNORECASE,
)
REQUIREMENT = re.compile(r"^[A-Za-z0-9._-]+")
PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*])?==(\S+)", re.MULTILINE)
CODE = re.compile(r"`[^`]*`")
# Views without a template of their own.
ANSWER_FILES = {
    *("media", "opensearch", "reference_file", "article_references", "shared_page"),
    *("answer", "favicon", "robots", "sitemap", "atom", "json_feed", "document", "card"),
    *("send", "comment", "reply"),
}
LOCAL_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
LETTER = re.compile(r"[^\W\d_]{2,}")
ENTITY = re.compile(r"&\w+;")


def test_every_template_is_used() -> None:
    templates = house.templates()
    named = {other for name in templates for _tag, other in house.named_in_templates(name)}
    named |= {text for path in house.sources() for text in house.strings(path)}
    unused = [
        name
        for name in templates
        if name not in named | ASKED_BY_DJANGO and not _replaces_one_of_an_app(name)
    ]
    assert len(templates) > 10
    assert unused == []


def _replaces_one_of_an_app(name: str) -> bool:
    """Whether an installed package asks for a template of this name, as the admin does."""
    folders = [Path(config.path, "templates") for config in apps.get_app_configs()]
    return any((folder / name).exists() for folder in folders)


def test_every_template_that_is_named_is_there() -> None:
    templates = house.templates()
    named = [(name, other) for name in templates for _tag, other in house.named_in_templates(name)]
    assert len(named) > 10
    assert [
        (name, other)
        for name, other in named
        if other not in templates and not _replaces_one_of_an_app(other)
    ] == []


def test_no_view_renders_a_partial() -> None:
    calls = [call for path in house.sources() for call in _calls_with_template(path)]
    partials = [
        (where, name)
        for where, function, name in calls
        if Path(name).name.startswith("_") and function == "render"
    ]
    assert len(calls) > 5
    assert partials == []


def _calls_with_template(path: Path) -> Iterator[tuple[str, str, str]]:
    """Where a Python call names a template: the place, the function and the template."""
    for node in ast.walk(house.tree(path)):
        if isinstance(node, ast.Call):
            function = getattr(node.func, "attr", getattr(node.func, "id", ""))
            for value in (*node.args, *(keyword.value for keyword in node.keywords)):
                if isinstance(value, ast.Constant) and str(value.value).endswith(".html"):
                    yield f"{house.name_of(path)}:{node.lineno}", function, str(value.value)


def test_html_is_trusted_only_where_it_was_made_safe() -> None:
    looked_at = [*house.sources(), *(house.ROOT / "templates" / name for name in house.templates())]
    found = {
        house.name_of(path)
        for path in looked_at
        if TRUSTED_HTML.search(text := path.read_text()) or AUTOESCAPE_OFF.search(text)
    }
    allowed = {name for name in found if name.startswith(MAY_TRUST_HTML)}
    assert allowed, "the renderer or the assembly marks its HTML as safe"
    assert found - allowed == set()


def test_no_file_is_too_long() -> None:
    lengths = {house.name_of(path): len(path.read_text().splitlines()) for path in house.python()}
    limits = {
        name: TEST_LINES_MAX if name.startswith("tests/") else SOURCE_LINES_MAX for name in lengths
    }
    assert len(lengths) > 50
    assert {name: length for name, length in lengths.items() if length > limits[name]} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{house.name_of(path)}:{node.lineno} {node.name}": _lines(node)
        for path in house.python()
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert len(lengths) > 300
    too_long = {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES_MAX}
    assert too_long == {}


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function, from its `def` to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_templates_carry_no_inline_style_script_or_handler() -> None:
    elements = [(name, *item) for name in house.templates() for item in house.markup(name).elements]
    inline = [
        (name, tag, attribute)
        for name, tag, attributes in elements
        for attribute in attributes
        if attribute == "style" or attribute.startswith("on")
    ]
    bodies = [
        (name, tag, text)
        for name in house.templates()
        for tag, text in house.markup(name).bodies
        if tag in {"script", "style"}
    ]
    assert len(elements) > 200
    assert inline == []
    assert bodies == []


def test_every_page_has_one_h1() -> None:
    pages = [
        name
        for name in house.templates()
        if not Path(name).name.startswith("_") and not name.startswith("admin/")
    ]
    counts = {name: _h1_in_chain(name) for name in pages if name not in {"base.html", "error.html"}}
    assert len(counts) > 10
    assert {name: count for name, count in counts.items() if count != 1} == {}


def _h1_in_chain(name: str) -> int:
    """The h1 of a template, of what it extends and of what it includes."""
    own = sum(tag == "h1" for tag, _attributes in house.markup(name).elements)
    return own + sum(_h1_in_chain(other) for _tag, other in house.named_in_templates(name))


def test_every_word_of_a_template_can_be_translated() -> None:
    texts = [(name, text) for name in house.templates() for text in house.markup(name).spoken]
    assert len(texts) > 100
    assert [
        (name, text.strip()) for name, text in texts if LETTER.search(ENTITY.sub("", text))
    ] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    ours = [config for config in apps.get_app_configs() if config.label in house.APPS]
    assert len(ours) == len(house.APPS)
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_constraints_are_named_by_app_and_model() -> None:
    constraints = [
        (f"{model._meta.label_lower.replace('.', '_')}_", constraint.name)
        for model in apps.get_models()
        if model._meta.app_label in house.APPS
        for constraint in model._meta.constraints
    ]
    assert len(constraints) > 30
    assert [(start, name) for start, name in constraints if not name.startswith(start)] == []


def test_every_field_and_model_is_named_in_a_way_that_can_be_translated() -> None:
    models = [model for model in apps.get_models() if model._meta.app_label in house.APPS]
    assert len(models) > 10
    assert [
        model._meta.label for model in models if not isinstance(model._meta.verbose_name, Promise)
    ] == []


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (house.ROOT / "pyproject.toml").read_text().splitlines()
    start = lines.index("dependencies = [")
    end = lines.index("[tool.ruff]")
    dependencies = [line for line in lines[start:end] if line.startswith('    "')]
    assert len(dependencies) > 20
    assert [line for line in dependencies if " # " not in line] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_pin_every_dependency_by_hash(name: str) -> None:
    project = tomllib.loads((house.ROOT / "pyproject.toml").read_text())
    wanted = list(project["project"]["dependencies"])
    if name == "requirements-dev.txt":
        wanted += project["dependency-groups"]["dev"]
    text = (house.ROOT / name).read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    pinned = {match[1] for block in blocks if (match := PINNED.match(block))}
    assert len(blocks) == len([block for block in blocks if PINNED.match(block)])
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert {_distribution(line) for line in wanted} - pinned == set()


def _distribution(requirement: str) -> str:
    """The name of a requirement as requirements files spell it."""
    match = REQUIREMENT.match(requirement)
    assert match
    return match[0].lower().replace("_", "-")


def test_nothing_speaks_of_the_place_where_it_was_made() -> None:
    looked_at = [path for path in house.files() if path != Path(__file__)]
    found = [
        (house.name_of(path), match[0])
        for path in looked_at
        for match in NO_BUSINESS_HERE.finditer(path.read_text(errors="replace"))
    ]
    assert len(looked_at) > 100
    assert found == []


def test_links_between_documents_lead_somewhere() -> None:
    links = [
        (path, link)
        for path in house.files()
        if path.suffix == ".md" and not house.name_of(path).startswith(("content/", "tests/"))
        for link in LOCAL_LINK.findall(CODE.sub("", path.read_text()))
    ]
    assert len(links) > 5
    assert [
        (house.name_of(path), link) for path, link in links if not (path.parent / link).exists()
    ] == []


def test_imports_stand_at_the_top() -> None:
    functions = [
        (path, node)
        for path in house.python()
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.FunctionDef)
        and not (path.name == "apps.py" and node.name == "ready")
    ]
    hidden = [
        f"{house.name_of(path)}:{inner.lineno}"
        for path, node in functions
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert len(functions) > 300
    assert hidden == []


def test_everything_public_has_a_docstring() -> None:
    definitions = [
        (path, node) for path in house.sources() for node in _public_definitions(house.tree(path))
    ]
    without = [
        f"{house.name_of(path)}: {getattr(node, 'name', 'module')}"
        for path, node in definitions
        if not ast.get_docstring(node)
    ]
    assert len(definitions) > 300
    assert without == []


def _public_definitions(
    module: ast.Module,
) -> Iterator[ast.Module | ast.FunctionDef | ast.ClassDef]:
    """A module and its public functions and classes, but for those that Django names for us."""
    if module.body:
        yield module
    for node in module.body:
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not _named_for_us(node.name)
            and not any(ast.unparse(each) == "overload" for each in node.decorator_list)
        ):
            yield node


def _named_for_us(name: str) -> bool:
    """An AppConfig, a form in the admin and a Command are declarations that name what they are."""
    return name == "Command" or name.endswith(("Config", "Admin", "Inline"))


def test_the_views_of_markdownx_are_never_mounted() -> None:
    looked_at = house.sources()
    assert len(looked_at) > 50
    assert [
        house.name_of(path)
        for path in looked_at
        if {"markdownx.urls", "markdownx.views"} & (house.strings(path) | _imported(path))
    ] == []


def _imported(path: Path) -> set[str]:
    """The names of the modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(house.tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def _addresses() -> Iterator[tuple[str, str, Any]]:
    """App, URL name and view of every public page; the app is that of the view."""
    for entry in urlpatterns:
        if isinstance(entry, URLPattern):
            yield "milia_site", str(entry.name), entry.callback
        elif isinstance(entry, URLResolver) and entry.app_name != "admin":
            for inner in entry.url_patterns:
                assert isinstance(inner, URLPattern)
                app = inner.callback.__module__.partition(".")[0]
                yield app, str(inner.name), inner.callback


def test_one_word_runs_through_view_address_template_and_test() -> None:
    addresses = list(_addresses())
    broken = [
        f"{app}:{name} {view.__name__}"
        for app, name, view in addresses
        if not view.__name__.endswith(name) or not _has_test(app, view.__name__)
    ]
    templates = house.templates()
    without_template = [
        f"{app}:{name}"
        for app, name, view in addresses
        if view.__name__ not in ANSWER_FILES
        and (f"{name}.html" if app == "milia_site" else f"{app}/{name}.html") not in templates
    ]
    assert len(addresses) > 10
    assert broken == []
    assert without_template == []


def _has_test(app: str, view: str) -> bool:
    return (house.ROOT / "tests" / app / f"test_{view}.py").exists()
