"""Every page, and a question of each kind, is opened on a phone and seen wide, and axe is asked.

What is a matter of styles or scripts is asked of one page of all with the same: what moves while
scripts come late, what sticks out with text twice as large, and what paper shows.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.page_checks import (
    ALL_BUT_CONTRAST,
    CONTRAST,
    DOUBLE_TEXT,
    LEAVE_ONE_OF_A_KIND,
    PLAIN_TEXT,
    SCROLL_THROUGH,
    STORED,
    LayoutShifts,
    axe,
    colours_on_paper,
    moved_while_opening,
    sticking_out,
)
from tests.browser.reader import PHONE, WIDE, Guard, OpenReader, resize

NARROWEST = 320
# In a window of 640, text twice as large leaves the room that a phone has.
WIDE_ENOUGH_TO_DOUBLE = 640

# For those who ask for less movement.
MOVES = """() => [
  ...document.getAnimations().map((each) => `${each.animationName ?? each.id} moves`),
  ...(getComputedStyle(document.documentElement).scrollBehavior === "auto" ? []
    : ["it scrolls smoothly"]),
]"""

FRAME = (
    "header, aside, nav, dialog, [role=dialog], .pb-skip, a[data-share], form, "
    "button:not(.pb-term *), [popover]:popover-open"
)
# A box without a size, as Playwright has it, is as good as none.
IN_VIEW = """(all) => [...document.querySelectorAll(all)].filter((each) => {
  const { width, height } = each.getBoundingClientRect();
  return width && height && each.checkVisibility({ visibilityProperty: true });
}).map((each) => each.outerHTML.slice(0, 80))"""
HEADING_SIZE = "() => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"

# A short page of each layout, beside a question's, on which axe looks at contrast, in one scheme:
# every ink on every paper in both is in tests/test_contrast.py. What no style sheet tells is which
# element stands on which.
LAYOUTS = {
    "./",
    "why/when-it-goes-wrong/",
    "pitfalls/overkill/",
    "reference/questions/",
    "kickoff/worked-example/",
}

# Two workers share a walk; a shorter piece also keeps them from waiting for each other at the end.
PARTS = 3
every_part = pytest.mark.parametrize("part", range(PARTS))


def traces(page: Page, address: str) -> list[str]:
    """Return what a page leaves behind."""
    left: list[Any] = [*page.evaluate(STORED), page.evaluate("document.cookie")]
    left += page.context.cookies()
    return [f"{address}: it stores {each}" for each in left if each]


def moves(page: Page, address: str) -> list[str]:
    found: list[str] = page.evaluate(MOVES)
    return [f"{address}: {what}" for what in found]


def frame_on_paper(page: Page, address: str) -> list[str]:
    """Return what is of use on a screen alone, and a heading that is missing."""
    shown: list[str] = page.evaluate(IN_VIEW, FRAME)
    wrong = [f"{address}: printed: {what}" for what in shown]
    if not page.locator("article h1").is_visible():
        wrong.append(f"{address}: its heading is not printed")
    return wrong


def doubled_text(page: Page, address: str) -> list[str]:
    """Return what sticks out where text is twice as large."""
    page.set_viewport_size({"width": WIDE_ENOUGH_TO_DOUBLE, "height": 740})
    before = page.evaluate(HEADING_SIZE)
    page.evaluate(DOUBLE_TEXT)
    if page.evaluate(HEADING_SIZE) <= before * 1.5:
        return [f"{address}: its text does not grow"]
    wrong = sticking_out(page, f"{address} with text twice as large")
    page.evaluate(PLAIN_TEXT)
    return wrong


def opened_late(page: Page, address: str, window: str) -> list[str]:
    """Open a page whose scripts come late; return what moves meanwhile."""
    return moved_while_opening(
        page, f"{address} {window}", lambda: page.goto(address, wait_until="commit")
    )


def opened(page: Page, address: str, window: str) -> list[str]:
    """Open a page and scroll to its end; return what moves meanwhile."""
    shifts = LayoutShifts(page)
    page.goto(address)
    page.evaluate(SCROLL_THROUGH)
    return shifts.told(f"{address} {window}")


def sticking_out_when_narrow(page: Page, address: str) -> list[str]:
    """Return what sticks out of a phone, and of the narrowest window."""
    wrong = sticking_out(page, f"{address} at {PHONE}")
    page.set_viewport_size({"width": NARROWEST, "height": 740})
    return wrong + sticking_out(page, f"{address} at {NARROWEST}")


def in_a_wide_window(page: Page, address: str) -> list[str]:
    """Return what moves by itself, what axe finds and what is stored."""
    wrong = moves(page, address)
    wrong += axe(page, f"{address} in a wide window", ALL_BUT_CONTRAST)
    return wrong + traces(page, address)


def on_paper(page: Page, address: str) -> list[str]:
    """Return what paper shows and should not, from the dark scheme."""
    page.emulate_media(media="print", color_scheme="dark")
    wrong = frame_on_paper(page, address)
    wrong += colours_on_paper(page, address)
    page.emulate_media(media="null", color_scheme="light")
    return wrong


@every_part
def test_every_page_in_both_windows_and_on_paper(
    open_reader: OpenReader,
    pages: list[str],
    question_pages: list[str],
    heaviest_pages: list[str],
    heaviest_by_styles: list[str],
    guard: Guard,
    part: int,
) -> None:
    """A page is opened on a phone, and its window made wide. No script asks how wide it is.

    In the narrowest window there is as much room for the words of a page as there is where text is
    twice as large; the rest is a matter of styles.
    """
    page = open_reader(width=PHONE)
    every_page = [*pages, *question_pages]
    contrast = {*LAYOUTS, question_pages[0]}
    assert contrast <= set(every_page)
    wrong = []
    for address in every_page[part::PARTS]:
        open_it = opened_late if address in heaviest_pages else opened
        wrong += open_it(page, address, f"at {PHONE}")
        wrong += sticking_out_when_narrow(page, address)
        if address in heaviest_by_styles:
            wrong += doubled_text(page, address)
        page.emulate_media(reduced_motion="reduce")
        if address in heaviest_by_styles:
            page.goto("about:blank")  # What moves as the window changes is no fault.
            resize(page, WIDE)
            wrong += opened_late(page, address, "in a wide window")
        resize(page, WIDE)
        wrong += in_a_wide_window(page, address)
        page.evaluate(LEAVE_ONE_OF_A_KIND)
        if address in heaviest_pages:
            wrong += on_paper(page, address)
        page.emulate_media(reduced_motion="no-preference")
        if address in contrast:
            wrong += axe(page, address, CONTRAST)
        resize(page, PHONE)
        wrong += axe(page, f"{address} at {PHONE}", ALL_BUT_CONTRAST)
        page.goto("about:blank")
        wrong += [f"{address}: {fault}" for fault in guard.take()]
    assert not wrong, "\n".join(wrong)
