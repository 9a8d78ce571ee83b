"""From the home page to a question with nothing but the keyboard, on a wide window and a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from macros.model.question import Playbook
from tests.browser.reader import PHONE, WIDE, OpenReader, expect_question_in_view, tab_to

every_width = pytest.mark.parametrize("width", [WIDE, PHONE])

FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const { top, bottom } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return {
    name: element.outerHTML,
    inView: bottom > 0 && top < innerHeight,
    outline: style.outlineStyle,
    thickness: parseFloat(style.outlineWidth),
  };
}"""


@every_width
def test_the_first_stop_skips_to_the_content(open_reader: OpenReader, width: int) -> None:
    page = open_reader(width=width)
    page.goto("roles/business/")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@every_width
def test_from_home_through_a_door_to_a_question(
    open_reader: OpenReader, playbook: Playbook, server: str, width: int
) -> None:
    page = open_reader(width=width)
    role = playbook.vocabulary.roles[1]
    question = [each for each in playbook.live if each.role == role.id][-1]
    page.goto("./")
    door = page.get_by_role("main").get_by_role("link", name=role.label)
    tab_to(page, door)
    expect(door).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/roles/{role.id}/")
    contents = page.get_by_role("navigation", name="On this page")
    link = contents.get_by_role("link", name=question.title, exact=True)
    tab_to(page, link)
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect_question_in_view(page, server, role.id, question.id)
    page.keyboard.press("Tab")
    section = page.locator("section", has=page.locator(f"[id='{question.id}']"))
    assert section.evaluate("e => e.contains(document.activeElement)"), "the focus did not follow"


@every_width
def test_every_stop_on_the_way_is_seen(open_reader: OpenReader, width: int) -> None:
    page = open_reader(width=width)
    page.goto("./")
    seen = []
    while True:
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(FOCUSED)
        if not here:
            break
        seen.append(here["name"])
        assert here["inView"], here
        if seen[1:]:  # The first, which skips to the content, is nothing but a focused link.
            assert here["outline"] == "solid", here
            assert here["thickness"] >= 2, here
        assert len(seen) < 500, "Tab comes to no end"
    assert len(seen) > 10
    assert len(set(seen)) == len(seen), "Tab comes to the same place twice"


def test_the_menu_on_a_phone(open_reader: OpenReader, server: str) -> None:
    page = open_reader(width=PHONE)
    page.goto("./")
    button = page.get_by_role("button", name="Menu")
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_hidden()
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    tab_to(page, menu.get_by_role("link", name="Roles"), most=8)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server}roles/")


def test_no_menu_button_where_the_menu_stands_open(open_reader: OpenReader) -> None:
    page = open_reader(width=WIDE)
    page.goto("./")
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_escape_leaves_an_explanation_for_its_word(open_reader: OpenReader) -> None:
    page = open_reader()
    page.goto("why/")
    term = page.locator(".pb-term").first
    tab_to(page, term.get_by_role("button"))
    text = term.locator("[popover]")
    expect(text).to_be_visible()
    page.keyboard.press("Tab")
    expect(text.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(text).to_be_hidden()
    expect(term.get_by_role("button")).to_be_focused()
