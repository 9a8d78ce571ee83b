"""Whatever is typed into a data file, a page shows exactly that."""

from __future__ import annotations

import re

import pytest

from macros.model.question import Playbook
from macros.playbook import read_playbook
from macros.render.escaping import escape_markdown
from macros.render.pages import links, questions, tables, welcome, words
from macros.render.question_pages import question_pages
from macros.render.renderer import PageContext, Renderer
from tests.made_up import example, given, st
from tests.markdown_page import Page, site_markdown, typed_text
from tests.tiny import TINY

TEXTS = ("ask", "why", "good_answer", "warning_sign", "evidence")
HOSTILE = (
    "{{ x }} {% y %} {# z #} <script>alert(1)</script> | *a* _b_ {: #x } `c` [d](e) \\ # "
    "^f^ ~g~ ~~h~~ ==i== ++ctrl+j++ [^k]"
)


def renderer_with(text: str) -> Renderer:
    """Return the renderer of a playbook with one question, all of whose texts are `text`."""
    playbook: Playbook = read_playbook(TINY, TINY)
    odd = playbook.questions[1]
    changed = dict.fromkeys((*TEXTS, "title"), text)
    question = odd.model_copy(update={**changed, "search_phrases": (text,)})
    role = playbook.vocabulary.roles[0].model_copy(
        update={
            "label": text,
            "short": text,
            "description": text,
            "provides": text,
            "relies_on": text,
        }
    )
    vocabulary = playbook.vocabulary.model_copy(update={"roles": (role,)})
    source = playbook.sources[0].model_copy(
        update=dict.fromkeys(("cite_as", "title", "authors", "venue", "claim", "caution"), text)
    )
    term = playbook.terms[0].model_copy(
        update={"term": "~", "also": (text,), "forms": (), "definition": text}
    )
    parts = {"questions": (question,), "sources": (source,), "terms": (term,)}
    return Renderer(playbook.model_copy(update={"vocabulary": vocabulary, **parts}))


def asked_first(text: str) -> Renderer:
    """Return the same with the question as one that must be asked: it stands whole on its page."""
    playbook = renderer_with(text).playbook
    [question] = playbook.questions
    musts = (question.model_copy(update={"priority": "must"}),)
    return Renderer(playbook.model_copy(update={"questions": musts}))


def page(text: str, *left_out: str) -> Page:
    """Return Markdown as the site makes it into HTML, without some of its extensions."""
    return Page(site_markdown(*left_out).reset().convert(text))


@given(typed_text())
@example(HOSTILE)
@example("[TOC]")
def test_a_heading_shows_what_was_typed_and_keeps_its_id(text: str) -> None:
    """Typographic quotes, dashes and dots are left to the extension that makes them."""
    made = page(f"### {escape_markdown(text)} {{: #id }}\n\nText.", "smarty")
    assert made.texts("h3") == [text]
    assert made.all("h3")[0].attributes == {"id": "id"}
    assert made.texts("p") == ["Text."]


@given(st.text(alphabet="\"'-. ab", min_size=1).filter(str.strip))
def test_a_heading_is_set_with_typographic_signs_and_nothing_else_changes(text: str) -> None:
    text = " ".join(text.split())
    made = page(f"### {escape_markdown(text)} {{: #id }}").texts("h3")[0]
    for typed, signs in {"'": "‘’", '"': "“”", "...": "…", "---": "—", "--": "–"}.items():
        made = re.sub(f"[{signs}]", typed, made)
    assert made == text


@given(typed_text())
@example(HOSTILE)
def test_a_question_shows_what_was_typed(text: str) -> None:
    made = page(questions.role_questions(asked_first(text), PageContext(), "kitchen"), "smarty")
    assert made.texts("h3") == [text]
    assert made.all("h3")[0].attributes["id"] == "odd-signs"
    assert made.texts("dd") == [text] * 4
    assert made.texts("p")[2] == text
    assert made.texts("section")[0].startswith(text)
    assert {"script", "em", "code", "img", "b", "table", "pre"}.isdisjoint(made.tags)


