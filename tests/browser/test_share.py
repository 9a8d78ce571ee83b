"""Share, at the title of a question: the system's own sheet, else a copy; else a plain link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.model.question import Playbook
from tests.browser.reader import OpenReader, expect_question_in_view

CLIPBOARD = ["clipboard-read", "clipboard-write"]
READ_CLIPBOARD = "navigator.clipboard.readText()"
# A system with a sheet, which notes what it was given, and ends as it is told.
SHEET = """Object.defineProperty(navigator, "canShare", { value: () => true });
Object.defineProperty(navigator, "share", { value: async (given) => {
  window.shared = given;
  if ("%s") throw new DOMException("", "%s");
} });"""
NO_SHEET = """for (const name of ["share", "canShare"]) delete Navigator.prototype[name];"""
REFUSED = """Object.defineProperty(navigator, "clipboard", {
  value: { writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) },
});"""
MISSING = "delete Navigator.prototype.clipboard;"


def share(page: Page) -> Locator:
    return page.locator("a[data-share]")


def visit(reader: Page, playbook: Playbook, script: str) -> Page:
    """Open a question in a browser that is changed by a script."""
    reader.context.grant_permissions(CLIPBOARD)
    page = reader.context.new_page()
    page.add_init_script(script)
    page.goto(f"q/{playbook.live[0].id}/")
    expect(share(page)).to_have_accessible_name("Share")
    expect(share(page)).to_have_role("button")
    return page


def test_it_opens_the_systems_sheet_with_what_is_asked_and_the_permanent_address(
    reader: Page, playbook: Playbook, server: str
) -> None:
    question = playbook.live[0]
    page = visit(reader, playbook, SHEET % ("", ""))
    share(page).click()
    given = page.evaluate("window.shared")
    assert given["title"] == question.title
    assert given["text"] == question.ask
    assert given["url"] == f"{server}q/{question.id}/"
    expect(share(page)).to_have_text("Share")


def test_who_closes_the_sheet_copies_nothing_and_where_it_fails_it_copies(
    reader: Page, playbook: Playbook
) -> None:
    closed = visit(reader, playbook, SHEET % ("closed", "AbortError"))
    share(closed).click()
    closed.wait_for_function("window.shared")
    expect(share(closed)).to_have_text("Share")
    failing = visit(reader, playbook, SHEET % ("failed", "DataError"))
    share(failing).click()
    expect(share(failing)).to_have_text("Copied")


@pytest.mark.parametrize("key", ["click", "Enter", "Space"])
def test_without_a_sheet_it_copies_the_permanent_address_and_says_so(
    reader: Page, playbook: Playbook, server: str, key: str
) -> None:
    page = visit(reader, playbook, NO_SHEET)
    if key == "click":
        share(page).click()
    else:
        share(page).press(key)
    expect(page.get_by_role("status").first).to_have_text("Link copied")
    expect(share(page)).to_have_text("Copied")
    assert page.evaluate(READ_CLIPBOARD) == f"{server}q/{playbook.live[0].id}/"


@pytest.mark.parametrize("clipboard", [REFUSED, MISSING], ids=["refused", "missing"])
def test_where_it_cannot_copy_it_shows_the_address(
    reader: Page, playbook: Playbook, server: str, clipboard: str
) -> None:
    page = visit(reader, playbook, NO_SHEET + clipboard)
    share(page).click()
    said = page.get_by_text(f"Could not copy. The address is {server}q/{playbook.live[0].id}/")
    expect(said).to_be_in_viewport()
    expect(share(page)).to_have_text("Share")


def test_with_a_key_held_it_opens_as_any_link_does(
    reader: Page, playbook: Playbook, server: str
) -> None:
    page = visit(reader, playbook, SHEET % ("", ""))
    with page.context.expect_page() as opened:
        share(page).click(modifiers=["Control"])
    expect_question_in_view(opened.value, server, playbook.live[0].id)
    assert page.evaluate("window.shared") is None


def test_without_a_script_it_is_a_plain_permanent_link(
    open_reader: OpenReader, playbook: Playbook, server: str
) -> None:
    plain = open_reader(java_script_enabled=False)
    question = playbook.live[0]
    plain.goto(f"q/{question.id}/?from=a-chat#x")
    plain.get_by_role("link", name="Permanent link").click()
    expect(plain).to_have_url(f"{server}q/{question.id}/")
