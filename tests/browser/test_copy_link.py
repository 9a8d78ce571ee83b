"""One click puts a question's permanent address on the clipboard, and says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.model.question import Playbook, Question
from tests.browser.reader import WHOLE, OpenReader, expect_question_in_view

CLIPBOARD = ["clipboard-read", "clipboard-write"]
READ_CLIPBOARD = "navigator.clipboard.readText()"


@pytest.fixture
def page(reader: Page) -> Page:
    """A reader whose browser lets pages use the clipboard."""
    reader.context.grant_permissions(CLIPBOARD)
    return reader


def section_of(page: Page, question: Question) -> Locator:
    return page.locator("section", has=page.locator(f"[id='{question.id}']"))


def copy_link(page: Page, question: Question) -> Locator:
    return section_of(page, question).get_by_role("link", name=f"Copy link to “{question.title}”")


def test_it_copies_the_permanent_address_and_says_so(
    page: Page, playbook: Playbook, server: str
) -> None:
    """By keyboard too; and what it copied leads to the question."""
    role = playbook.vocabulary.roles[0]
    asked = [question for question in playbook.live if question.role == role.id]
    page.goto(f"roles/{role.id}/")
    copy_link(page, asked[0]).press("Enter")
    expect(page.get_by_role("status")).to_have_text(f"Link copied to “{asked[0].title}”")
    assert page.evaluate(READ_CLIPBOARD) == f"{server}q/{asked[0].id}/"
    expect(copy_link(page, asked[0])).to_be_focused()
    copy_link(page, asked[-1]).click()
    expect(page.get_by_role("status")).to_have_text(f"Link copied to “{asked[-1].title}”")
    expect(section_of(page, asked[-1])).to_contain_text("Copied")
    expect(page).to_have_url(f"{server}roles/{role.id}/")
    copied = page.evaluate(READ_CLIPBOARD)
    assert copied == f"{server}q/{asked[-1].id}/"
    page.goto(copied)
    expect_question_in_view(page, server, asked[-1].id)


REFUSED = """Object.defineProperty(navigator, "clipboard", {
  value: { writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) },
})"""
MISSING = "delete Navigator.prototype.clipboard"


@pytest.mark.parametrize("clipboard", [REFUSED, MISSING], ids=["refused", "missing"])
def test_it_shows_the_address_where_it_cannot_copy(
    reader: Page, playbook: Playbook, server: str, clipboard: str
) -> None:
    question = playbook.live[0]
    page = reader.context.new_page()
    page.add_init_script(clipboard)
    page.goto(f"roles/{question.role}/")
    copy_link(page, question).click()
    address = f"{server}q/{question.id}/"
    shown = section_of(page, question).get_by_text(address, exact=True)
    expect(shown).to_be_visible()
    expect(shown).to_be_in_viewport(ratio=WHOLE)
    expect(page.get_by_role("status")).to_contain_text(address)
    expect(page.get_by_role("status")).to_contain_text("Could not copy")
    expect(section_of(page, question).get_by_text("Copied", exact=True)).to_have_count(0)


def test_with_a_key_held_it_opens_as_any_link_does(
    page: Page, playbook: Playbook, server: str
) -> None:
    question = playbook.live[0]
    page.goto(f"roles/{question.role}/")
    with page.context.expect_page() as opened:
        copy_link(page, question).click(modifiers=["Control"])
    opened.value.wait_for_url(f"{server}q/{question.id}/")
    opened.value.close()
    with page.context.expect_page() as opened:
        copy_link(page, question).click(modifiers=["Shift"])
    expect_question_in_view(opened.value, server, question.id)
    expect(page.get_by_role("status")).to_have_text("")


def test_the_note_goes_away(open_reader: OpenReader, playbook: Playbook) -> None:
    clocked = open_reader(permissions=CLIPBOARD)
    clocked.clock.install()
    question = playbook.live[0]
    clocked.goto(f"roles/{question.role}/")
    copy_link(clocked, question).click()
    expect(clocked.get_by_text("Copied", exact=True)).to_be_visible()
    clocked.clock.run_for(10_000)
    expect(clocked.get_by_text("Copied", exact=True)).to_have_count(0)
