"""Tabs, parts that open and code do on the page what `writing-pages.md` says of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

ADDRESS = "contribute/writing-pages/"
TOPS = "all => all.map((each) => each.getBoundingClientRect().top)"


@pytest.fixture
def page(reader: Page) -> Page:
    """A reader on the page that shows every form."""
    reader.goto(ADDRESS)
    return reader


def test_tabs_are_turned_by_keyboard_and_each_is_printed_below_its_name(page: Page) -> None:
    panels, tabs = page.locator(".tabbed-block"), page.locator(".tabbed-set > input")
    expect(panels.nth(0)).to_be_visible()
    expect(panels.nth(1)).to_be_hidden()
    tabs.nth(0).focus()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_be_focused()
    expect(panels.nth(0)).to_be_hidden()
    expect(panels.nth(1)).to_be_visible()
    page.emulate_media(media="print")
    names = page.locator(".tabbed-labels > label").evaluate_all(TOPS)
    texts = panels.evaluate_all(TOPS)
    assert len(names) == len(texts) == 2
    assert names[0] < texts[0] < names[1] < texts[1]


def test_what_can_be_opened_is_open_on_paper(page: Page) -> None:
    inside = page.locator("details > :not(summary)")
    expect(inside).to_be_hidden()
    page.emulate_media(media="print")
    height = inside.evaluate("each => each.getBoundingClientRect().height")
    expect(inside).to_be_visible()
    assert height > 0


def test_code_is_copied_without_its_line_numbers(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator(".highlight", has=page.locator(".linenos"))
    block.get_by_role("button", name="Copy alarm.py").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("def rings(")
    assert copied == block.locator("code").text_content()
