"""A question that is retired or renamed leaves no link behind that leads nowhere."""

from __future__ import annotations

import re
from typing import Any

import pytest

from macros.lookup import MacroError
from macros.model.question import Playbook
from macros.render.pages import questions, worksheet_form
from macros.render.question_pages import question_pages
from macros.render.renderer import PageContext, Renderer
from tests.markdown_page import Page, site_markdown
from tests.tiny import dead_links

RETIRED = {"status": "retired", "retired_because": "Nobody looked."}


def changed(playbook: Playbook, id: str, **fields: Any) -> Playbook:
    """Return the playbook with other fields in one question."""
    made = [
        question.model_copy(update=fields) if question.id == id else question
        for question in playbook.questions
    ]
    kept = {name: getattr(playbook, name) for name in Playbook.model_fields}
    return Playbook(**{**kept, "questions": tuple(made)})


def page(text: str) -> Page:
    return Page(site_markdown().reset().convert(text))


def test_a_link_to_a_retired_question_leads_to_the_page_that_says_why(tiny: Playbook) -> None:
    context = PageContext(root="../")
    shown = page(questions.question_link(Renderer(tiny), context, "menu-colour"))
    assert shown.links == ["../q/menu-colour/"]
    assert shown.texts("p") == ["Menu colour (no longer asked)"]


def test_a_link_to_a_retired_question_leads_on_to_the_one_asked_instead(tiny: Playbook) -> None:
    context, playbook = PageContext(root="../"), changed(tiny, "menu-colour", instead="guest-count")
    shown = page(questions.question_link(Renderer(playbook), context, "menu-colour"))
    assert shown.links == ["../q/menu-colour/", "../q/guest-count/"]
    assert shown.texts("p") == ["Menu colour (no longer asked; ask Guest count instead)"]


def test_a_retired_question_in_prose_is_refused_with_the_one_asked_instead(tiny: Playbook) -> None:
    renderer = Renderer(changed(tiny, "menu-colour", instead="guest-count"))
    said = "question 'menu-colour' is retired; expected a live one; 'guest-count' is asked instead"
    with pytest.raises(MacroError, match=f"^{re.escape(said)}$"):
        questions.question(renderer, PageContext(), "menu-colour")


def test_the_page_of_a_retired_question_links_the_one_asked_instead(tiny: Playbook) -> None:
    playbook = changed(tiny, "menu-colour", instead="soup-heat")
    shown = page(question_pages(playbook, "", "")["q/menu-colour.md"].partition("\n---\n")[2])
    assert "../../q/soup-heat/" in shown.links
    assert shown.texts("li") == [
        "Soup heat How hot is each dish when it reaches the table, and who measures it?"
    ]
    assert "Guests do not <read> colours. Ask the guest count instead." in shown.texts("p")


def test_the_worksheet_says_what_is_asked_instead(tiny: Playbook) -> None:
    playbook = changed(tiny, "menu-colour", instead="guest-count")
    shown = Page(worksheet_form.worksheet(Renderer(playbook), PageContext()))
    [listed] = [
        each for each in shown.all("li") if each.attributes.get("data-question") == "menu-colour"
    ]
    assert listed.text.endswith("Ask the guest count instead. Asked instead: Guest count")
    assert "#guest-count" in shown.links


def test_a_question_is_found_on_its_page_by_every_name_it_had(tiny: Playbook) -> None:
    """Whether it stands there whole or in short."""
    renamed = changed(tiny, "odd-signs", previous_ids=("strange-signs",))
    shown = page(questions.role_questions(Renderer(renamed), PageContext(), "kitchen"))
    assert shown.ids.index("strange-signs") == shown.ids.index("odd-signs") + 1
    assert "soup-warmth" in shown.ids
    assert shown.ids.index("soup-warmth") < shown.ids.index("soup-heat")
    assert shown.ids.index("soup-warmth") > shown.ids.index("ask-first")


def test_no_macro_and_no_download_leads_to_where_a_retired_question_stood(tiny: Playbook) -> None:
    free = [question for question in tiny.live if not tiny.needed_by[question.id]]
    assert free
    for question in free:
        assert list(dead_links(changed(tiny, question.id, **RETIRED))) == [], question.id


def test_where_a_question_once_was_the_page_says_where_it_is_now(tiny: Playbook) -> None:
    """The address in the browser names the role; links to it are in tickets and minutes."""
    places = (("hall", "guest-count"), ("hall", "menu-color"), ("hall", "soup-warmth"))
    renderer = Renderer(tiny.model_copy(update={"published": places}))
    text = questions.role_questions(renderer, PageContext(root="../../"), "hall")
    shown = page(text)
    assert shown.texts("li")[-2:] == [
        "“Menu colour” is no longer asked.",
        "“Soup heat” has moved to The kitchen.",
    ]
    assert [text.count(f'<li id="{name}">') for _, name in places] == [0, 1, 1]
    assert 'href="../../q/menu-colour/"' in text
    assert 'href="../../q/soup-heat/"' in text
    kitchen = questions.role_questions(renderer, PageContext(), "kitchen")
    assert "No longer on this page" not in kitchen
