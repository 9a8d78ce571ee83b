"""A link to a question opens at that question, wherever it is followed.

That each link leads to its own question is read from the built pages: tests/test_question_pages.py.
Here a few are followed.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from macros.model.question import Playbook, Question
from tests.browser.reader import every_width, expect_in_view, expect_question_in_view, resize


def first_and_last(playbook: Playbook) -> list[Question]:
    """The first and the last question of each role."""
    by_role = [
        [question for question in playbook.live if question.role == role.id]
        for role in playbook.vocabulary.roles
    ]
    return [question for asked in by_role for question in (asked[0], asked[-1])]


@every_width
def test_an_address_on_the_page_of_its_role_still_opens_at_it(
    reader: Page, playbook: Playbook, server: str, width: int
) -> None:
    resize(reader, width)
    for question in first_and_last(playbook)[1::2]:
        reader.goto("about:blank")
        reader.goto(f"roles/{question.role}/#{question.id}")
        expect(reader).to_have_url(f"{server}roles/{question.role}/#{question.id}")
        expect_in_view(reader.locator(f"[id='{question.id}']"))


@every_width
def test_its_permanent_address_is_its_page(
    reader: Page, playbook: Playbook, server: str, width: int
) -> None:
    resize(reader, width)
    for question in first_and_last(playbook)[::2]:
        reader.goto(f"q/{question.id}/")
        expect_question_in_view(reader, server, question.id)


@every_width
def test_needs_first_leads_to_the_question_of_another_role(
    reader: Page, playbook: Playbook, server: str, width: int
) -> None:
    resize(reader, width)
    known = {question.id: question for question in playbook.live}
    edges = [
        (question, known[name])
        for question in playbook.live
        for name in question.needs
        if name in known and known[name].role != question.role
    ]
    assert edges, "no question needs the answer of another role"
    for question, needed in (edges[0], edges[-1]):
        reader.goto(f"q/{question.id}/")
        section = reader.locator("section", has=reader.get_by_role("heading", name="Needs first"))
        section.get_by_role("link", name=needed.title, exact=True).click()
        expect_question_in_view(reader, server, needed.id)


def test_a_link_on_the_page_of_a_role_arrives(
    reader: Page, playbook: Playbook, server: str
) -> None:
    last = playbook.must_ask[-1]
    reader.goto(f"roles/{last.role}/")
    contents = reader.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name=last.title, exact=True).click()
    expect_in_view(reader.locator(f"[id='{last.id}']"))


def test_back_leads_back(reader: Page, playbook: Playbook, server: str) -> None:
    question = playbook.live[-1]
    reader.goto("why/")
    heading = reader.get_by_role("heading", level=1).text_content() or ""
    reader.goto(f"q/{question.id}/")
    reader.go_back()
    expect(reader).to_have_url(f"{server}why/")
    expect(reader.get_by_role("heading", level=1)).to_have_text(heading)
    reader.go_forward()
    expect_question_in_view(reader, server, question.id)


def test_the_question_arrived_at_is_marked(reader: Page, playbook: Playbook) -> None:
    """On the page of its role, whether it stands there whole or in short."""
    background = "e => getComputedStyle(e).backgroundColor"
    for question in (playbook.must_ask[-1], playbook.live[-1]):
        reader.goto(f"roles/{question.role}/#{question.id}")
        place = reader.locator(f"[id='{question.id}']")
        page = reader.get_by_role("article")
        assert place.evaluate(background) != page.evaluate(background), question.id
