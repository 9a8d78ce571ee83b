"""Reading, following links and looking up words need no JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.model.question import Playbook
from tests.browser.conftest import new_context
from tests.browser.page_checks import LayoutShifts
from tests.browser.reader import (
    PHONE,
    WHOLE,
    WIDE,
    Guard,
    every_width,
    expect_question_in_view,
    resize,
)


@pytest.fixture(scope="module")
def plain_window(browser: Browser, server: str) -> Iterator[Page]:
    """A window for all tests of this file: a page that runs no script stores nothing."""
    context = new_context(browser, server, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(plain_window: Page, guard: Guard) -> Iterator[Page]:
    """A reader whose browser runs no script."""
    guard.watch(plain_window.context)
    yield plain_window
    guard.leave(plain_window.context)
    resize(plain_window, WIDE)


SHOWS_ITS_TEXT = """() => {
  const shown = (all) =>
    [...document.querySelectorAll(all)].filter((each) => each.checkVisibility()).length;
  return shown("article h1") === 1 && shown("article p") > 1 && shown("body > footer") === 1;
}"""


@every_width
def test_every_page_shows_its_text_and_does_not_move(
    plain: Page, heaviest_by_styles: list[str], width: int
) -> None:
    """One page of all with the same styles: what is shown is a matter of those."""
    resize(plain, width)
    wrong = []
    for address in heaviest_by_styles:
        shifts = LayoutShifts(plain)
        plain.goto(address)
        assert plain.evaluate(SHOWS_ITS_TEXT), address
        wrong += shifts.told(address)
    assert not wrong, "\n".join(wrong)


# The words that each question shows, without what is hidden, by its title.
WORDS = """sections => Object.fromEntries(
  sections.map((each) => [each.querySelector("h3").innerText, each.innerText.split("\\n")]))"""


def test_every_question_is_open_on_the_page_in_full(
    plain: Page, playbook: Playbook, server: str
) -> None:
    """One template prints every role."""
    question = playbook.live[0]
    plain.goto(f"roles/{question.role}/")
    plain.get_by_role("article").get_by_role("link", name="in full").click()
    shown = plain.locator("article section").evaluate_all(WORDS)
    for each in playbook.live:
        if each.role == question.role:
            for name in ("Why ask", "A good answer sounds like", "Warning sign", "Show me"):
                assert name in " ".join(shown[each.title]), f"{each.id}: {name} is hidden"
    assert plain.locator("article details:not([open])").count() == 0
    plain.get_by_role("link", name=question.title, exact=True).first.click()
    expect_question_in_view(plain, server, question.id)


def test_all_questions_show_every_row_and_no_form(plain: Page, playbook: Playbook) -> None:
    plain.goto("reference/questions/")
    links = plain.get_by_role("article").get_by_role("link").filter(visible=True)
    assert {question.title for question in playbook.live} <= set(links.all_inner_texts())
    expect(plain.locator("form[data-filter]")).to_be_hidden()


def test_buttons_that_need_script_are_not_there(plain: Page) -> None:
    plain.goto("./")
    expect(plain.get_by_role("button", name="scheme")).to_have_count(0)
    expect(plain.get_by_role("button", name="Dark")).to_have_count(0)
    expect(plain.get_by_role("button", name="Search")).to_have_count(0)
    expect(plain.get_by_role("dialog")).to_have_count(0)


def test_search_is_a_link_to_all_questions(plain: Page, server: str) -> None:
    plain.goto("roles/business/")
    plain.get_by_role("link", name="Search", exact=True).click()
    expect(plain).to_have_url(f"{server}reference/questions/")
    expect(plain.get_by_role("heading", level=1)).to_contain_text("All questions")


def test_a_word_is_explained_on_click(plain: Page) -> None:
    plain.goto("roles/business/")
    term = plain.locator(".pb-term").first
    expect(term.locator("[popover]")).to_be_hidden()
    term.get_by_role("button").click()
    expect(term.locator("[popover]")).to_be_visible()
    expect(term.locator("[popover]")).to_be_in_viewport(ratio=WHOLE)
    term.get_by_role("button").click()
    expect(term.locator("[popover]")).to_be_hidden()


def test_tabs_are_turned_and_no_button_copies(plain: Page) -> None:
    plain.goto("contribute/writing-pages/")
    panels = plain.locator(".tabbed-block")
    expect(panels.nth(1)).to_be_hidden()
    plain.locator(".tabbed-labels > label").nth(1).click()
    expect(panels.nth(0)).to_be_hidden()
    expect(panels.nth(1)).to_be_visible()
    expect(plain.get_by_role("button", name="Copy")).to_have_count(0)


def test_the_menu_opens_on_a_phone(plain: Page, server: str) -> None:
    resize(plain, PHONE)
    plain.goto("./")
    plain.get_by_role("button", name="Menu").click()
    plain.get_by_role("navigation", name="Main").get_by_role("link", name="Roles").click()
    expect(plain).to_have_url(f"{server}roles/")
