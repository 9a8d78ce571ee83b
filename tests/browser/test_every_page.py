"""Every page, and a question of each kind, is opened wide and on a phone, and asked everything.

Its scripts come late, and nothing may move before, then or after, nor as somebody scrolls on.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.page_checks import (
    ALL_BUT_COLOURS,
    ALL_BUT_CONTRAST,
    DOUBLE_TEXT,
    LEAVE_ONE_OF_A_KIND,
    PLAIN_TEXT,
    STORED,
    axe,
    colours_on_paper,
    moved_while_opening,
    sticking_out,
)
from tests.browser.reader import PHONE, Guard, OpenReader, resize

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
    return sticking_out(page, f"{address} with text twice as large")


def opened(page: Page, address: str, window: str) -> list[str]:
    """Open a page; return what moves meanwhile."""
    return moved_while_opening(
        page, f"{address} {window}", lambda: page.goto(address, wait_until="commit")
    )


@every_part
def test_every_page_in_a_wide_window_and_on_paper(
    open_reader: OpenReader, pages: list[str], question_pages: list[str], guard: Guard, part: int
) -> None:
    page = open_reader(reduced_motion="reduce")
    wrong = []
    for address in [*pages, *question_pages][part::PARTS]:
        wrong += opened(page, address, "in a wide window")
        wrong += moves(page, address)
        wrong += axe(page, f"{address} in a wide window", ALL_BUT_COLOURS)
        wrong += traces(page, address)
        page.emulate_media(media="print", color_scheme="dark")
        wrong += frame_on_paper(page, address)
        wrong += colours_on_paper(page, address)
        page.goto("about:blank")  # What moves as the window changes back is no fault.
        page.emulate_media(media="null", color_scheme="light")
        wrong += [f"{address}: {fault}" for fault in guard.take()]
    assert not wrong, "\n".join(wrong)


@every_part
def test_every_page_on_a_phone(
    open_reader: OpenReader, pages: list[str], question_pages: list[str], guard: Guard, part: int
) -> None:
    page = open_reader(width=PHONE)
    wrong = []
    for address in [*pages, *question_pages][part::PARTS]:
        wrong += opened(page, address, f"at {PHONE}")
        wrong += sticking_out(page, f"{address} at {PHONE}")
        page.set_viewport_size({"width": NARROWEST, "height": 740})
        wrong += sticking_out(page, f"{address} at {NARROWEST}")
        wrong += doubled_text(page, address)
        page.evaluate(PLAIN_TEXT)
        resize(page, PHONE)
        page.evaluate(LEAVE_ONE_OF_A_KIND)
        wrong += axe(page, f"{address} at {PHONE}", ALL_BUT_CONTRAST)
        page.goto("about:blank")
        resize(page, PHONE)
        wrong += [f"{address}: {fault}" for fault in guard.take()]
    assert not wrong, "\n".join(wrong)
