"""How a page's author is told what is wrong with a macro, and where terms are explained."""

from __future__ import annotations

import logging
import re
from types import SimpleNamespace
from typing import Any

import pytest

import macros as package
from macros.lookup import MacroError
from macros.render.pages import MACROS, questions, words
from macros.render.renderer import PageContext, Renderer
from tests.markdown_page import Page
from tests.tiny import ROOT

QUESTIONS = "one of soup-heat, odd-signs, guest-count, menu-colour"


@pytest.mark.parametrize(
    ("macro", "arguments", "message"),
    [
        (
            "role_questions",
            ["kichten"],
            "role 'kichten' is unknown; expected one of kitchen, hall; did you mean 'kitchen'?",
        ),
        ("role_card", ["cellar"], "role 'cellar' is unknown; expected one of kitchen, hall"),
        ("role_card", [None], "role 'None' is unknown; expected one of kitchen, hall"),
        (
            "stage_questions",
            ["serv"],
            "stage 'serv' is unknown; expected one of plan, serve; did you mean 'serve'?",
        ),
        ("stage_description", ["x"], "stage 'x' is unknown; expected one of plan, serve"),
        (
            "pitfall_questions",
            ["cold-soap"],
            "pitfall 'cold-soap' is unknown; expected one of cold-soup; did you mean 'cold-soup'?",
        ),
        (
            "this_is_you",
            ["cold-soap"],
            "pitfall 'cold-soap' is unknown; expected one of cold-soup; did you mean 'cold-soup'?",
        ),
        (
            "question",
            ["soup-heats"],
            f"question 'soup-heats' is unknown; expected {QUESTIONS}; did you mean 'soup-heat'?",
        ),
        ("question", ["menu-colour"], "question 'menu-colour' is retired; expected a live one"),
        (
            "question",
            ["soup-warmth"],
            f"question 'soup-warmth' is unknown; expected {QUESTIONS}; did you mean 'soup-heat'?",
        ),
        ("question_link", [""], f"question '' is unknown; expected {QUESTIONS}"),
        (
            "term",
            ["dishes"],
            "term 'dishes' is unknown; expected one of dish, pos; did you mean 'dish'?",
        ),
        (
            "cite",
            ["cook-2021"],
            "source 'cook-2021' is unknown; expected one of cook-2020, undated-list; "
            "did you mean 'cook-2020'?",
        ),
        (
            "vocabulary_table",
            ["role"],
            "list 'role' is unknown; expected one of roles, job_titles, stages, priorities, kinds; "
            "did you mean 'roles'?",
        ),
        (
            "fields_table",
            ["questions"],
            "table of fields 'questions' is unknown; expected one of question, questions.json, "
            "one question, changes.json, change; did you mean 'question'?",
        ),
        (
            "download",
            ["kickof.md", "x"],
            "download 'kickof.md' is unknown; expected one of # known ids; "
            "did you mean 'kickoff.md'?",
        ),
        (
            "forge_link",
            ["sugest", "x"],
            "target 'sugest' is unknown; expected one of suggest, repository; "
            "did you mean 'suggest'?",
        ),
        (
            "count",
            ["question"],
            "count of 'question' is unknown; expected one of questions, musts, roles, stages, "
            "sources, terms; did you mean 'questions'?",
        ),
    ],
)
def test_what_is_not_there_is_named_with_what_was_probably_meant(
    macro: str, arguments: list[Any], message: str, renderer: Renderer
) -> None:
    with pytest.raises(MacroError) as raised:
        MACROS[macro](renderer, PageContext(), *arguments)
    assert re.sub(r"\d+ known", "# known", str(raised.value)) == message


# Terms


def explained(*texts: str) -> list[str]:
    """Return the ids of the terms that are explained in some text, in order."""
    page = Page("".join(texts))
    return [id.removeprefix("def-") for id in page.ids if id.startswith("def-")]


def test_a_term_is_explained_once_a_page_and_where_it_is_first_used(renderer: Renderer) -> None:
    context = PageContext()
    first = questions.role_questions(renderer, context, "kitchen")
    assert explained(first) == ["dish", "pos"]
    assert explained(questions.role_questions(renderer, context, "hall")) == []
    assert words.term(renderer, context, "dish") == "dish"
    assert words.term(renderer, context, "dish", "Dishes & bowls") == "Dishes &amp; bowls"
    assert explained(questions.role_questions(renderer, PageContext(), "kitchen")) == [
        "dish",
        "pos",
    ]


