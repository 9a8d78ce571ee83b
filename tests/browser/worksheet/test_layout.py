"""The worksheet as it stands in a window: still, readable, and never under its own bar."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_checks import CONTRAST, FOCUS_OUT_OF_SIGHT, LateScripts, LayoutShifts, axe
from tests.browser.reader import LOW, WHOLE, every_width, resize
from tests.browser.worksheet.desk import (
    ADDRESS,
    FIRST,
    SECOND,
    answer_box,
    question,
    visit,
    write,
)

TALL = (1280, 740)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"

# What the worksheet fetches last: after two seconds, or as soon as somebody moves.
LAST = re.compile(r"/term\.js$")
SOMEBODY_MOVES = "() => { dispatchEvent(new Event('pointermove')); }"


def low(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})


@every_width
def test_with_work_stored_it_does_not_move_on_a_reload(reader: Page, width: int) -> None:
    resize(reader, width)
    visit(reader)
    reader.get_by_label("Project", exact=True).fill("Pool")
    write(reader, FIRST, "Fewer closed days")
    write(reader, SECOND, "One line\n" * 9)
    wrong = []
    for name in ("Whole sheet", "One question", "Minutes"):
        reader.get_by_label(name, exact=True).check()
        shifts = LayoutShifts(reader)
        with LateScripts(reader) as late:
            reader.reload(wait_until="commit")
            late.wait_until_painted()
            late.let_go()
            with reader.expect_response(LAST):
                reader.evaluate(SOMEBODY_MOVES)
            late.wait_until_painted()
        expect(reader.get_by_label(name, exact=True)).to_be_checked()
        wrong += shifts.told(name)
    assert not wrong, "\n".join(wrong)


def test_one_whose_script_never_comes_is_a_form_to_print(reader: Page) -> None:
    box = reader.locator("[name=text]").first
    with LateScripts(reader) as late:
        reader.goto(ADDRESS, wait_until="commit")
        late.wait_until_painted()
        expect(box).to_be_hidden()
        reader.emulate_media(media="print")
        expect(box).to_be_visible()
        reader.emulate_media(media="screen")
        # The six seconds are over.
        reader.evaluate("document.getAnimations().forEach((each) => each.finish())")
        expect(box).to_be_visible()
        expect(reader.get_by_text("Nothing you type here is kept.")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_contrast(reader: Page, scheme: str) -> None:
    reader.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit(reader).get_by_label("Minutes you have").select_option(index=1)
    wrong = axe(reader, f"the worksheet in the {scheme} scheme", CONTRAST)
    assert not wrong, "\n".join(wrong)


def test_every_notice_can_be_read_and_closed_in_a_low_window(reader: Page) -> None:
    page = reader.context.new_page()
    page.add_init_script(FULL)
    visit(page)
    for width, height in LOW:
        low(page, width, height)
        answer_box(page, FIRST).fill("Something")
        expect(page.get_by_role("alert")).to_contain_text("no room left")
        question(page, FIRST).get_by_role("button", name="Clear").click()
        undo = page.get_by_role("button", name="Undo")
        expect(undo).to_be_focused()
        expect(undo).to_be_in_viewport(ratio=WHOLE)
        notices = page.locator(".ws-notices")
        box = notices.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["height"] <= height * 0.6, "the notices leave no room for the page"
        for button in notices.get_by_role("button", name="Close").all()[::-1]:
            button.focus()
            expect(button).to_be_in_viewport(ratio=WHOLE)
            button.click()
            expect(button).to_be_hidden()


def test_the_focus_is_never_under_a_bar_or_a_notice(reader: Page) -> None:
    visit(reader)
    for width, height in (*LOW, TALL):
        low(reader, width, height)
        answer_box(reader, FIRST).fill("Something")
        question(reader, FIRST).get_by_role("button", name="Clear").click()
        expect(reader.get_by_role("button", name="Undo")).to_be_focused()
        answer_box(reader, FIRST).focus()
        for key in ["Tab"] * 12 + ["Shift+Tab"] * 24:
            reader.keyboard.press(key)
            hidden = reader.evaluate(FOCUS_OUT_OF_SIGHT)
            assert not hidden, f"at {width} by {height}: {hidden}"


def test_the_bar_leaves_the_room_to_the_form_in_a_low_window(reader: Page) -> None:
    low(reader, 740, 360)
    visit(reader)
    reader.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    expect(reader.locator("[data-bar]")).not_to_be_in_viewport()
