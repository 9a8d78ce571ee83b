"""A link to a question opens at that question, wherever it is followed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from macros.model.question import Playbook
from tests.browser.reader import PHONE, WIDE, OpenReader, expect_question_in_view


def some(playbook: Playbook, width: int) -> list[tuple[str, str]]:
    """Role and id of every question, or on a phone of the first and last of each role."""
    found = [(question.role, question.id) for question in playbook.live]
    if width == WIDE:
        return found
    ends = []
    for role in playbook.vocabulary.roles:
        mine = [entry for entry in found if entry[0] == role.id]
        ends += [mine[0], mine[-1]]
    return ends


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_its_address_opens_at_the_question(
    open_reader: OpenReader, playbook: Playbook, server: str, width: int
) -> None:
    page = open_reader(width=width)
    for role, question in some(playbook, width):
        page.goto("about:blank")
        page.goto(f"roles/{role}/#{question}")
        expect_question_in_view(page, server, role, question)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_its_permanent_address_arrives_at_the_same_place(
    open_reader: OpenReader, playbook: Playbook, server: str, width: int
) -> None:
    page = open_reader(width=width)
    for role, question in some(playbook, width):
        page.goto(f"q/{question}/")
        page.wait_for_url(f"**/roles/{role}/#{question}")
        expect_question_in_view(page, server, role, question)


def test_earlier_names_arrive_too(reader: Page, playbook: Playbook, server: str) -> None:
    for question in playbook.live:
        for name in question.was:
            reader.goto(f"q/{name}/")
            reader.wait_for_url(f"**/roles/{question.role}/#{question.id}")
            expect_question_in_view(reader, server, question.role, question.id)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_needs_first_leads_to_the_question_of_another_role(
    open_reader: OpenReader, playbook: Playbook, server: str, width: int
) -> None:
    page = open_reader(width=width)
    known = {question.id: question for question in playbook.questions}
    edges = [
        (question, known[name])
        for question in playbook.live
        for name in question.needs
        if known[name].role != question.role and known[name].live
    ]
    assert edges, "no question needs the answer of another role"
    for question, needed in edges if width == WIDE else edges[:3]:
        page.goto(f"roles/{question.role}/")
        section = page.locator("section", has=page.locator(f"[id='{question.id}']"))
        line = section.locator("dl > div", has_text="Needs first")
        line.get_by_role("link", name=needed.title, exact=True).click()
        expect_question_in_view(page, server, needed.role, needed.id)


def test_a_link_on_the_same_page_arrives(reader: Page, playbook: Playbook, server: str) -> None:
    for role in playbook.vocabulary.roles:
        last = [question for question in playbook.live if question.role == role.id][-1]
        reader.goto(f"roles/{role.id}/")
        contents = reader.get_by_role("navigation", name="On this page")
        contents.get_by_role("link", name=last.title, exact=True).click()
        expect_question_in_view(reader, server, role.id, last.id)


def test_back_leads_back(reader: Page, playbook: Playbook, server: str) -> None:
    """The page at the permanent address stands in nobody's way."""
    question = playbook.live[-1]
    reader.goto("why/")
    reader.goto(f"q/{question.id}/")
    reader.wait_for_url(f"**/roles/{question.role}/#{question.id}")
    reader.go_back()
    expect(reader).to_have_url(f"{server}why/")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("isn’t magic")
    reader.go_forward()
    expect_question_in_view(reader, server, question.role, question.id)


def test_the_heading_arrived_at_is_marked(reader: Page, playbook: Playbook) -> None:
    question = playbook.live[-1]
    reader.goto(f"roles/{question.role}/#{question.id}")
    background = "e => getComputedStyle(e).backgroundColor"
    heading = reader.locator(f"[id='{question.id}']")
    others = reader.get_by_role("heading", level=3).filter(has_not=heading)
    assert heading.evaluate(background) != others.first.evaluate(background)
