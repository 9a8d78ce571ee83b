"""The worksheet as axe sees it, in every view."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.reader import PHONE, WIDE, OpenReader
from tests.browser.test_accessible import Windows, accept, check
from tests.browser.worksheet.desk import (
    FIRST,
    SECOND,
    THIRD,
    question,
    visit,
    write,
)


@pytest.fixture(params=["light", "dark"])
def windows(request: pytest.FixtureRequest, open_reader: OpenReader) -> Windows:
    return {width: open_reader(scheme=request.param, width=width) for width in (WIDE, PHONE)}


def test_axe_finds_nothing_in_any_view(windows: Windows) -> None:
    wrong: list[str] = []
    for page in windows.values():
        visit(page)
        write(page, FIRST, "an answer")
        question(page, SECOND).get_by_label("We do not know yet").check()
        question(page, THIRD).get_by_role("button", name="Clear").click()
        page.get_by_text("left out, and why").click()
        page.get_by_role("button", name="Make a link").click()
        expect(page.get_by_label("Link", exact=True)).to_be_visible()
    wrong += check(windows, "whole sheet")
    for view in ("One question", "Minutes"):
        for page in windows.values():
            page.get_by_role("radio", name=view).check()
        wrong += check(windows, view)
    accept(wrong)
