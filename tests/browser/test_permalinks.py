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
  return {
    where: element.getAttribute("href") ?? element.id,
    words: element.textContent,
    question: element.closest("section")?.querySelector("h3")?.id ?? "",
    isPermalink: Boolean(element.closest("h3")),
    shows: element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      parseFloat(getComputedStyle(element).opacity) > 0.5,
    inView: (({ top, bottom }) => top > -1 && bottom < innerHeight + 1)(
      element.getBoundingClientRect()),
  };
}"""
# Focuses the last stop before a heading's own link.
STOP_BEFORE = """heading => {
  const stops = [...document.querySelectorAll("main :is(a[href], button)")]
    .filter((element) => element.checkVisibility());
  stops[stops.indexOf(heading.querySelector("a")) - 1].focus();
}"""


def tab_through(page: Page, question: Question) -> list[dict[str, Any]]:
    """Press Tab from just before a question until behind it; return its stops, in order."""
    page.locator(f"[id='{question.id}']").evaluate(STOP_BEFORE)
    stops: list[dict[str, Any]] = []
    for _ in range(100):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["question"] == question.id:
            stops.append(stop)
        elif stops:
            return stops
    raise AssertionError(f"Tab does not come to {question.id}, or not out of it")


def test_tab_comes_to_every_permanent_link_and_shows_it(reader: Page, playbook: Playbook) -> None:
    """In the first and the last question of a page."""
    role = playbook.vocabulary.roles[-1]
    asked = [question for question in playbook.live if question.role == role.id]
    reader.goto(f"roles/{role.id}/")
    for question in (asked[0], asked[-1]):
        stops = tab_through(reader, question)
        permanent = [stop for stop in stops if stop["where"].endswith(f"/q/{question.id}/")]
        assert len(permanent) == 1, question.id
        assert question.title in permanent[0]["words"]
        assert permanent[0]["shows"], f"the permanent link of {question.id} is not seen"
        assert permanent[0]["inView"], f"the permanent link of {question.id} is out of view"
        headings = [stop for stop in stops if stop["isPermalink"]]
        assert len(headings) == 1, question.id
        assert headings[0]["shows"], f"the focused permalink of the heading {question.id} is hidden"
        assert headings[0]["inView"], question.id


def test_names_of_permanent_links_say_which_question(reader: Page, playbook: Playbook) -> None:
    """The accessible name: what a screen reader's list of links shows."""
    question = playbook.live[0]
    reader.goto(f"roles/{question.role}/")
    link = reader.locator(f"a[data-copy-link][href$='/q/{question.id}/']")
    expect(link).to_have_accessible_name(f"Copy link to “{question.title}”")
    edit = re.compile(f"^Improve this question ?: {re.escape(question.title)}$")
    expect(reader.get_by_role("link", name=edit)).to_have_count(1)
