"""On a long page the header stays in reach, and the list of contents says where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.page_checks import FOCUS_OUT_OF_SIGHT
from tests.browser.reader import LOW, WHOLE, every_width, resize

# A page with a long list of contents.
LONG = "reference/glossary/"
TO_THE_MIDDLE = "scrollTo(0, document.body.scrollHeight / 2)"
TO_THE_END = "scrollTo(0, document.body.scrollHeight)"

# The letters of each full line of the article's longest paragraph.
LINES = """() => {
  const paragraphs = [...document.querySelectorAll("article > p:not([class])")];
  const texts = paragraphs.map((each) => each.textContent.trim());
  const longest = paragraphs[texts.indexOf(texts.toSorted((a, b) => b.length - a.length)[0])];
  const lines = new Map();
  const walker = document.createTreeWalker(longest, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility()) continue;
    for (let letter = 0; letter < node.length; letter += 1) {
      const range = new Range();
      range.setStart(node, letter);
      range.setEnd(node, letter + 1);
      const { bottom } = range.getBoundingClientRect();
      const line = Math.round(bottom / 8);
      lines.set(line, (lines.get(line) ?? 0) + 1);
    }
  }
  return [...lines.values()].slice(0, -1);
}"""

TOPS = "doors => doors.map((door) => Math.round(door.getBoundingClientRect().top))"


def contents(page: Page) -> Locator:
    return page.get_by_role("navigation", name="On this page")


@every_width
def test_the_header_stays_in_reach_and_covers_no_focus(reader: Page, width: int) -> None:
    resize(reader, width)
    reader.goto(LONG)
    reader.evaluate(TO_THE_END)
    expect(reader.get_by_role("button", name="Search")).to_be_in_viewport(ratio=WHOLE)
    reader.get_by_role("article").get_by_role("link").last.focus()
    for _ in range(30):
        reader.keyboard.press("Shift+Tab")
        assert not reader.evaluate(FOCUS_OUT_OF_SIGHT)


def test_a_low_window_belongs_to_the_text(reader: Page) -> None:
    reader.goto(LONG)
    for width, height in LOW:
        reader.set_viewport_size({"width": width, "height": height})
        reader.evaluate(TO_THE_MIDDLE)
        expect(reader.get_by_role("button", name="Search")).not_to_be_in_viewport()


@pytest.mark.parametrize("width", [1040, 1280])
def test_the_contents_say_where_one_is(reader: Page, width: int) -> None:
    resize(reader, width)
    reader.goto(LONG)
    here = contents(reader).locator("[aria-current]")
    expect(here).to_have_count(0)
    links = contents(reader).get_by_role("link")
    for heading in (links.nth(links.count() // 2), links.nth(1), links.last):
        name = heading.inner_text()
        heading.click()
        expect(here).to_have_text(name)
    # The last heading but some, read on the way and not asked for: the list follows.
    reader.mouse.move(width / 2, 400)
    reader.get_by_role("heading", level=1).click()
    reader.evaluate(TO_THE_MIDDLE)
    expect(here).to_have_count(1)
    expect(here).not_to_have_text(name)
    expect(here).to_be_in_viewport(ratio=WHOLE)
    reader.evaluate("scrollTo(0, 0)")
    expect(here).to_have_count(0)


def test_on_a_phone_the_contents_open_from_the_top_of_the_page(phone: Page) -> None:
    phone.goto(LONG)
    expect(contents(phone)).to_be_hidden()
    phone.get_by_role("button", name="On this page").click()
    link = contents(phone).get_by_role("link").nth(40)
    name = link.inner_text()
    link.click()
    expect(contents(phone)).to_be_hidden()
    heading = phone.get_by_role("heading", name=name, exact=True)
    expect(heading).to_be_in_viewport(ratio=WHOLE)


def test_a_line_of_text_has_60_to_75_letters(reader: Page) -> None:
    reader.goto("why/")
    lines = sorted(reader.evaluate(LINES))
    assert lines[0] >= 58, lines
    assert lines[-1] <= 77, lines


def test_the_doors_stand_in_one_row_or_one_below_the_other(reader: Page) -> None:
    reader.goto("roles/")
    for width in (320, 480, 700, 900, 1000, 1280):
        resize(reader, width)
        tops = reader.locator(".pb-door").evaluate_all(TOPS)
        assert len(set(tops)) in (1, len(tops)), f"at {width}: {tops}"
