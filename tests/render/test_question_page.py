"""The page of a question says all there is, and leads to all that it names."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from macros.model.question import Playbook
from macros.render.question_pages import question_pages
from tests.made_up import example, given
from tests.markdown_page import Page, site_markdown, typed_text
from tests.render.test_hostile import HOSTILE, renderer_with

FORGE = "https://forge.example/team/playbook"


def page(playbook: Playbook, id: str) -> Page:
    text = question_pages(playbook, FORGE, "edit/trunk/")[f"q/{id}.md"]
    return Page(site_markdown().reset().convert(text.partition("\n---\n")[2]))


def front_matter(playbook: Playbook, id: str) -> dict[str, Any]:
    text = question_pages(playbook, "", "main")[f"q/{id}.md"]
    found: dict[str, Any] = yaml.safe_load(text.removeprefix("---\n").partition("\n---\n")[0])
    return found


@pytest.fixture
def soup(tiny: Playbook) -> Page:
    return page(tiny, "soup-heat")


def test_it_opens_with_role_stage_priority_title_and_ask(soup: Page) -> None:
    where, share, ask, whom = soup.texts("p")[:4]
    assert where == "Kitchen Serve stage Must ask"
    assert soup.texts("h1") == ["Soup heat"]
    assert share == "Permanent link"
    assert ask == "How hot is each dish when it reaches the table, and who measures it?"
    assert whom == "Ask the cook. At a first meeting, a name and a day will do."


def test_it_says_why_what_a_good_answer_is_and_what_to_be_shown(soup: Page) -> None:
    assert soup.texts("section")[:6] == [
        "Why ask" + "Guests send cold soup back, and the cook hears of it a week later.",
        "A good answer, for example"
        "Seventy degrees at the pass, sixty at the table; the host measures two dishes a night.",
        "Warning sign“It was hot when it left.” Nobody looked at the POS or the table.",
        "Show meThe list of temperatures.",
        "At the kickoff This is one of 3 questions to ask before a machine-learning project "
        "starts. It is on the agenda for 20 minutes.",
        "Needs first Guest count (Hall) How many guests come, and who says so?",
    ]


def test_it_ends_with_where_it_comes_from_and_where_to_go_on(soup: Page) -> None:
    assert list(zip(soup.texts("dt"), soup.texts("dd"), strict=True)) == [
        ("Prevents", "Cold soup"),
        ("Sources", "Cook & Son, 2020; Anon., undated"),
        ("Checklists", "The safe food list: A.1, food is kept warm"),
        ("Also asked as", "how hot; is it warm; temperature of soup"),
    ]
    assert soup.links == [
        "../../roles/kitchen/",
        "../../reference/stages/#serve",
        "../../roles/#how-to-read-a-question",
        "../../q/soup-heat/",
        "../../reference/glossary/#dish",
        "../../reference/glossary/#pos",
        "../../reference/questions/",
        "../../kickoff/run-the-meeting/#agenda",
        "../../q/guest-count/",
        "../../why/#cold-soup",
        "../../reference/sources/c/#cook-2020",
        "../../reference/sources/u/#undated-list",
        "../../reference/checklists/safe-food/",
        f"{FORGE}/edit/trunk/questions/kitchen/soup-heat.yml#L1",
        "../../q/odd-signs/",
    ]


def test_it_says_what_it_unblocks_in_the_words_of_that_question(tiny: Playbook) -> None:
    asked = "How hot is each dish when it reaches the table, and who measures it?"
    sections = page(tiny, "guest-count").texts("section")
    assert f"Unblocks Soup heat (Kitchen) {asked}" in sections


def test_a_list_that_is_empty_is_left_out(tiny: Playbook) -> None:
    shown = page(tiny, "odd-signs")
    assert shown.texts("dt") == ["Also asked as"]
    assert shown.texts("h2")[5:] == ["More"]


def test_an_item_that_is_covered_in_part_is_not_called_covered(tiny: Playbook) -> None:
    in_part = [
        question.model_copy(
            update={
                "maps_to": tuple(
                    each.model_copy(update={"extent": "part"}) for each in question.maps_to
                )
            }
        )
        for question in tiny.questions
    ]
    shown = page(tiny.model_copy(update={"questions": tuple(in_part)}), "soup-heat")
    assert "Checklists" not in shown.texts("dt")


def test_without_a_repository_it_does_not_offer_to_be_improved(tiny: Playbook) -> None:
    assert not any("Improve" in text for text in question_pages(tiny, "", "main").values())


def test_all_questions_of_a_role_in_full_say_what_is_before_and_after_them(tiny: Playbook) -> None:
    text = question_pages(tiny, FORGE, "trunk")["roles/kitchen/all.md"]
    shown = Page(site_markdown().reset().convert(text.partition("\n---\n")[2]))
    assert shown.texts("h3")[0] == "Soup heat"
    assert list(zip(shown.texts("dt"), shown.texts("dd"), strict=True))[4:8] == [
        ("Needs first", "Guest count (Hall)"),
        ("Prevents", "Cold soup"),
        ("Sources", "Cook & Son, 2020; Anon., undated"),
        ("Checklists", "The safe food list: A.1"),
    ]
    assert "about 1 page of A4" in shown.texts("p")[0]


def test_previews_of_a_link_say_what_is_asked_of_whom(tiny: Playbook) -> None:
    assert front_matter(tiny, "soup-heat") == {
        "title": "Soup heat",
        "description": "How hot is each dish when it reaches the table, and who measures it?",
        "preview_title": "Soup heat: a question for the kitchen",
        "below": "roles/kitchen/",
        "render_macros": False,
    }


def test_the_page_of_a_retired_question_is_not_searched(tiny: Playbook) -> None:
    assert front_matter(tiny, "menu-colour")["search"] == {"exclude": True}


@given(typed_text())
@example(HOSTILE)
@example("\U0001f600 \ufffe")
def test_it_shows_what_was_typed(text: str) -> None:
    playbook = renderer_with(text).playbook
    made = page(playbook, "odd-signs")
    assert made.texts("h1") == [text]
    assert made.texts("p")[2] == text
    assert made.texts("section")[0] == f"Why ask{text}"
    assert made.texts("li") == [text]
    assert front_matter(playbook, "odd-signs")["title"] == text
    assert front_matter(playbook, "odd-signs")["description"] == text
    assert {"script", "em", "code", "img", "b", "table", "pre"}.isdisjoint(made.tags)
