"""In a low window, such as a phone on its side or a page at 400 %, everything can be reached."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_checks import DOUBLE_TEXT
from tests.browser.reader import LOW, WHOLE

# What is out of the window, in whole or in part, when it has the focus.
OUT_OF_VIEW = """stops => stops.filter((stop) => {
  stop.focus();
  const { left, right, top, bottom } = stop.getBoundingClientRect();
  return document.activeElement !== stop || left < -1 || top < -1 ||
    right > innerWidth + 1 || bottom > innerHeight + 1;
}).map((stop) => stop.textContent)"""

every_low_window = pytest.mark.parametrize(("width", "height"), LOW)


@pytest.fixture
def low(reader: Page, width: int, height: int) -> Page:
    """A reader with a low window."""
    reader.set_viewport_size({"width": width, "height": height})
    return reader


@every_low_window
def test_every_entry_of_the_menu_can_be_reached(low: Page) -> None:
    for larger in (False, True):
        low.goto("why/")
        if larger:
            low.evaluate(DOUBLE_TEXT)
        low.get_by_role("button", name="Menu").click()
        menu = low.get_by_role("navigation", name="Main")
        links = menu.get_by_role("link")
        expect(links.first).to_be_in_viewport(ratio=WHOLE)
        assert links.evaluate_all(OUT_OF_VIEW) == [], "with larger text" if larger else ""
        menu.hover()
        low.mouse.wheel(0, -5000)
        expect(links.first).to_be_in_viewport(ratio=WHOLE)
        low.mouse.wheel(0, 5000)
        expect(links.last).to_be_in_viewport(ratio=WHOLE)


@every_low_window
def test_every_explanation_and_search_result_can_be_reached(low: Page) -> None:
    low.goto("roles/data-science/")
    for term in low.locator(".pb-question .pb-term").all()[:3]:
        term.get_by_role("button").click()
        text = term.locator("[popover]")
        expect(text).to_be_in_viewport(ratio=WHOLE)
        text.get_by_role("link").focus()
        expect(text.get_by_role("link")).to_be_in_viewport(ratio=WHOLE)
        low.keyboard.press("Escape")

    low.get_by_role("button", name="Search").click()
    low.get_by_role("searchbox").fill("model")
    results = low.get_by_role("dialog").get_by_role("listitem").get_by_role("link")
    expect(results.first).to_be_visible()
    for number in range(3):
        low.keyboard.press("ArrowDown")
        expect(results.nth(number)).to_be_focused()
        expect(results.nth(number)).to_be_in_viewport(ratio=WHOLE)
    low.get_by_role("button", name="Close").click()
    expect(low.get_by_role("dialog")).to_be_hidden()
