"""Nothing scrolls sideways or is cut off on a narrow screen, or where text is twice as large."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import OpenReader

NARROW = [320, 360]

# What sticks out of the window, unless it stands in a box of its own that scrolls. Hidden text for
# screen readers and closed popovers are no matter.
STICKS_OUT = """() => {
  const edge = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let box = element; box; box = box.parentElement) {
      if (box !== document.body && box !== document.documentElement &&
          /auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  const wrong = [];
  if (document.documentElement.scrollWidth > edge) {
    wrong.push(`the page is ${document.documentElement.scrollWidth} wide, the window ${edge}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const out = box.right > edge + 1 || (box.left < -1 && box.right > 0);
    if (out && element.checkVisibility() && !scrolls(element)) {
      const name = `${element.tagName}.${element.className}`;
      wrong.push(`${name} reaches from ${box.left} to ${box.right}`);
    }
  }
  return wrong;
}"""

DOUBLE_TEXT = """() => {
  const root = document.documentElement;
  root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * 2}px`;
}"""


# What WCAG 1.4.12 lets a reader set, for text; the words in a picture are part of the picture.
WIDE_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:not(svg *) { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""


def sticking_out(page: Page, name: str) -> list[str]:
    found: list[str] = page.evaluate(STICKS_OUT)
    return [f"{name}: {what}" for what in found]


def test_no_page_scrolls_sideways(reader: Page, pages: list[str]) -> None:
    wrong = []
    for address in pages:
        reader.goto(address)
        for width in NARROW:
            reader.set_viewport_size({"width": width, "height": 740})
            wrong += sticking_out(reader, f"{address} at {width}")
    assert not wrong, "\n".join(wrong)


def test_no_page_scrolls_sideways_with_text_twice_as_large(
    open_reader: OpenReader, pages: list[str]
) -> None:
    page = open_reader(width=640)
    wrong = []
    for address in pages:
        page.goto(address)
        before = page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        page.evaluate(DOUBLE_TEXT)
        after = page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert after > before * 1.5, f"the text of {address} does not grow"
        wrong += sticking_out(page, address)
    assert not wrong, "\n".join(wrong)


def test_nothing_is_cut_off_where_letters_and_lines_stand_further_apart(
    open_reader: OpenReader,
) -> None:
    page = open_reader(width=320)
    wrong = []
    for address in ("./", "roles/business/", "reference/questions/", "kickoff/worksheet/"):
        page.goto(address)
        page.evaluate(WIDE_TEXT)
        wrong += sticking_out(page, address)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", NARROW)
def test_search_fits(open_reader: OpenReader, width: int) -> None:
    page = open_reader(width=width)
    page.goto("./")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill("model")
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    wide = page.get_by_role("dialog").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide[0] <= wide[1]
    wrong = sticking_out(page, "search")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", NARROW)
def test_menu_fits(open_reader: OpenReader, width: int) -> None:
    page = open_reader(width=width)
    page.goto("./")
    page.get_by_role("button", name="Menu").click()
    for link in page.get_by_role("navigation", name="Main").get_by_role("link").all():
        expect(link).to_be_in_viewport(ratio=1)


def test_an_address_that_could_not_be_copied_fits(open_reader: OpenReader) -> None:
    page = open_reader(width=320)
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto("roles/business/")
    page.get_by_role("link", name="Copy link").first.click()
    wrong = sticking_out(page, "roles/business/")
    assert not wrong, "\n".join(wrong)
