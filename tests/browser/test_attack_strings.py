"""Nothing that an author writes runs in a reader's browser."""

from typing import Any

from publishing.markdown import render
from tests import factories
from tests.publishing.attacks import attack_strings

CALLED = """
window.called = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = () => window.called.push(name);
}
null;  // Playwright calls a function that is the value of an expression
"""


def test_no_attack_runs_in_a_page_without_any_policy(browser: Any) -> None:
    page = browser.new_page()
    page.goto("about:blank")
    page.evaluate(CALLED)
    html = "".join(f"<section>{render(text).html}</section>" for text in attack_strings())
    page.set_content(f"<!doctype html><title>x</title><h1>x</h1>{html}")
    for link in page.locator("section a").all():
        link.dispatch_event("mouseover")
        link.dispatch_event("focus")
    assert page.evaluate("window.called") == []
    assert page.locator("script, style, base, form, iframe, svg, math").count() == 0
    assert page.locator("section").count() == len(attack_strings())
    page.close()


def test_the_check_above_would_see_a_script_run(browser: Any) -> None:
    page = browser.new_page()
    page.goto("about:blank")
    page.evaluate(CALLED)
    page.set_content("<!doctype html><title>x</title><img src=x onerror=alert(1)>")
    page.wait_for_function("window.called.length > 0")
    page.close()


def test_attacks_in_every_field_leave_the_public_page_whole(
    transactional_db: None, open_page: Any, site: str, complaints: list[str]
) -> None:
    attack = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    content = factories.article_content(
        title=attack,
        standfirst=attack,
        key_points=(attack,),
        body=attack,
        limits=attack,
        safety_level="urgent",
        safety_heading=attack,
        safety_notes=attack,
    )
    factories.published(content)
    page = open_page()
    page.add_init_script(CALLED)
    page.goto(site + "/articles/removal/")
    assert page.evaluate("window.called") == []
    assert page.locator("h1").inner_text() == attack
    assert page.locator("main img, main script").count() == 0
    scripts = page.locator("script:not([type='application/ld+json'])")
    assert [script.get_attribute("src") for script in scripts.all()] == ["/static/js/reading.js"]
    assert complaints == []