@given(typed_text())
@example(HOSTILE)
def test_the_body_of_a_question_is_not_even_set_with_typographic_signs(text: str) -> None:
    made = page(questions.role_questions(asked_first(text), PageContext(), "kitchen"))
    assert made.texts("dd") == [text] * 4
    assert made.texts("p")[2] == text


@given(typed_text())
@example(HOSTILE)
def test_a_question_in_short_and_in_full_shows_what_was_typed(text: str) -> None:
    renderer = renderer_with(text)
    short = page(questions.role_questions(renderer, PageContext(), "kitchen"))
    assert short.texts("li") == [f"{text} {text}"]
    full = page(question_pages(renderer.playbook, "", "")["roles/kitchen/all.md"].split("---\n")[2])
    assert full.texts("h3") == [text]
    assert full.texts("dd") == [text] * 4
    assert {"script", "em", "code", "img", "b", "table", "pre"}.isdisjoint(full.tags | short.tags)


@given(typed_text())
@example(HOSTILE)
@example("a--b... 'c' \"d\"")
def test_a_macro_inside_a_sentence_shows_what_was_typed(text: str) -> None:
    renderer, context = renderer_with(text), PageContext(repo_url="https://forge.example/x")
    sentence = " ".join(
        [
            questions.question_link(renderer, context, "odd-signs"),
            words.cite(renderer, context, "cook-2020"),
            links.download(renderer, context, "kickoff.md", text),
            links.forge_link(renderer, context, "suggest", text),
        ]
    )
    made = page(f"See {sentence} *now*.")
    assert made.texts("a") == [text] * 4
    assert made.tags == {"p", "span", "a", "small", "em"}


@given(typed_text())
@example(HOSTILE)
def test_a_macro_inside_a_table_shows_what_was_typed(text: str) -> None:
    link = questions.question_link(renderer_with(text), PageContext(), "odd-signs")
    made = page(f"| A | B |\n| --- | --- |\n| {link} | {link} |")
    assert made.texts("td") == [text, text]


@given(typed_text())
@example(HOSTILE)
def test_a_term_inside_a_sentence_shows_what_was_typed(text: str) -> None:
    made = page(f"A {words.term(renderer_with(text), PageContext(), 'dish', text)}.")
    explanation = next(each for each in made.all("span") if each.attributes.get("id"))
    assert made.texts("button") == [text]
    assert explanation.attributes["id"] == "def-dish"
    assert f": {text} Glossary" in " ".join("".join(explanation.aside).split())


@given(typed_text())
@example(HOSTILE)
def test_lists_and_tables_show_what_was_typed(text: str) -> None:
    renderer, context = renderer_with(text), PageContext()
    assert page(questions.stage_questions(renderer, context, "serve")).texts("p")[:2] == [
        text,
        text,
    ]
    assert page(questions.question(renderer, context, "odd-signs")).texts("p")[1] == text
    assert page(tables.vocabulary_table(renderer, context, "roles")).texts("td") == [text]
    assert page(tables.role_card(renderer, context, "kitchen")).texts("p")[1::2] == [text, text]
    assert page(words.sources(renderer, context)).texts("a")[1:] == [text]
    assert page(words.glossary(renderer, context)).texts("p")[0].startswith(f"{text} Also: {text}.")
    assert page(welcome.doors(renderer, context)).texts("a") == [text]
    assert text in page(welcome.context_picture(renderer, context)).texts("li")[0]


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("plain words, 7% & more", "plain words, 7% &amp; more"),
        ("a*b_c`d", r"a\*b\_c\`d"),
        ("{{ x }}", r"\{\{ x \}\}"),
        ("# [a](b) #", r"\# \[a\](b) \#"),
        ("<b> ~~c~~", "&lt;b&gt; &#126;&#126;c&#126;&#126;"),
        ("back\\slash", r"back\\slash"),
        ("  two \n lines ", "two lines"),
    ],
)
def test_text_in_a_download_is_escaped_no_more_than_it_needs(typed: str, escaped: str) -> None:
    assert escape_markdown(typed) == escaped