def test_what_a_macro_has_explained_a_question_does_not(renderer: Renderer) -> None:
    context = PageContext()
    assert explained(words.term(renderer, context, "pos")) == ["pos"]
    assert explained(questions.role_questions(renderer, context, "kitchen")) == ["dish"]


def test_a_term_is_explained_at_its_first_use_in_a_text(renderer: Renderer) -> None:
    playbook = renderer.playbook
    soup = playbook.questions[0].model_copy(
        update={"ask": "A radish, a Dish’s dish, dishes & POS?"}
    )
    changed = Renderer(playbook.model_copy(update={"questions": (soup,)}))
    page = Page(questions.stage_questions(changed, PageContext(), "serve"))
    assert [button.text for button in page.all("button")] == ["Dish", "POS"]
    assert "A radish, a Dish’s dish, dishes & POS?" in page.texts("p")


def test_a_question_that_is_shown_twice_explains_its_terms_once(renderer: Renderer) -> None:
    context = PageContext()
    assert explained(questions.question(renderer, context, "soup-heat")) == ["dish"]
    assert explained(questions.question(renderer, context, "soup-heat")) == []


# What the macros plugin gets


class Plugin:
    """As much of the macros plugin as the package uses."""

    def __init__(self, url: str) -> None:
        self.macros: dict[str, Any] = {}
        self.conf = {"config_file_path": str(ROOT / "mkdocs.yml"), "repo_url": "https://f.example/"}
        self.page = SimpleNamespace(
            url=url, meta={}, file=SimpleNamespace(src_uri="roles/business.md")
        )

    def macro(self, function: Any, name: str) -> None:
        """Remember a macro."""
        self.macros[name] = function


@pytest.fixture
def plugin() -> Plugin:
    """The plugin, at a page one folder deep."""
    made = Plugin("roles/business/")
    package.define_env(made)
    return made


def test_every_macro_is_offered_to_pages(plugin: Plugin) -> None:
    assert set(plugin.macros) == set(MACROS)


def test_a_macro_knows_the_page_it_is_on(plugin: Plugin) -> None:
    assert 'href="../../downloads/kickoff.md"' in plugin.macros["download"]("kickoff.md", "x")
    assert plugin.macros["forge_link"]("repository", "x") == '<a href="https://f.example">x</a>'
    assert "popover" in plugin.macros["term"]("model")
    assert plugin.macros["term"]("model", text="models") == "models"


@pytest.mark.parametrize(
    ("macro", "arguments", "named", "message"),
    [
        (
            "count",
            ["questoins"],
            {},
            "count of 'questoins' is unknown; expected one of questions, "
            "musts, roles, stages, sources, terms; did you mean 'questions'?",
        ),
        ("count", [], {}, "missing a required argument: 'what'; expected what"),
        ("count", ["roles", "x"], {}, "too many positional arguments; expected what"),
        ("doors", ["x"], {}, "too many positional arguments; expected no arguments"),
        (
            "term",
            ["model"],
            {"txt": "models"},
            "argument 'txt' is unknown; expected id, text; did you mean 'text'?",
        ),
        ("term", ["model"], {"id": "x"}, "multiple values for argument 'id'; expected id, text"),
    ],
)
def test_a_wrong_macro_fails_the_build_with_page_and_macro(
    macro: str,
    arguments: list[str],
    named: dict[str, str],
    message: str,
    plugin: Plugin,
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown = plugin.macros[macro](*arguments, **named)
    full = f"roles/business.md: {macro}: {message}"
    assert Page(shown).texts("p") == [full]
    [record] = caplog.records
    assert (record.getMessage(), record.levelno) == (full, logging.ERROR)
    assert record.name.startswith("mkdocs.plugins.")


def test_the_macros_read_the_data_of_the_project(plugin: Plugin) -> None:
    files = (ROOT / "docs" / "data" / "questions").glob("*/*.yml")
    texts = [file.read_text("utf-8") for file in files]
    live = [text for text in texts if "\nstatus: retired" not in text]
    assert plugin.macros["count"]("questions") == str(len(live))
