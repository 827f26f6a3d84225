"""axe, on every template, in both colour schemes, narrow and wide."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.browser.wcag import faults as faults_on
from tests.install_browser import find_browser

WIDTHS = (320, 360, 768, 1280)  # pixels; 320 is 1280 at 400 % zoom
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


class Seen(NamedTuple):
    """How many views there were, the faults on them, and those that scroll sideways."""

    views: int
    faults: list[str]
    wide: list[str]


def look(site: str, paths: Iterable[str]) -> Seen:
    """Open each page in every scheme and width."""
    views, faults, wide = 0, [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        for page, width, name in _views(browser, paths, site):
            views += 1
            faults += [f"{name}: {fault}" for fault in faults_on(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(name)
        browser.close()
    return Seen(views, faults, wide)


def _views(browser: Browser, paths: Iterable[str], site: str) -> Iterator[tuple[Any, int, str]]:
    paths = tuple(paths)
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme
            )
            page = context.new_page()
            for path in paths:
                page.goto(site + path)
                yield page, width, f"{path} ({width} px, {scheme})"
            context.close()
