"""The links to a question's own address are reached by keyboard and named after the question.

That each question has them is read from the built pages: tests/test_question_pages.py.
"""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from macros.model.question import Playbook, Question

FOCUSED = """() => {
  const element = document.activeElement;
  const heading = element.closest("h1, h2, h3");
  return {
    where: element === document.body ? "" : element.getAttribute("href") ?? element.id,
    words: element.textContent,
    heading: heading?.id ?? "",
    shows: element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      parseFloat(getComputedStyle(element).opacity) > 0.5,
    inView: (({ top, bottom }) => top > -1 && bottom < innerHeight + 1)(
      element.getBoundingClientRect()),
  };
}"""


def asked(playbook: Playbook, role: str) -> list[Question]:
    return [question for question in playbook.live if question.role == role]


def tab_stops(page: Page) -> list[dict[str, Any]]:
    """Everything that Tab comes to on the page, in order."""
    stops: list[dict[str, Any]] = []
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stops and (stop == stops[0] or not (stop["where"] or stop["words"])):
            return stops
        assert len(stops) < 3000, "Tab comes to no end"
        stops.append(stop)


def test_tab_comes_to_every_permanent_link_and_shows_it(reader: Page, playbook: Playbook) -> None:
    role = playbook.vocabulary.roles[-1]
    reader.goto(f"roles/{role.id}/")
    stops = tab_stops(reader)
    for question in asked(playbook, role.id):
        permanent = [stop for stop in stops if stop["where"].endswith(f"/q/{question.id}/")]
        assert len(permanent) == 1, question.id
        assert question.title in permanent[0]["words"]
        assert permanent[0]["shows"], f"the permanent link of {question.id} is not seen"
        assert permanent[0]["inView"], f"the permanent link of {question.id} is out of view"
        headings = [stop for stop in stops if stop["heading"] == question.id]
        assert len(headings) == 1, question.id
        assert headings[0]["shows"], f"the focused permalink of the heading {question.id} is hidden"
        assert headings[0]["inView"], question.id


def test_names_of_permanent_links_say_which_question(reader: Page, playbook: Playbook) -> None:
    """The accessible name: what a screen reader's list of links shows."""
    question = playbook.live[0]
    reader.goto(f"roles/{question.role}/")
    link = reader.locator(f"a[href$='/q/{question.id}/']")
    expect(link).to_have_accessible_name(f"Copy link to “{question.title}”")
    edit = re.compile(f"^Improve this question ?: {re.escape(question.title)}$")
    expect(reader.get_by_role("link", name=edit)).to_have_count(1)
