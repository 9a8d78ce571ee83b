"""The minutes as text: every reader shows what was typed."""

from __future__ import annotations

import html
from typing import Any

import pytest

from macros.render.escaping import escape_for_download
from tests.modules.node import Node
from tests.modules.sheets import (
    CSV,
    HTML,
    KNOWN,
    MARKDOWN,
    QUESTIONS,
    answers,
    ask,
    for_all,
    lines,
    sheet_with,
)
from tests.other_programs import AS_TYPED, READERS, Reader, Shown, led_to, sentences, target

# All that minutes are made of.
ELEMENTS = {"h1", "h2", "h3", "p", "strong", "ul", "li", "blockquote", "br", "a", "span", "bdi"}


@pytest.mark.parametrize(
    ("body", "readers"), [(MARKDOWN, READERS), (HTML, {"a browser": str})], ids=["markdown", "html"]
)
def test_an_answer_reads_as_it_was_typed(node: Node, body: str, readers: dict[str, Reader]) -> None:
    def check(answer: dict[str, Any]) -> None:
        sheet = {"project": {}, "answers": [{"question": KNOWN[0], **answer, "decision": False}]}
        made = ask(node, body, sheet=sheet, questions=QUESTIONS)
        wanted = lines(answer["text"])
        for name, read in readers.items():
            shown = Shown(read(made))
            quotes = [lines(quote) for quote in shown.quotes]
            assert quotes == ([wanted] if wanted else []), name
            assert shown.tags <= ELEMENTS, name
            assert shown.formulas == [] or body == HTML, name

    for_all(answers(controls=False), check)


def test_what_means_something_to_markdown_is_shown_as_typed(node: Node) -> None:
    for text in AS_TYPED:
        made = ask(node, MARKDOWN, sheet=sheet_with(text), questions=QUESTIONS)
        for name, read in READERS.items():
            shown = Shown(read(made))
            assert [lines(quote) for quote in shown.quotes] == [lines(text)], (text, name)
            assert shown.tags <= ELEMENTS, (text, name)
            assert shown.formulas == [], (text, name)


def test_an_address_in_an_answer_leads_where_it_led(node: Node) -> None:
    def check(sentence: tuple[str, list[str]]) -> None:
        text, addresses = sentence
        made = ask(node, MARKDOWN, sheet=sheet_with(text), questions=QUESTIONS)
        for name, read in READERS.items():
            shown = Shown(read(made))
            assert [lines(quote) for quote in shown.quotes] == [lines(text)], name
            led = [(words, target(to)) for words, to in shown.links]
            assert led == [(each, target(led_to(each))) for each in addresses], name
            assert shown.formulas == [], name

    for_all(sentences(), check)


def test_an_address_is_easy_to_read_in_plain_text(node: Node) -> None:
    text = "See https://example.com/a_b?x=1&y=2#p_q (or ask ada_b@example.com); it costs $5."
    made = ask(node, MARKDOWN, sheet=sheet_with(text), questions=QUESTIONS)
    shown = "See <https://example.com/a_b?x=1&y=2#p_q> (or ask <ada_b@example.com>); it costs $5."
    assert f"> {shown}\n" in made


def test_brackets_in_an_address_are_no_link_or_picture_within_it(node: Node) -> None:
    """JupyterLab takes them for one even where Markdown escapes them."""
    text = "See http://example.com/![a](b)c"
    made = ask(node, MARKDOWN, sheet=sheet_with(text), questions=QUESTIONS)
    assert "See [http&#58;//example.com/!&#91;a&#93;(b)c](<" in made
    assert "&#91;a&#93;" in escape_for_download(text)


def test_a_long_answer_is_written_at_once(node: Node) -> None:
    """No sign makes the search for addresses, formulas or cells start over and over."""
    for sign in ["a", "(", ")", "https://a)", "www.", "a'", "\\a ", "@", "a@b.", "\n", "&", ";'"]:
        sheet = sheet_with((sign * 60_000)[:60_000])
        body = f"const start = performance.now(); await (async () => {{ {MARKDOWN} }})();"
        body += f"await (async () => {{ {CSV} }})(); return performance.now() - start;"
        assert ask(node, body, sheet=sheet, questions=QUESTIONS) < 5000, sign


def test_text_from_right_to_left_runs_its_own_way(node: Node) -> None:
    sheet = sheet_with("שלום, world")
    sheet["answers"][0]["owner"] = "عائشة"
    made = ask(node, HTML, sheet=sheet, questions=QUESTIONS)
    assert '<p dir="auto">שלום, world</p>' in made
    assert "<strong>Owner:</strong> <bdi>عائشة</bdi>" in made


def test_the_minutes_list_what_is_open_first_and_hold_status_owner_and_next_step(
    node: Node,
) -> None:
    answered = {"question": KNOWN[0], "text": "Yes.", "status": "answered", "owner": "Ada"}
    unknown = {
        "question": KNOWN[2],
        "status": "unknown",
        "owner": "Grace",
        "due": "2026-12-01",
        "next": "Count them",
    }
    decided = {"question": KNOWN[1], "text": "We build.", "status": "answered", "decision": True}
    sheet = {"project": {"name": "Pool"}, "answers": [answered, unknown, decided]}
    made = ask(node, MARKDOWN, sheet=sheet, questions=QUESTIONS)
    order = ["# Kickoff: Pool", "## Open points", "Grace, by 1 December 2026", "Count them"]
    order += ["## Decisions", "We build.", "## The business", "**Owner:** Ada"]
    places = [made.index(words) for words in order]
    assert places == sorted(places)
    assert "**Settled:** 2 of 3 questions" in made


def test_the_minutes_say_what_every_meeting_should_ask_and_this_one_did_not(node: Node) -> None:
    project = {"omit": [KNOWN[1]], "notes": "Nobody read the list."}
    sheet = {"project": project, "answers": []}
    made = ask(node, MARKDOWN, sheet=sheet, questions=QUESTIONS)
    left = made.split("## Still to be asked")[1].split("##")[0]
    assert KNOWN[1].capitalize() in left
    assert KNOWN[0].capitalize() not in left
    assert "Nobody read the list" in made


def test_entities_are_what_html_takes_them_for() -> None:
    """The checks above stand on this reading of what a browser would show."""
    assert Shown("<blockquote><p>&#60;b&#62;<br>x</p></blockquote>").quotes == ["\n<b>\nx"]
    assert html.unescape("&#124;") == "|"


@pytest.mark.parametrize(
    "text", ["$a$", "\\\\(x\\\\)", "\\\\begin{x}", "\\$5 and \\$6", "&#36;5 and &#36;6"]
)
def test_a_formula_is_seen_as_one(text: str) -> None:
    assert any(Shown(read(text)).formulas for read in READERS.values())
