"""Search: fetched when it is wanted, worked by keyboard, honest when it fails.

What it finds, modules/test_search_finds.py asks without a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from macros.model.question import Playbook
from tests.browser.reader import IDLE, PHONE, Guard, OpenReader
from tests.browser.search_dialog import button, dialog, look_for, results

INDEX = "**/search/index.json"


@pytest.fixture(scope="module")
def home_page(shared_page: Page) -> Page:
    """A reader on the home page, who stays there for all tests that only search."""
    shared_page.goto("./")
    return shared_page


# Before the browser has drawn the page again: so long the hidden field has the focus.
CLOSE_AND_TYPE_A_SLASH = """() => {
  document.querySelector("dialog").close();
  const key = { key: "/", bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key));
}"""
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
    wanted = re.compile(r"search-(?:index|results)\.js")
    for path in built_site.rglob("*.html"):
        assert not wanted.search(path.read_text(encoding="utf-8")), path
    scripts = {
        path.relative_to(built_site / "assets").as_posix(): path.read_text(encoding="utf-8")
        for path in built_site.joinpath("assets").rglob("*.js")
    }
    statically = re.compile(r"""(?:^|\s)(?:from|import)\s*["'][^"']*search-(?:index|results)""")
    assert {name for name, text in scripts.items() if statically.search(text)} == set()


def test_it_opens_by_shortcut_and_by_its_button(home_page: Page) -> None:
    expect(button(home_page)).to_have_attribute("title", "Ctrl+K or /")
    for key in ("Control+k", "Control+K", "/", "Shift+/"):  # The second as with Caps Lock.
        home_page.keyboard.press(key)
        expect(dialog(home_page)).to_be_visible()
        expect(home_page.get_by_role("searchbox")).to_be_focused()
        expect(home_page.get_by_role("searchbox")).to_have_value("")
        home_page.keyboard.press("Control+k")
        expect(dialog(home_page)).to_be_visible()
        home_page.keyboard.press("Escape")
        expect(dialog(home_page)).to_be_hidden()
    home_page.keyboard.press("/")
    home_page.evaluate(CLOSE_AND_TYPE_A_SLASH)
    expect(dialog(home_page)).to_be_visible()
    home_page.keyboard.press("Escape")
    for key in ("Enter", "Space"):
        button(home_page).press(key)
        expect(dialog(home_page)).to_be_visible()
        home_page.keyboard.press("Escape")
        expect(dialog(home_page)).to_be_hidden()
        expect(button(home_page)).to_be_focused()
    for key in ("Meta+k", "Control+Shift+k", "Control+/", "Alt+/"):
        home_page.keyboard.press(key)
        expect(dialog(home_page)).to_be_hidden()


def test_it_is_fetched_when_it_is_wanted_and_a_lost_connection_says_so(
    reader: Page, guard: Guard
) -> None:
    """The next try works, and markup in what it finds is shown and not run."""
    guard.expect("Failed to load resource: net::ERR_FAILED.*index.json")
    guard.expect("status of 404.*index.json")
    shown = "<img src=x onerror=alert(1)>"

    def plant(route: Route) -> None:
        index = json.loads(route.fetch().body())
        index["entries"].append({"at": "why/#z", "title": f"zebra {shown}", "text": shown})
        route.fulfill(json=index)

    fetched: list[str] = []
    reader.on("request", lambda request: fetched.append(request.url))
    reader.goto("./")
    reader.evaluate(IDLE)
    wanted = re.compile("search/index|search-index|search-results")
    assert [address for address in fetched if wanted.search(address)] == []

    reader.route(INDEX, lambda route: route.abort())
    button(reader).click()
    field, status = reader.get_by_role("searchbox"), dialog(reader).get_by_role("status")
    field.fill("zebr")
    expect(status).to_contain_text("Search could not be loaded")
    expect(status).to_contain_text("See all questions on one page")
    reader.route(INDEX, lambda route: route.fulfill(status=404, body="gone"))
    field.press_sequentially("a")
    expect(status).to_contain_text("the index answered 404")
    reader.route(INDEX, plant)
    field.press_sequentially(" z")
    expect(results(reader).first).to_have_text(f"zebra {shown}")
    expect(dialog(reader).get_by_role("listitem").locator("p").first).to_have_text(shown)
    expect(dialog(reader).locator("li img")).to_have_count(0)
    for name in ("search-results", "search-index"):
        assert sum(name in address for address in fetched) == 1, name


def test_it_works_by_touch_and_apple_systems_have_a_key_of_their_own(
    open_reader: OpenReader, playbook: Playbook
) -> None:
    page = open_reader(width=PHONE, has_touch=True, is_mobile=True)
    page.add_init_script("Object.defineProperty(navigator, 'platform', { get: () => 'iPhone' })")
    question = playbook.live[0]
    page.goto("why/")
    page.keyboard.press("Control+k")
    expect(dialog(page)).to_be_hidden()
    page.keyboard.press("Meta+k")
    expect(dialog(page)).to_contain_text("⌘K")
    page.get_by_role("button", name="Close").tap()
    button(page).tap()
    look_for(page, question.title)
    results(page).first.tap()
    expect(page).to_have_url(re.compile(question.id))


FIELDS = """() => document.body.insertAdjacentHTML("beforeend",
  "<div id=fields><textarea></textarea><input><p contenteditable>a</p></div>")"""


def test_the_shortcuts_leave_a_text_field_its_keys(home_page: Page) -> None:
    """On a Mac, Control and K cut the rest of the line; and a slash is a sign like others."""
    home_page.evaluate(FIELDS)
    for field in home_page.locator("#fields > *").all():
        for key in ("Control+k", "/"):
            field.press(key)
            expect(dialog(home_page)).to_be_hidden()
    expect(home_page.locator("#fields textarea")).to_have_value("/")
    home_page.evaluate("document.querySelector('#fields').remove()")


def test_who_wants_no_single_key_can_switch_it_off(home_page: Page) -> None:
    """Whoever dictates would open the search by speaking: WCAG 2.1.4."""
    home_page.keyboard.press("/")
    home_page.get_by_role("checkbox", name="opens it too").uncheck()
    home_page.keyboard.press("Escape")
    home_page.reload()
    expect(button(home_page)).to_have_attribute("aria-keyshortcuts", "Control+K")
    home_page.keyboard.press("/")
    expect(dialog(home_page)).to_be_hidden()
    home_page.keyboard.press("Control+k")
    home_page.get_by_role("checkbox", name="opens it too").check()
    assert home_page.evaluate("localStorage.length") == 0
    home_page.keyboard.press("Escape")


PRESS = """(field, keys) => field.dispatchEvent(
  new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...keys }))"""


def test_the_field_keeps_the_keys_that_are_its_own(page: Page) -> None:
    """An input method chooses a word with the arrow keys; Shift and an arrow key select."""
    look_for(page, "model")
    field = page.get_by_role("searchbox")
    for key in ("ArrowDown", "Escape"):
        for held in ("isComposing", "shiftKey", "ctrlKey", "altKey", "metaKey"):
            assert field.evaluate(PRESS, {"key": key, held: True}), f"{key} with {held} is taken"
        assert field.evaluate(PRESS, {"key": key, "keyCode": 229}), f"{key} is taken in Safari"
    address = page.url
    field.dispatch_event("compositionstart")
    for key in ("ArrowDown", "Enter", "Escape"):  # A browser hands these on while it composes.
        page.keyboard.press(key)
        expect(field).to_be_focused()
        expect(dialog(page)).to_be_visible()
    assert page.url == address
    field.dispatch_event("compositionend")
    look_for(page, "model")
    page.keyboard.press("ArrowDown")
    expect(results(page).first).to_be_focused()


def test_enter_opens_the_first_result_the_page_of_the_question(
    page: Page, playbook: Playbook
) -> None:
    question = playbook.live[-1]
    look_for(page, question.title)
    address = results(page).first.get_attribute("href") or ""
    assert address.endswith(f"/q/{question.id}/")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(question.id))
    expect(page.get_by_role("heading", name=question.title).first).to_be_in_viewport()
    expect(dialog(page)).to_be_hidden()


