"""What each macro puts on a page of the tiny playbook."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from macros.model.json_formats import QuestionsFile
from macros.model.question import QuestionText
from macros.render.pages import MACROS, links, questions, words
from macros.render.renderer import PageContext, Renderer
from tests.markdown_page import Page, site_markdown

ROOT_OF_SITE = "../../"
FORGE = "https://forge.example/team/playbook"
SOUP = f"{ROOT_OF_SITE}q/soup-heat/"
ODD = f"{ROOT_OF_SITE}q/odd-signs/"
GUESTS = f"{ROOT_OF_SITE}q/guest-count/"
DISH = (
    '<span class="pb-term"><button type="button" class="pb-term__word" popovertarget="def-dish" '
    'aria-describedby="def-dish">{}</button><span class="pb-term__text" id="def-dish" '
    'popover="auto" data-not-searched><strong>Dish</strong>: What is eaten from a plate &amp; '
    'paid for. <a href="../../reference/glossary/#dish">Glossary</a></span></span>'
)
ODD_TITLE = "={{x}} <b>|*_ {:#x} #"
WARNING = "@ \"quoted\" and 'single' | **bold** ~~gone~~"
ANSWERED = "what a good answer sounds like"
FOR_HALL = "A question for: Waiters and hosts"
HOW_MANY = "How many guests come, and who says so?"
SOUP_ASKED = "Soup heat: How hot is each dish when it reaches the table, and who measures it?"
IN_FULL = [
    "All questions for the kitchen, in full (2 questions, about 1 page of A4)",
    "All questions for waiters and hosts, in full (1 question, about 1 page of A4)",
]
BRING, EXPECT = "What you bring", "What you can expect from the others"
ARGUMENTS: dict[str, list[Any]] = {
    "role_questions": ["kitchen"],
    "stage_questions": ["serve"],
    "pitfall_questions": ["cold-soup"],
    "this_is_you": ["cold-soup"],
    "pitfall_in_short": ["cold-soup"],
    "question": ["odd-signs"],
    "question_link": ["odd-signs"],
    "term": ["dish"],
    "cite": ["cook-2020"],
    "vocabulary_table": ["stages"],
    "role_card": ["kitchen"],
    "fields_table": ["question"],
    "download": ["kickoff.md", "A & B"],
    "stage_description": ["plan"],
    "forge_link": ["suggest", "A & B"],
    "count": ["terms"],
    "print_button": ["A & B"],
    "law": ["table"],
    "result": ["coin-flips", "setting.coins"],
    "result_range": ["coin-flips", "luck.retest", "percent", 1],
    "picture": ["coin-flips"],
    "try_it": ["coins"],
    "experiment_script": ["coin-flips"],
}
FILTERS = ("role", "stage", "priority", "kinds")


def fields(model: type[BaseModel]) -> list[str]:
    """The headings of a table of fields: those that may not be left out are marked."""
    marks = {name: " needed" * field.is_required() for name, field in model.model_fields.items()}
    return ["Field", "What it holds", *(f"{name}{mark}" for name, mark in marks.items())]


OPTIONS = [
    *["All", "The kitchen", "Cook", "Waiters and hosts", "Waiter", "Host", "All", "Plan", "Serve"],
    *["All", "Must ask", "Should ask", "All", "Any meal", "Feasts"],
]


@pytest.fixture
def context() -> PageContext:
    """A page two folders deep that has explained no term yet."""
    return PageContext(root=ROOT_OF_SITE, repo_url=FORGE, edit_uri="edit/trunk/")


def page(text: str) -> Page:
    """Return a macro's text as the site makes it into HTML."""
    return Page(site_markdown().reset().convert(text))


# Small ones, to the letter


