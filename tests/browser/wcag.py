"""What axe finds on a page: all of its rules, and the one for targets that it leaves out."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# WCAG 2.2, 2.5.8: what can be pressed is 24 pixels wide and high, or stands apart.
OPTIONS = {"rules": {"target-size": {"enabled": True}}}
# What lies far from the window is laid out as if the reader had come there; until then it has a
# guessed height, and what follows seems to lie upon it.
LAY_OUT = """() => {
    for (const one of document.querySelectorAll("main *"))
        if (getComputedStyle(one).contentVisibility === "auto")
            one.style.contentVisibility = "visible";
}"""


def faults(page: Page) -> list[str]:
    """A line for each rule that is broken, with the first places."""
    page.evaluate(LAY_OUT)
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{fault['id']}: {_places(fault)}" for fault in violations]


def _places(fault: dict[str, Any]) -> str:
    return "; ".join(str(node["target"][0]) for node in fault["nodes"][:3])
