"""The worksheet as it stands in a window: still, readable, and never under its own bar."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.page_checks import FOCUS_OUT_OF_SIGHT, LateScripts, LayoutShifts
from tests.browser.reader import LOW, PHONE, WHOLE, WIDE, resize
from tests.browser.worksheet.desk import (
    FIRST,
    SECOND,
    answer_box,
    question,
    visit,
    write,
)

TALL = (1280, 740)
FULL = """() => {
  Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""

# What the worksheet fetches last: after two seconds, or as soon as somebody moves.
LAST = re.compile(r"/term\.js$")
SOMEBODY_MOVES = "() => { dispatchEvent(new Event('pointermove')); }"


def low(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})


def test_with_work_stored_it_does_not_move_on_a_reload(reader: Page) -> None:
    visit(reader)
    reader.get_by_label("Project", exact=True).fill("Pool")
    write(reader, FIRST, "Fewer closed days")
    write(reader, SECOND, "One line\n" * 9)
    wrong = []
    for name, width in [
        ("Whole sheet", WIDE),
        ("Whole sheet", PHONE),
        ("One question", PHONE),
        ("Minutes", PHONE),
    ]:
        resize(reader, width)
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
        wrong += shifts.told(f"{name} at {width}")
    assert not wrong, "\n".join(wrong)


def test_every_notice_can_be_read_and_closed_in_a_low_window(reader: Page) -> None:
    visit(reader)
    reader.evaluate(FULL)
    for width, height in (LOW[0], LOW[-1]):
        low(reader, width, height)
        answer_box(reader, FIRST).fill("Something")
        expect(reader.get_by_role("alert")).to_contain_text("no room left")
        question(reader, FIRST).get_by_role("button", name="Clear").click()
        undo = reader.get_by_role("button", name="Undo")
        expect(undo).to_be_focused()
        expect(undo).to_be_in_viewport(ratio=WHOLE)
        notices = reader.locator(".ws-notices")
        box = notices.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["height"] <= height * 0.6, "the notices leave no room for the page"
        for button in notices.get_by_role("button", name="Close").all()[::-1]:
            button.focus()
            expect(button).to_be_in_viewport(ratio=WHOLE)
            button.click()
            expect(button).to_be_hidden()


def test_neither_the_focus_nor_the_way_on_is_ever_under_a_bar_or_a_notice(reader: Page) -> None:
    """In a low window the bar goes with the page, and leaves the room to the form."""
    visit(reader)
    bar = reader.locator("[data-bar]")
    for width, height in (LOW[0], LOW[-1], TALL):
        low(reader, width, height)
        answer_box(reader, FIRST).fill("Something")
        question(reader, FIRST).get_by_role("button", name="Clear").click()
        expect(reader.get_by_role("button", name="Undo")).to_be_focused()
        answer_box(reader, FIRST).focus()
        for key in ["Tab"] * 8 + ["Shift+Tab"] * 16:
            reader.keyboard.press(key)
            hidden = reader.evaluate(FOCUS_OUT_OF_SIGHT)
            assert not hidden, f"at {width} by {height}: {hidden}"
        reader.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        if height < TALL[1]:
            expect(bar).not_to_be_in_viewport()
    for view in ("One question", "Minutes", "Whole sheet"):
        reader.evaluate("scrollTo(0, document.body.scrollHeight)")
        reader.get_by_role("radio", name=view).check()
        box = bar.bounding_box()
        top = reader.locator("[data-top]").bounding_box()
        assert box
        assert top
        assert top["y"] >= box["y"] + box["height"] - 1, view
