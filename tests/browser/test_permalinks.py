"""On the page of a role, the links to a question are reached by keyboard and seen.

That each question has them is read from the built pages: tests/test_question_pages.py.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from macros.model.question import Playbook, Question

FOCUSED = """() => {
  const element = document.activeElement;
  return {
    where: element.getAttribute("href") ?? "",
    question: element.closest("h3, li")?.id ?? "",
    shows: element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      parseFloat(getComputedStyle(element).opacity) > 0.5,
    inView: (({ top, bottom }) => top > -1 && bottom < innerHeight + 1)(
      element.getBoundingClientRect()),
  };
}"""
# Focuses the last stop before a question's own link.
STOP_BEFORE = """place => {
  const stops = [...document.querySelectorAll("main :is(a[href], button)")]
    .filter((element) => element.checkVisibility());
  stops[stops.indexOf(place.querySelector("a")) - 1].focus();
}"""


def tab_through(page: Page, question: Question) -> list[dict[str, Any]]:
    """Press Tab from just before a question's title until behind it; return the stops in it."""
    page.locator(f"[id='{question.id}']").evaluate(STOP_BEFORE)
    stops: list[dict[str, Any]] = []
    for _ in range(20):  # A word before it may open, and has a link of its own.
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["question"] == question.id:
            stops.append(stop)
        elif stops:
            return stops
    raise AssertionError(f"Tab does not come to {question.id}, or not out of it")


def test_tab_comes_to_the_links_of_a_question_and_shows_them(
    reader: Page, playbook: Playbook
) -> None:
    """Of one that stands there whole, with a link to its heading, and of one in short."""
    for question in (playbook.must_ask[-1], playbook.live[-1]):
        reader.goto(f"roles/{question.role}/")
        stops = tab_through(reader, question)
        expected = [f"../../q/{question.id}/", f"#{question.id}"]
        whole = question.priority == "must"
        assert [stop["where"] for stop in stops] == expected[: 2 if whole else 1]
        assert all(stop["shows"] and stop["inView"] for stop in stops), stops
