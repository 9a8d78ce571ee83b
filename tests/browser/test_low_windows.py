"""In a low window, such as a phone on its side or a page at 400 %, everything can be reached."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_checks import DOUBLE_TEXT
from tests.browser.reader import OpenReader
from tests.browser.worksheet.desk import ADDRESS, FIRST, answer_box, question, visit

LOW = [(320, 256), (640, 320), (740, 360)]
TALL = (1280, 740)
WHOLE = 0.98  # A scrolled edge falls between two pixels.
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"

# Of the element with the focus: whether all of it lies outside the window or under something else.
HIDDEN = """() => {
  const element = document.activeElement;
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const across = [left + 2, (left + right) / 2, right - 2];
  const down = [top + 2, (top + bottom) / 2, bottom - 2];
  const isSeen = (x, y) => {
    const there = document.elementFromPoint(x, y);
    return there && (element.contains(there) || there.contains(element));
  };
  return !across.some((x) => down.some((y) => isSeen(x, y)));
}"""

every_low_window = pytest.mark.parametrize(("width", "height"), LOW)


def low(open_reader: OpenReader, width: int, height: int) -> Page:
    return open_reader(viewport={"width": width, "height": height})


@every_low_window
@pytest.mark.parametrize("larger", [False, True], ids=["", "text twice as large"])
def test_every_entry_of_the_menu_can_be_reached(
    open_reader: OpenReader, width: int, height: int, larger: bool
) -> None:
    page = low(open_reader, width, height)
    page.goto("why/")
    if larger:
        page.evaluate(DOUBLE_TEXT)
    page.get_by_role("button", name="Menu").click()
    menu = page.get_by_role("navigation", name="Main")
    links = menu.get_by_role("link").all()
    expect(links[0]).to_be_in_viewport(ratio=WHOLE)
    for link in links:
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport(ratio=WHOLE)
    menu.hover()
    page.mouse.wheel(0, -5000)
    expect(links[0]).to_be_in_viewport(ratio=WHOLE)
    page.mouse.wheel(0, 5000)
    expect(links[-1]).to_be_in_viewport(ratio=WHOLE)


@every_low_window
def test_every_notice_can_be_read_and_closed(
    open_reader: OpenReader, width: int, height: int
) -> None:
    page = low(open_reader, width, height)
    page.add_init_script(FULL)
    visit(page)
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


@pytest.mark.parametrize(("width", "height"), [*LOW, TALL])
def test_the_focus_is_never_under_a_bar_or_a_notice(
    open_reader: OpenReader, width: int, height: int
) -> None:
    page = visit(low(open_reader, width, height))
    answer_box(page, FIRST).fill("Something")
    question(page, FIRST).get_by_role("button", name="Clear").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    answer_box(page, FIRST).focus()
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 24:
        page.keyboard.press(key)
        hidden = page.evaluate(HIDDEN)
        assert not hidden, page.evaluate("document.activeElement.outerHTML")


@every_low_window
def test_every_explanation_can_be_read(open_reader: OpenReader, width: int, height: int) -> None:
    page = low(open_reader, width, height)
    page.goto("roles/data-science/")
    for term in page.locator(".pb-question .pb-term").all()[:6]:
        term.get_by_role("button").click()
        text = term.locator("[popover]")
        expect(text).to_be_in_viewport(ratio=WHOLE)
        text.get_by_role("link").focus()
        expect(text.get_by_role("link")).to_be_in_viewport(ratio=WHOLE)
        page.keyboard.press("Escape")


@every_low_window
def test_every_search_result_can_be_reached(
    open_reader: OpenReader, width: int, height: int
) -> None:
    page = low(open_reader, width, height)
    page.goto("./")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill("model")
    results = page.get_by_role("dialog").get_by_role("listitem").get_by_role("link")
    expect(results.first).to_be_visible()
    for result in results.all()[:5]:
        page.keyboard.press("ArrowDown")
        expect(result).to_be_focused()
        expect(result).to_be_in_viewport(ratio=WHOLE)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_bar_of_the_worksheet_leaves_the_room_to_the_form(open_reader: OpenReader) -> None:
    page = low(open_reader, 740, 360)
    visit(page, ADDRESS)
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    expect(page.locator("[data-bar]")).not_to_be_in_viewport()
