"""Reading, following links and looking up words need no JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from macros.model.question import Playbook
from tests.browser.reader import PHONE, OpenReader, expect_question_in_view


@pytest.fixture
def plain(open_reader: OpenReader) -> Page:
    """A reader whose browser runs no script."""
    return open_reader(java_script_enabled=False)


def test_every_page_shows_its_text(plain: Page, heaviest_pages: list[str]) -> None:
    """One page of all with the same styles and scripts: what is shown is a matter of those."""
    for address in heaviest_pages:
        plain.goto(address)
        expect(plain.locator("article h1")).to_be_visible()
        paragraphs = plain.locator("article p").filter(visible=True)
        assert paragraphs.count() > 1, address
        expect(plain.get_by_role("contentinfo")).to_be_visible()


def test_every_question_is_open_on_its_page(plain: Page, playbook: Playbook) -> None:
    for role in playbook.vocabulary.roles:
        plain.goto(f"roles/{role.id}/")
        for question in playbook.live:
            if question.role == role.id:
                section = plain.locator("section", has=plain.locator(f"[id='{question.id}']"))
                lines = section.inner_text().split("\n")  # Without what is hidden.
                for name in ("Why ask", "A good answer sounds like", "Warning sign", "Show me"):
                    assert name in lines, f"{question.id}: {name} is hidden"
        assert plain.locator("section details:not([open])").count() == 0, role.id


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


def test_permanent_links_are_links(plain: Page, playbook: Playbook, server: str) -> None:
    for role in playbook.vocabulary.roles:
        plain.goto(f"roles/{role.id}/")
        question = [q for q in playbook.live if q.role == role.id][-1]
        plain.get_by_role("link", name=f"Permanent link to “{question.title}”").click()
        expect_question_in_view(plain, server, role.id, question.id)


@pytest.mark.parametrize("name", ["./", "roles/business/", "why/"])
def test_a_word_is_explained_on_click(plain: Page, name: str) -> None:
    plain.goto(name)
    term = plain.locator(".pb-term").first
    expect(term.locator("[popover]")).to_be_hidden()
    term.get_by_role("button").click()
    expect(term.locator("[popover]")).to_be_visible()
    expect(term.locator("[popover]")).to_be_in_viewport(ratio=1)
    term.get_by_role("button").click()
    expect(term.locator("[popover]")).to_be_hidden()


def test_the_menu_opens_on_a_phone(open_reader: OpenReader, server: str) -> None:
    page = open_reader(width=PHONE, java_script_enabled=False)
    page.goto("./")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Roles").click()
    expect(page).to_have_url(f"{server}roles/")
