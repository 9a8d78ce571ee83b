"""The worksheet as axe sees it, in every view."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.page_checks import ALL_BUT_CONTRAST, axe
from tests.browser.reader import HEIGHTS, PHONE
from tests.browser.worksheet.desk import (
    FIRST,
    SECOND,
    THIRD,
    question,
    visit,
    write,
)


def test_axe_finds_nothing_in_any_view(reader: Page) -> None:
    """With few questions: a form of all of them is a page that test_every_page.py opens."""
    page = reader.context.new_page()
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    visit(page)
    write(page, FIRST, "an answer")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Link", exact=True)).to_be_visible()
    question(page, SECOND).get_by_label("We do not know yet").check()
    question(page, THIRD).get_by_role("button", name="Clear").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.get_by_label("Minutes you have").select_option("30")
    page.get_by_text("left out, and why").click()
    wrong = axe(page, "whole sheet")
    for view in ("One question", "Minutes"):
        page.get_by_role("radio", name=view).check()
        # The colours are those of the whole sheet.
        wrong += axe(page, view, ALL_BUT_CONTRAST)
    assert not wrong, "\n".join(wrong)
