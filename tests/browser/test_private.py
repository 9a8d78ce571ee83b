"""Reading leaves no trace and is nobody else's business."""

from __future__ import annotations

from playwright.sync_api import Page, expect

SCROLL_THROUGH = """async () => {
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    scrollTo(0, top);
    await new Promise(requestAnimationFrame);
  }
}"""

STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def test_no_page_asks_another_host_or_complains_or_stores_anything(
    reader: Page, pages: list[str]
) -> None:
    """The guard of every browser test listens while each page is scrolled from end to end."""
    for address in pages:
        reader.goto(address)
        reader.evaluate(SCROLL_THROUGH)
        assert reader.evaluate(STORED) == [], address
        assert reader.evaluate("document.cookie") == "", address
    assert reader.context.cookies() == []


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