@pytest.mark.parametrize(
    ("macro", "arguments", "text"),
    [
        ("term", ["dish"], DISH.format("dish")),
        ("term", ["dish", "Dishes"], DISH.format("Dishes")),
        (
            "cite",
            ["cook-2020"],
            '<span class="pb-cite">(<a href="../../reference/sources/c/#cook-2020">'
            "Cook &amp; Son, 2020</a>)</span>",
        ),
        ("question_link", ["soup-heat"], f'<a href="{SOUP}">Soup heat</a>'),
        (
            "question_link",
            ["odd-signs"],
            f'<a href="{ODD}">=&#123;&#123;x&#125;&#125; &lt;b&gt;&#124;&#42;&#95; '
            "&#123;:#x&#125; #</a>",
        ),
        ("stage_description", ["serve"], "<p>Bring it to the table.</p>"),
        ("count", ["questions"], "3"),
        ("count", ["musts"], "2"),
        ("count", ["roles"], "2"),
        ("count", ["stages"], "2"),
        ("count", ["sources"], "2"),
        ("count", ["terms"], "2"),
        (
            "download",
            ["kickoff-hall.md", "The hall & more"],
            '<a href="../../downloads/kickoff-hall.md" download>The hall &amp; more</a> '
            "<small>(Markdown)</small>",
        ),
        (
            "download",
            ["questions.csv", "A table"],
            '<a href="../../downloads/questions.csv" download>A table</a> <small>(CSV)</small>',
        ),
        (
            "download",
            ["schema/questions.schema.json", "A schema"],
            '<a href="../../downloads/schema/questions.schema.json" download>A schema</a> '
            "<small>(JSON)</small>",
        ),
        (
            "forge_link",
            ["suggest", "Suggest & ask"],
            f'<a href="{FORGE}/issues/new?template=suggest-a-question.yml">Suggest &amp; ask</a>',
        ),
        ("forge_link", ["repository", "the files"], f'<a href="{FORGE}">the files</a>'),
    ],
)
def test_a_small_macro_to_the_letter(
    macro: str, arguments: list[str], text: str, renderer: Renderer, context: PageContext
) -> None:
    assert MACROS[macro](renderer, context, *arguments) == text


def test_without_a_repository_the_words_stay_and_say_why(renderer: Renderer) -> None:
    text = links.forge_link(renderer, PageContext(), "suggest", "Suggest & ask")
    assert text == "Suggest &amp; ask (this copy of the site does not say where its files are kept)"


# Large ones, by what a reader finds


def test_a_role_page_has_must_ask_questions_whole_and_the_others_in_short(
    renderer: Renderer, context: PageContext
) -> None:
    kitchen = page(questions.role_questions(renderer, context, "kitchen"))
    assert [(each.tag, each.attributes["id"]) for each in kitchen.all("h2", "h3", "li")] == [
        ("h2", "ask-first"),
        ("h3", "soup-heat"),
        ("h2", "stage-serve"),
        ("li", "odd-signs"),
    ]
    assert kitchen.texts("h3") == ["Soup heat"]
    assert kitchen.texts("li")[0].startswith(ODD_TITLE)
    asked = [
        each for each in kitchen.all("p") if each.attributes.get("class") == "pb-question__ask"
    ]
    assert [each.text for each in asked] == [SOUP_ASKED.removeprefix("Soup heat: ")]
    assert list(zip(kitchen.texts("dt"), kitchen.texts("dd"), strict=True)) == [
        ("Why ask", "Guests send cold soup back, and the cook hears of it a week later."),
        (
            "A good answer sounds like",
            "Seventy degrees at the pass, sixty at the table; the host measures two dishes a "
            "night.",
        ),
        ("Warning sign", "“It was hot when it left.” Nobody looked at the POS or the table."),
        ("Show me", "The list of temperatures."),
    ]


def test_a_role_page_leads_to_the_page_of_each_question_and_to_all_in_full(
    renderer: Renderer, context: PageContext
) -> None:
    assert page(questions.role_questions(renderer, context, "kitchen")).links == [
        "../../roles/kitchen/all/",
        SOUP,
        "../../reference/glossary/#dish",
        "../../reference/stages/#serve",
        "../../reference/glossary/#pos",
        ODD,
    ]


@pytest.mark.parametrize(
    ("macro", "arguments", "links"),
    [
        ("stage_questions", ["plan"], ["../../q/guest-count/"]),
        ("stage_questions", ["serve"], ["../../q/soup-heat/", "../../q/odd-signs/"]),
        ("pitfall_questions", ["cold-soup"], [SOUP]),
        (
            "all_questions",
            [],
            ["../../q/soup-heat/", "../../q/odd-signs/", "../../q/guest-count/"],
        ),
        ("question", ["soup-heat"], [SOUP]),
        ("roles_in_full", [], ["../../roles/kitchen/all/", "../../roles/hall/all/"]),
        ("doors", [], ["../../roles/kitchen/", "../../roles/hall/"]),
        (
            "sources",
            [],
            ["../../reference/sources/c/#cook-2020", "../../reference/sources/u/#undated-list"],
        ),
        ("glossary", [], ["../../reference/sources/c/#cook-2020"]),
        ("vocabulary_table", ["roles"], []),
        ("role_card", ["hall"], []),
        ("context_picture", [], []),
        ("fields_table", ["question"], []),
    ],
)
def test_a_macro_leads_to_these_places_in_this_order(
    macro: str, arguments: list[str], links: list[str], renderer: Renderer, context: PageContext
) -> None:
    found = page(MACROS[macro](renderer, context, *arguments)).links
    assert [link for link in found if "/glossary/#" not in link] == links


