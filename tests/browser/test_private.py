"""Reading leaves no trace and is nobody else's business."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import PHONE, WIDE, OpenReader

SCROLL_THROUGH = """async () => {
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    scrollTo(0, top);
    await new Promise(requestAnimationFrame);
  }
}"""

STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_no_page_asks_another_host_or_complains_or_stores_anything(
    open_reader: OpenReader, pages: list[str], width: int
) -> None:
    """The guard of every browser test listens while each page is scrolled from end to end."""
    page = open_reader(width=width)
    for address in pages:
        page.goto(address)
        page.evaluate(SCROLL_THROUGH)
        assert page.evaluate(STORED) == [], address
        assert page.evaluate("document.cookie") == "", address
    assert page.context.cookies() == []


def test_using_the_site_stores_nothing_but_the_scheme(reader: Page) -> None:
    reader.goto("roles/business/")
    reader.locator(".pb-term button").first.click()
    reader.keyboard.press("Escape")
    reader.get_by_role("link", name="Copy link").first.click()
    reader.goto("reference/questions/")
    reader.get_by_label("Role").select_option(index=1)
    reader.get_by_role("button", name="Search").click()
    reader.get_by_role("searchbox").fill("model")
    expect(reader.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    with reader.expect_navigation():
        reader.keyboard.press("Enter")
    assert reader.evaluate(STORED) == []
    reader.get_by_role("button", name="scheme").click()
    keys = reader.evaluate(STORED)
    assert len(keys) == 1
    assert keys[0].startswith("ml-needs-support:")
    assert reader.context.cookies() == []