def test_a_result_says_whom_it_asks_what_and_why_it_was_found(
    page: Page, playbook: Playbook
) -> None:
    question = playbook.live[-1]
    role = next(role for role in playbook.vocabulary.roles if role.id == question.role)
    phrase = question.search_phrases[0]
    look_for(page, phrase)
    link = page.locator(f"a[href$='/q/{question.id}/']")
    item = dialog(page).get_by_role("listitem").filter(has=link)
    expect(item).to_contain_text(f"{question.title} {role.label}")
    expect(item).to_contain_text(question.ask)
    expect(item).to_contain_text(f"Also asked as: {phrase}")
    expect(item.locator(f".pb-mark--{role.id}")).to_be_visible()


def test_the_arrow_keys_move_through_the_results(page: Page) -> None:
    look_for(page, "model")
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    last = results(page).count() - 1
    for _ in range(last + 2):
        page.keyboard.press("ArrowDown")
    expect(results(page).nth(last)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_escape_and_the_close_button_close_and_the_focus_is_where_it_was(page: Page) -> None:
    look_for(page, "model")
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_hidden()
    expect(button(page)).to_be_focused()
    button(page).press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_hidden()
    expect(button(page)).to_be_focused()


def test_nothing_found_says_so_and_an_emptied_field_says_nothing(page: Page) -> None:
    look_for(page, "model")
    page.get_by_role("searchbox").fill("xyzzyx")
    status = dialog(page).get_by_role("status")
    expect(status).to_contain_text("Nothing found for “xyzzyx”")
    expect(status.get_by_role("link")).to_have_attribute("href", re.compile("reference/questions/"))
    expect(results(page)).to_have_count(0)
    page.get_by_role("searchbox").fill("  ")
    expect(results(page)).to_have_count(0)
    expect(status).to_have_text("")
