"""What travels on a first visit to a page, and whether the page moves while it comes."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from playwright.sync_api import ViewportSize, sync_playwright

from bench.report import Limit
from tests.install_browser import find_browser

HTML_MAX = 8.0  # kB, compressed, without comments
VISIT_MAX = 60.0  # kB
REQUESTS_MAX = 6
SCRIPT_MAX = 10.0  # kB
BYTES_A_KILOBYTE = 1000
SCREEN: ViewportSize = {"width": 390, "height": 844}  # pixels, of a phone
PAUSE = 100  # milliseconds, from screen to screen: nobody reads faster
HEIGHT = "document.documentElement.scrollHeight"
# Adds up how far the page moved, as Chromium sees it.
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 500);
})"""


class Visit(NamedTuple):
    """One first visit: the type and the bytes of each answer, headers included; the shift."""

    answers: list[tuple[str, int]]
    shift: float

    def kilobytes(self, *types: str) -> float:
        """What answers of these types weigh; all of them without a type."""
        weights = (size for kind, size in self.answers if not types or kind in types)
        return sum(weights) / BYTES_A_KILOBYTE


def first_visit(address: str) -> Visit:
    """Open a page with an empty cache and scroll to its end, a screen at a time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SCREEN)
        session = page.context.new_cdp_session(page)
        types: dict[str, str] = {}
        answers: list[tuple[str, int]] = []

        def came(event: dict[str, Any]) -> None:
            types[event["requestId"]] = event["type"]

        def ended(event: dict[str, Any]) -> None:
            answers.append((types[event["requestId"]], event["encodedDataLength"]))

        session.on("Network.responseReceived", came)
        session.on("Network.loadingFinished", ended)
        session.send("Network.enable")
        page.goto(address, wait_until="networkidle")
        for _screen in range(page.evaluate(HEIGHT) // SCREEN["height"]):
            page.mouse.wheel(0, SCREEN["height"])
            page.wait_for_timeout(PAUSE)
        shift = page.evaluate(SHIFT)
        browser.close()
    return Visit(answers, shift)


def limits(visit: Visit) -> Iterator[Limit]:
    """A visit to the measured article, held to its limits."""
    yield Limit("measured article, HTML with headers, kB", visit.kilobytes("Document"), HTML_MAX)
    yield Limit("measured article, first visit, kB", visit.kilobytes(), VISIT_MAX)
    yield Limit("measured article, requests", len(visit.answers), REQUESTS_MAX)
    yield Limit("measured article, script, kB", visit.kilobytes("Script"), SCRIPT_MAX)
    yield Limit("measured article, layout shift", visit.shift, 0)
