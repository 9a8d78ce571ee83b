"""Using the site leaves no trace; that reading leaves none, test_every_page.py asks each page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.page_checks import STORED


def test_using_the_site_stores_nothing_but_the_scheme(reader: Page) -> None:
    reader.goto("roles/business/")
    reader.locator(".pb-term button").first.click()
    reader.keyboard.press("Escape")
    reader.get_by_role("article").get_by_role("link", name="Business goal").click()
    reader.get_by_role("button", name="Share").click()
    reader.goto("reference/questions/")
    reader.get_by_label("Who answers").select_option(index=1)
    reader.get_by_role("button", name="Search").click()
    reader.get_by_role("dialog").get_by_role("searchbox").fill("model")
    expect(reader.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    with reader.expect_navigation():
        reader.keyboard.press("Enter")
    assert reader.evaluate(STORED) == []
    reader.get_by_role("button", name="scheme").click()
    keys = reader.evaluate(STORED)
    assert len(keys) == 1
    assert keys[0].startswith("ml-needs-support:")
    assert reader.context.cookies() == []