@pytest.mark.parametrize(
    ("macro", "arguments", "tag", "texts"),
    [
        ("question", ["guest-count"], "p", [FOR_HALL, HOW_MANY, f"Guest count: {ANSWERED}"]),
        ("role_card", ["hall"], "p", [BRING, "An honest count.", EXPECT, "A dish on time."]),
        ("roles_in_full", [], "li", IN_FULL),
        ("glossary", [], "h2", ["Dish", "POS"]),
        ("vocabulary_table", ["kinds"], "td", ["Holds for every meal.", "Special to feasts."]),
        (
            "vocabulary_table",
            ["job_titles"],
            "th",
            ["Name", "What it means", "Cook", "Waiter", "Host"],
        ),
        ("context_picture", [], "li", ["The kitchen Soup heat", "Waiters and hosts Guest count"]),
        ("fields_table", ["question"], "th", fields(QuestionText)),
        ("fields_table", ["questions.json"], "th", fields(QuestionsFile)),
        (
            "all_questions",
            [],
            "label",
            ["Search this list", "Who answers", "Stage", "Priority", "Kind of project"],
        ),
        ("all_questions", [], "option", OPTIONS),
    ],
)
def test_a_macro_says_this_in_this_order(
    macro: str,
    arguments: list[str],
    tag: str,
    texts: list[str],
    renderer: Renderer,
    context: PageContext,
) -> None:
    assert page(MACROS[macro](renderer, context, *arguments)).texts(tag) == texts


def test_the_list_of_sources_has_the_id_of_each_by_kind(
    renderer: Renderer, context: PageContext
) -> None:
    listed = page(words.sources(renderer, context))
    assert listed.ids == ["kind-paper", "cook-2020", "kind-docs", "undated-list"]
    assert listed.texts("li") == [
        "On <soup> and its care Ada Cook, 2020",
        "A list of spoons Unknown",
    ]


def test_the_glossary_has_the_id_of_each_term(renderer: Renderer, context: PageContext) -> None:
    assert page(words.glossary(renderer, context)).ids == ["dish", "pos"]


def test_a_row_of_the_list_can_be_filtered(renderer: Renderer, context: PageContext) -> None:
    rows = [each.attributes for each in page(questions.all_questions(renderer, context)).all("li")]
    assert [{name: row[f"data-{name}"] for name in FILTERS} for row in rows] == [
        {"role": "kitchen cook", "stage": "serve", "priority": "must", "kinds": "any"},
        {"role": "kitchen cook", "stage": "serve", "priority": "should", "kinds": "any"},
        {"role": "hall host waiter", "stage": "plan", "priority": "must", "kinds": "feast"},
    ]


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_says_what_it_is_for(name: str) -> None:
    assert MACROS[name].__doc__


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_gives_well_formed_html(
    name: str, renderer: Renderer, context: PageContext
) -> None:
    page(MACROS[name](renderer, context, *ARGUMENTS.get(name, [])))


@pytest.mark.parametrize(
    ("label", "inside"),
    [("Product owner", "product owner"), ("MLOps engineer", "MLOps engineer"), ("Q", "q")],
)
def test_a_label_inside_a_sentence_is_small_unless_it_is_an_abbreviation(
    label: str, inside: str, renderer: Renderer
) -> None:
    assert renderer.in_sentence(label) == inside


def test_what_a_first_meeting_cannot_answer_yet_is_said_where_it_is_asked(
    renderer: Renderer, context: PageContext
) -> None:
    kitchen = page(questions.role_questions(renderer, context, "kitchen")).texts("p")
    assert any(text.startswith("If nobody can answer one yet, write down") for text in kitchen)
    assert any(text.startswith("At the first meeting, it is enough to know") for text in kitchen)
