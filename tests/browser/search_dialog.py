"""The search as a reader uses it: the button, the dialog, the field and what it finds."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def results(page: Page) -> Locator:
    return dialog(page).get_by_role("listitem").get_by_role("link")


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Search", exact=True)


def look_for(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill("")
    expect(dialog(page).get_by_role("status")).to_have_text("")
    page.get_by_role("searchbox").fill(words)
    expect(dialog(page).get_by_role("status")).to_contain_text(re.compile(r"\d results?$"))
