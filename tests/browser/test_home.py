"""The first screen says what this is and has one step to take, and one door for each role."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from macros.model.question import Playbook
from tests.browser.reader import WHOLE, every_width, resize
from tests.browser.worksheet.desk import ADDRESS as WORKSHEET


@every_width
def test_the_first_step_and_every_door_are_on_the_first_screen(
    reader: Page, playbook: Playbook, server: str, width: int
) -> None:
    resize(reader, width)
    reader.goto("./")
    expect(reader.get_by_role("heading", level=1)).to_be_in_viewport(ratio=WHOLE)
    start = reader.get_by_role("link", name="Prepare a kickoff")
    expect(start).to_be_in_viewport(ratio=WHOLE)
    assert start.evaluate("link => link.href") == f"{server}{WORKSHEET}"
    for role in playbook.vocabulary.roles:
        door = reader.get_by_role("main").get_by_role("link", name=role.label, exact=True)
        expect(door).to_have_count(1)
        expect(door).to_be_in_viewport(ratio=WHOLE)
        address = door.evaluate("link => link.href")
        assert address == f"{server}roles/{role.id}/"
    door.click()
    expect(reader).to_have_url(address)
    expect(reader.get_by_role("heading", level=1)).to_be_in_viewport(ratio=WHOLE)


def test_a_question_says_its_priority_in_words(reader: Page, playbook: Playbook) -> None:
    """Not only by its place or colour; that every question has the right word is read elsewhere."""
    labels = {entry.id: entry.label for entry in playbook.vocabulary.priorities}
    question = playbook.live[0]
    reader.goto(f"roles/{question.role}/")
    section = reader.locator("section", has=reader.locator(f"[id='{question.id}']"))
    expect(section.get_by_text(labels[question.priority], exact=True)).to_be_visible()
