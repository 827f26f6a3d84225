"""A real Chromium against a real server. Only here may Django run beside an event loop."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLong

from tests.install_browser import find_browser

# Playwright's synchronous interface keeps an event loop in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            # A machine that is busy elsewhere may let a browser wait too long, once.
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        for place in (Page, Locator):
            for act in ("click", "press"):
                patch.setattr(place, act, until_loaded(getattr(place, act)))
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield browser
        browser.close()


def until_loaded(act: Callable[..., None]) -> Callable[..., None]:
    """An action that ends when the page is loaded to which it led.

    Playwright ends it at the first byte of the answer. What is looked at next may be empty then.
    """

    @wraps(act)
    def acting(place: Page | Locator, *args: Any, **options: Any) -> None:
        act(place, *args, **options)
        page = place if isinstance(place, Page) else place.page
        page.wait_for_load_state()

    return acting


@pytest.fixture
def site(live_server: Any) -> str:
    """The address of the site under test."""
    return str(live_server.url)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about: policy violations, script errors, failed requests."""
    return []


@pytest.fixture
def open_page(browser: Browser, complaints: list[str]) -> Iterator[Any]:
    """Opens a page of a given size and colour scheme; its complaints are collected."""
    contexts = []

    def open_(
        width: int = 1280, scheme: Any = "light", script: bool = True, motion: Any = "reduce"
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion=motion,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda line: _note(complaints, line.type, line.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_
    for context in contexts:
        for page in context.pages:
            # What the server still works on would be in the way when the tables are emptied.
            with suppress(TooLong):
                page.wait_for_load_state("networkidle", timeout=3_000)
        context.close()


def _note(complaints: list[str], kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        complaints.append(text)
