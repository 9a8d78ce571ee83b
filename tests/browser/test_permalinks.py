"""Every question has an address of its own: on its heading, beside it, in lists, in the search."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
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


def test_as_many_headings_with_an_id_and_a_permalink_as_questions(
    reader: Page, playbook: Playbook
) -> None:
    found: Counter[str] = Counter()
    for role in playbook.vocabulary.roles:
        reader.goto(f"roles/{role.id}/")
        names: list[str] = reader.locator("section h3[id]").evaluate_all(
            "all => all.map(e => e.id)"
        )
        for name in names:
            found[name] += 1
            heading = reader.locator(f"[id='{name}']")
            expect(heading).to_have_count(1)
            expect(heading.locator(f"a[href='#{name}']")).to_have_count(1)
            section = reader.locator("section", has=reader.locator(f"[id='{name}']"))
            expect(section.locator(f"a[href$='/q/{name}/']")).to_have_count(1)
    assert found == Counter(question.id for question in playbook.live)


def test_headings_are_the_titles(reader: Page, playbook: Playbook) -> None:
    for role in playbook.vocabulary.roles:
        reader.goto(f"roles/{role.id}/")
        for question in asked(playbook, role.id):
            heading = reader.locator(f"[id='{question.id}']")
            expect(heading).to_have_text(f"{question.title}#")


@pytest.mark.parametrize("number", range(3))
def test_tab_comes_to_every_permanent_link_and_shows_it(
    reader: Page, playbook: Playbook, number: int
) -> None:
    role = playbook.vocabulary.roles[number]
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
    for role in playbook.vocabulary.roles:
        reader.goto(f"roles/{role.id}/")
        for question in asked(playbook, role.id):
            link = reader.locator(f"a[href$='/q/{question.id}/']")
            expect(link).to_have_accessible_name(f"Copy link to “{question.title}”")
            edit = re.compile(f"^Improve this question ?: {re.escape(question.title)}$")
            expect(reader.get_by_role("link", name=edit)).to_have_count(1)


def test_every_question_is_in_its_pages_contents(reader: Page, playbook: Playbook) -> None:
    for role in playbook.vocabulary.roles:
        reader.goto(f"roles/{role.id}/")
        contents = reader.locator("aside").get_by_role("navigation", name="On this page")
        for question in asked(playbook, role.id):
            link = contents.locator(f"a[href='#{question.id}']")
            expect(link).to_have_text(question.title)


def test_every_question_is_in_the_search_index(built_site: Path, playbook: Playbook) -> None:
    index = json.loads((built_site / "search" / "search_index.json").read_text(encoding="utf-8"))
    places = Counter(entry["location"] for entry in index["docs"])
    for question in playbook.live:
        assert places[f"roles/{question.role}/#{question.id}"] == 1, question.id
