"""Search: fetched when it is wanted, worked by keyboard, honest when it fails."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from macros.model.question import Playbook
from tests.browser.reader import IDLE, PHONE, Guard, OpenReader, expect_question_in_view
from tests.browser.search_dialog import button, dialog, look_for, results

INDEX = "**/search/search_index.json"


@pytest.fixture(scope="module")
def home_page(shared_page: Page) -> Page:
    """A reader on the home page, who stays there for all tests that only search."""
    shared_page.goto("./")
    return shared_page


RESET = """() => {
  const dialog = document.querySelector("dialog");
  dialog.close();
  dialog.querySelector("input").value = "";
  dialog.querySelector("input").dispatchEvent(new Event("input"));
}"""


@pytest.fixture
def page(home_page: Page) -> Iterator[Page]:
    """A reader on the home page with the search open and nothing typed."""
    address = home_page.url
    button(home_page).click()
    expect(dialog(home_page)).to_be_visible()
    yield home_page
    if home_page.url == address:
        home_page.evaluate(RESET)
    else:
        home_page.goto(address)


def test_no_page_asks_for_what_only_the_search_needs(built_site: Path) -> None:
    """Only search.js names it, and imports it where the reader turns to search."""
    wanted = re.compile("search-index|minisearch")
    for path in built_site.rglob("*.html"):
        assert not wanted.search(path.read_text(encoding="utf-8")), path
    scripts = {
        path.relative_to(built_site / "assets").as_posix(): path.read_text(encoding="utf-8")
        for path in built_site.joinpath("assets").rglob("*.js")
    }
    statically = re.compile(r"""(?:^|\s)(?:from|import)\s*["'][^"']*(?:search-index|minisearch)""")
    assert {name for name, text in scripts.items() if statically.search(text)} == {
        "search/search-index.js"
    }


def test_nothing_of_it_is_fetched_before_it_is_wanted(reader: Page) -> None:
    fetched: list[str] = []
    reader.on("request", lambda request: fetched.append(request.url))
    wanted = re.compile("search_index|search-index|minisearch")
    reader.goto("./")
    reader.evaluate(IDLE)
    assert [address for address in fetched if wanted.search(address)] == []
    with reader.expect_response(INDEX), reader.expect_response("**/minisearch*"):
        button(reader).click()
    assert sum("minisearch" in address for address in fetched) == 1
    assert sum("search-index" in address for address in fetched) == 1


def test_it_opens_on_click_with_the_field_ready(page: Page) -> None:
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_accessible_name("Search questions and pages")


def test_it_opens_by_shortcut(home_page: Page) -> None:
    for key in ("Control+k", "Control+K", "Meta+k"):  # The second as with Caps Lock.
        home_page.keyboard.press(key)
        expect(dialog(home_page)).to_be_visible()
        expect(home_page.get_by_role("searchbox")).to_be_focused()
        home_page.keyboard.press(key)
        expect(dialog(home_page)).to_be_visible()
        home_page.keyboard.press("Escape")
        expect(dialog(home_page)).to_be_hidden()


PRESS = """(field, keys) => field.dispatchEvent(
  new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...keys }))"""


def test_the_shortcut_leaves_a_text_field_its_keys(reader: Page) -> None:
    """On a Mac, Control and K cut the rest of the line."""
    reader.goto("kickoff/worksheet/")
    for label in ("Project", "Who is in the room"):
        reader.get_by_label(label).first.press("Control+k")
        expect(dialog(reader)).to_be_hidden()
    reader.get_by_label("Stage").press("Control+k")
    expect(dialog(reader)).to_be_visible()


def test_the_field_keeps_the_keys_that_are_its_own(page: Page) -> None:
    """An input method chooses a word with the arrow keys; Shift and an arrow key select."""
    look_for(page, "model")
    field = page.get_by_role("searchbox")
    for key in ("ArrowDown", "Escape"):
        for held in ("isComposing", "shiftKey", "ctrlKey", "altKey", "metaKey"):
            assert field.evaluate(PRESS, {"key": key, held: True}), f"{key} with {held} is taken"
            expect(field).to_be_focused()
            expect(dialog(page)).to_be_visible()


def test_its_button_is_pressed_as_buttons_are(home_page: Page) -> None:
    for key in ("Enter", "Space"):
        button(home_page).press(key)
        expect(dialog(home_page)).to_be_visible()
        home_page.keyboard.press("Escape")
        expect(dialog(home_page)).to_be_hidden()


def test_enter_opens_the_first_result(page: Page, playbook: Playbook) -> None:
    question = playbook.live[-1]
    look_for(page, question.title)
    address = results(page).first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    expect(dialog(page)).to_be_hidden()


def test_a_result_leads_to_its_question(reader: Page, playbook: Playbook, server: str) -> None:
    question = playbook.live[-1]
    reader.goto(f"roles/{question.role}/")
    button(reader).click()
    look_for(reader, question.title)
    results(reader).and_(reader.locator(f"[href$='q/{question.id}/']")).first.click()
    expect(dialog(reader)).to_be_hidden()
    expect_question_in_view(reader, server, question.id)


def test_the_arrow_keys_move_through_the_results(page: Page) -> None:
    look_for(page, "model")
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(results(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    last = results(page).count() - 1
    for _ in range(last + 2):
        page.keyboard.press("ArrowDown")
    expect(results(page).nth(last)).to_be_focused()


@pytest.mark.parametrize("typed", ["", "model"])
def test_escape_closes_and_the_button_has_the_focus_again(page: Page, typed: str) -> None:
    if typed:
        look_for(page, typed)
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(button(page)).to_be_focused()


def test_the_close_button_closes(page: Page) -> None:
    page.get_by_role("button", name="Close").click()
    expect(dialog(page)).to_be_hidden()
    expect(button(page)).to_be_focused()


def test_the_close_button_closes_by_keyboard(page: Page) -> None:
    look_for(page, "model")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_hidden()


def test_nothing_found_says_so(page: Page) -> None:
    page.get_by_role("searchbox").fill("xyzzyx")
    expect(dialog(page).get_by_role("status")).to_contain_text("Nothing found for “xyzzyx”")
    expect(results(page)).to_have_count(0)


def test_an_emptied_field_shows_no_results(page: Page) -> None:
    look_for(page, "model")
    page.get_by_role("searchbox").fill("  ")
    expect(results(page)).to_have_count(0)
    expect(dialog(page).get_by_role("status")).to_have_text("")


def test_a_lost_connection_says_so_and_the_next_try_works(reader: Page, guard: Guard) -> None:
    guard.expect("Failed to load resource: net::ERR_FAILED.*search_index.json")
    reader.goto("./")
    reader.route(INDEX, lambda route: route.abort())
    button(reader).click()
    reader.get_by_role("searchbox").fill("model")
    status = dialog(reader).get_by_role("status")
    expect(status).to_contain_text("Search could not be loaded")
    expect(status).to_contain_text("All questions are on one page")
    reader.unroute(INDEX)
    reader.get_by_role("searchbox").press_sequentially("s")
    expect(results(reader).first).to_be_visible()


def test_an_index_that_is_gone_says_so(reader: Page, guard: Guard) -> None:
    guard.expect("status of 404.*search_index.json")
    reader.goto("./")
    reader.route(INDEX, lambda route: route.fulfill(status=404, body="gone"))
    button(reader).click()
    reader.get_by_role("searchbox").fill("model")
    expect(dialog(reader).get_by_role("status")).to_contain_text("Search could not be loaded")


def test_markup_in_a_result_is_shown_and_not_run(reader: Page) -> None:
    shown = "<img src=x onerror=alert(1)>"
    escaped = shown.replace("<", "&lt;").replace(">", "&gt;")

    def plant(route: Route) -> None:
        index = json.loads(route.fetch().body())
        text = f"<p>zebra {escaped}</p><img src=y><b>bold</b>"
        index["docs"].append({"location": "why/#z", "title": f"zebra {escaped}", "text": text})
        route.fulfill(json=index)

    reader.route(INDEX, plant)
    reader.goto("./")
    button(reader).click()
    look_for(reader, "zebra")
    expect(results(reader).first).to_have_text(f"zebra {shown}")
    expect(dialog(reader).get_by_role("listitem").first).to_contain_text(f"zebra {shown}")
    expect(dialog(reader).locator("li :is(img, b)")).to_have_count(0)


def test_it_works_by_touch(open_reader: OpenReader, playbook: Playbook, server: str) -> None:
    page = open_reader(width=PHONE, has_touch=True, is_mobile=True)
    question = playbook.live[0]
    page.goto("why/")
    button(page).tap()
    look_for(page, question.title)
    results(page).and_(page.locator(f"[href$='q/{question.id}/']")).first.tap()
    expect_question_in_view(page, server, question.id)
