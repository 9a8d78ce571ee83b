"""A dotted word explains itself: by pointing, by tapping, with the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.reader import PHONE, OpenReader, every_width, resize, tab_on_to

LONG = 5_000


@dataclass
class Term:
    """A word on the page and what it opens."""

    word: Locator
    text: Locator


def term(page: Page, number: int = 0) -> Term:
    both = page.locator(".pb-term").nth(number)
    return Term(both.get_by_role("button"), both.locator("[popover]"))


@pytest.fixture(scope="module")
def address(pages: list[str], built_site: Path) -> str:
    """The shortest page with a few terms: what holds for one term holds for all."""
    sizes = {
        name: len(text)
        for name in pages
        if (text := (built_site / name / "index.html").read_text("utf-8")).count('"pb-term"') > 3
    }
    return min(sizes, key=sizes.__getitem__)


@pytest.fixture(scope="module")
def most_terms(pages: list[str], built_site: Path) -> str:
    """The page with the most terms of those that keep all in view."""
    texts = {name: (built_site / name / "index.html").read_text("utf-8") for name in pages}
    whole = [name for name, text in texts.items() if "data-worksheet" not in text]
    return max(whole, key=lambda name: texts[name].count('"pb-term"'))


@pytest.fixture(scope="module")
def timed_page(shared_page: Page) -> Page:
    """A window whose clock goes on when the test says so."""
    shared_page.clock.install()
    return shared_page


@pytest.fixture
def page(timed_page: Page, address: str) -> Page:
    """A page with several terms, freshly opened."""
    timed_page.mouse.move(0, 0)
    timed_page.goto(address)
    expect(term(timed_page).text).to_be_hidden()
    return timed_page


def test_pointing_opens_and_leaving_closes(page: Page) -> None:
    """One can point at the explanation itself, and passing over the word opens nothing."""
    term(page).word.hover()
    page.mouse.move(0, 0)
    page.clock.run_for(LONG)
    expect(term(page).text).to_be_hidden()
    term(page).word.hover()
    page.clock.run_for(LONG)
    expect(term(page).text).to_be_visible()
    term(page).text.hover()
    page.clock.run_for(LONG)
    expect(term(page).text).to_be_visible()
    page.mouse.move(0, 0)
    page.clock.run_for(LONG)
    expect(term(page).text).to_be_hidden()
    term(page).word.hover()
    page.clock.run_for(LONG)
    page.keyboard.press("Escape")
    expect(term(page).text).to_be_hidden()


def test_a_click_opens_and_keeps_open_and_a_second_one_closes(page: Page) -> None:
    term(page).word.click()
    page.clock.run_for(LONG)
    expect(term(page).text).to_be_visible()
    term(page).word.click()
    page.clock.run_for(LONG)
    expect(term(page).text).to_be_hidden()
    for is_pointed_at_first in (False, True):
        page.mouse.move(0, 0)
        page.clock.run_for(LONG)
        if is_pointed_at_first:
            term(page).word.hover()
            page.clock.run_for(LONG)
        term(page).word.click()
        expect(term(page).text).to_be_visible()
        page.mouse.move(0, 0)
        page.clock.run_for(LONG)
        expect(term(page).text).to_be_visible()
        term(page).word.click()
        expect(term(page).text).to_be_hidden()


def test_keyboard_focus_opens_and_escape_or_going_on_closes(page: Page) -> None:
    expect(term(page).word).to_have_accessible_description(
        (term(page).text.text_content() or "").strip()
    )
    tab_on_to(page, term(page).word)
    expect(term(page).text).to_be_visible()
    page.keyboard.press("Escape")
    expect(term(page).text).to_be_hidden()
    expect(term(page).word).to_be_focused()
    page.keyboard.press("Enter")
    expect(term(page).text).to_be_visible()
    page.keyboard.press("Tab")
    expect(term(page).text.get_by_role("link", name="Glossary")).to_be_focused()
    expect(term(page).text).to_be_visible()
    page.keyboard.press("Tab")
    expect(term(page).text).to_be_hidden()


def test_only_one_is_open_at_a_time_and_none_after_a_click_elsewhere(page: Page) -> None:
    term(page, 0).word.click()
    expect(term(page, 0).text).to_be_visible()
    term(page, 1).word.click()
    expect(term(page, 1).text).to_be_visible()
    expect(term(page, 0).text).to_be_hidden()
    term(page, 2).word.hover()
    page.clock.run_for(LONG)
    expect(term(page, 2).text).to_be_visible()
    expect(term(page, 1).text).to_be_hidden()
    assert page.locator(":popover-open").count() == 1
    term(page, 2).word.click()
    expect(term(page, 2).text).to_be_visible()
    page.get_by_role("heading", level=1).click(position={"x": 2, "y": 2})
    expect(page.locator(":popover-open")).to_have_count(0)


def test_a_tap_opens_and_a_second_one_closes(open_reader: OpenReader, address: str) -> None:
    page = open_reader(width=PHONE, has_touch=True, is_mobile=True)
    page.goto(address)
    for number in range(3):
        term(page, number).word.tap()
        expect(term(page, number).text).to_be_visible()
        assert page.locator(":popover-open").count() == 1
        term(page, number).word.tap()
        expect(term(page, number).text).to_be_hidden()


# Opens each explanation of a page in turn, as a click does, and says what is wrong with its place.
MISPLACED = """terms => terms.flatMap((term) => {
  const [word, text] = [term.querySelector("button"), term.querySelector("[popover]")];
  if (!word.checkVisibility({ visibilityProperty: true })) return `${word.textContent}: is hidden`;
  word.scrollIntoView({ block: "nearest" });
  word.click();
  if (!text.matches(":popover-open")) return `${word.textContent}: does not open`;
  const [from, box] = [word.getBoundingClientRect(), text.getBoundingClientRect()];
  text.hidePopover();
  const gap = Math.max(box.top - from.bottom, from.top - box.bottom);
  const edges = [box.left, box.top, innerWidth - box.right, innerHeight - box.bottom];
  return [
    ...(Math.min(...edges) < -1 ? [`out of the window by ${-Math.min(...edges)}`] : []),
    ...(gap < -1 || gap >= 40 ? [`covers its word, or is far from it (${gap})`] : []),
    ...(box.width < 200 ? [`squeezed to ${box.width}`] : []),
  ].map((fault) => `${word.textContent}: ${fault}`);
})"""


@every_width
def test_the_explanation_is_in_the_window_and_beside_its_word(
    reader: Page, most_terms: str, width: int
) -> None:
    """For every term of the page that has the most, wherever in the line it stands."""
    resize(reader, width)
    reader.goto(most_terms)
    terms = reader.locator(".pb-term")
    assert terms.count() > 0
    assert terms.evaluate_all(MISPLACED) == []
