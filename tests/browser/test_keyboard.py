"""From the home page to a question with nothing but the keyboard, on a wide window and a phone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from macros.model.question import Playbook
from tests.browser.reader import PHONE, WHOLE, every_width, expect_in_view, resize, tab_to

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
def test_the_first_stop_skips_to_the_content(reader: Page, width: int) -> None:
    resize(reader, width)
    reader.goto("roles/business/")
    skip = reader.get_by_role("link", name="Skip to content")
    expect(skip).not_to_be_in_viewport()
    reader.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=WHOLE)
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("main")).to_be_focused()
    expect(reader.get_by_role("heading", level=1)).to_be_in_viewport()
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.querySelector('main').contains(document.activeElement)")


@every_width
def test_from_home_through_a_door_to_a_question(
    reader: Page, playbook: Playbook, width: int
) -> None:
    resize(reader, width)
    role = playbook.vocabulary.roles[1]
    question = [each for each in playbook.must_ask if each.role == role.id][-1]
    reader.goto("./")
    door = reader.get_by_role("main").get_by_role("link", name=role.label)
    tab_to(reader, door)
    expect(door).to_be_in_viewport(ratio=WHOLE)
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"**/roles/{role.id}/")
    if width == PHONE:
        tab_to(reader, reader.get_by_role("button", name="On this page"))
        reader.keyboard.press("Enter")
    contents = reader.get_by_role("navigation", name="On this page")
    link = contents.get_by_role("link", name=question.title, exact=True)
    tab_to(reader, link)
    expect(link).to_be_in_viewport(ratio=WHOLE)
    reader.keyboard.press("Enter")
    expect_in_view(reader.locator(f"[id='{question.id}']"))
    reader.keyboard.press("Tab")
    section = reader.locator("section", has=reader.locator(f"[id='{question.id}']"))
    assert section.evaluate("e => e.contains(document.activeElement)"), "the focus did not follow"


@every_width
def test_every_stop_on_the_way_is_seen(reader: Page, width: int) -> None:
    resize(reader, width)
    reader.goto("./")
    seen = []
    while True:
        reader.keyboard.press("Tab")
        here: dict[str, Any] | None = reader.evaluate(FOCUSED)
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


def test_the_menu_on_a_phone(phone: Page, server: str) -> None:
    phone.goto("./")
    button = phone.get_by_role("button", name="Menu")
    menu = phone.get_by_role("navigation", name="Main")
    expect(menu).to_be_hidden()
    tab_to(phone, button)
    phone.keyboard.press("Enter")
    expect(menu).to_be_visible()
    phone.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    phone.keyboard.press("Enter")
    expect(menu).to_be_visible()
    phone.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    tab_to(phone, menu.get_by_role("link", name="Roles"), most=8)
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(f"{server}roles/")


def test_no_menu_button_where_the_menu_stands_open(reader: Page) -> None:
    reader.goto("./")
    expect(reader.get_by_role("button", name="Menu")).to_be_hidden()
    expect(reader.get_by_role("navigation", name="Main")).to_be_visible()


def test_escape_leaves_an_explanation_for_its_word(reader: Page) -> None:
    reader.goto("why/")
    term = reader.locator(".pb-term").first
    tab_to(reader, term.get_by_role("button"))
    text = term.locator("[popover]")
    expect(text).to_be_visible()
    reader.keyboard.press("Tab")
    expect(text.get_by_role("link")).to_be_focused()
    reader.keyboard.press("Escape")
    expect(text).to_be_hidden()
    expect(term.get_by_role("button")).to_be_focused()
