"""The downloads of the tiny playbook, and how they hold whatever is typed."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from macros.export import cards, downloads, worksheet_sample
from macros.export.json_schemas import JSON_FORMATS
from macros.export.site import Site
from macros.model.question import Playbook, Question, Role
from macros.playbook import read_playbook
from tests.made_up import example, given, st
from tests.markdown_page import Page, plain_markdown, typed_text
from tests.other_programs import (
    FORMULAS,
    READERS,
    Shown,
    led_to,
    running,
    sentences,
    target,
    unguarded,
)
from tests.tiny import FIXTURES, ROOT, TINY

EXPECTED = FIXTURES / "expected"
LIVE = ("soup-heat", "odd-signs", "guest-count")


def expected(name: str) -> str:
    """Return the text that a file of the tiny playbook must have."""
    return (EXPECTED / name).read_text("utf-8")


def question(playbook: Playbook, id: str) -> Question:
    """Return one question of a playbook."""
    return next(each for each in playbook.questions if each.id == id)


def role(playbook: Playbook, id: str) -> Role:
    """Return one role of a playbook."""
    return next(each for each in playbook.vocabulary.roles if each.id == id)


def with_texts(**texts: Any) -> Playbook:
    """Return the tiny playbook with other texts in its second question."""
    playbook = read_playbook(TINY, TINY)
    first, second, *others = playbook.questions
    changed = second.model_copy(update=texts)
    return playbook.model_copy(update={"questions": (first, changed, *others)})


def table(text: str) -> list[dict[str, str]]:
    """Read a CSV file as RFC 4180 has it."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    return list(rows)


# Which files there are


def test_every_file_has_its_address(tiny: Playbook) -> None:
    assert sorted(downloads.files(tiny)) == sorted(
        [
            "assets/question-titles.json",
            "downloads/kickoff-hall.md",
            "downloads/kickoff-kitchen.md",
            "downloads/kickoff.md",
            "downloads/changes.atom",
            "downloads/changes.json",
            "downloads/questions.csv",
            "downloads/questions.json",
            "downloads/worksheet-sample.json",
            *(
                f"downloads/schema/{name}.schema.json"
                for name in (*downloads.SCHEMAS, *JSON_FORMATS)
            ),
            *(f"q/{id}.json" for id in (*LIVE, "soup-warmth", "menu-colour", "menu-color")),
            "q/menu-color/index.html",
            "q/soup-warmth/index.html",
        ]
    )


def test_every_file_is_made_alike_each_time(tiny: Playbook) -> None:
    assert downloads.files(tiny) == downloads.files(tiny)


def test_every_file_ends_with_one_line_end(tiny: Playbook) -> None:
    texts = downloads.files(tiny).values()
    assert all(text.endswith("\n") and not text.endswith("\n\n") for text in texts)


# For the meeting


def test_the_kickoff_document_of_all_roles(tiny: Playbook) -> None:
    assert downloads.kickoff(tiny) == expected("kickoff.md")


def test_the_kickoff_document_of_one_role(tiny: Playbook) -> None:
    assert downloads.kickoff(tiny, role(tiny, "hall")) == expected("kickoff-hall.md")


def test_must_ask_questions_come_first_in_a_kickoff_document() -> None:
    first, second, *_ = read_playbook(TINY, TINY).questions
    later = first.model_copy(update={"priority": "should"})
    sooner = second.model_copy(update={"priority": "must", "title": "Bread"})
    playbook = read_playbook(TINY, TINY).model_copy(update={"questions": (later, sooner)})
    headings = [line for line in downloads.kickoff(playbook).splitlines() if line.startswith("###")]
    assert headings == ["### Bread (must ask)", "### Soup heat"]


@given(typed_text())
def test_a_kickoff_document_shows_what_was_typed(text: str) -> None:
    texts = dict.fromkeys(("title", "ask", "good_answer", "warning_sign", "evidence"), text)
    page = Page(plain_markdown(downloads.kickoff(with_texts(**texts))))
    assert page.texts("h3")[1] == text
    assert page.texts("strong")[1] == text
    assert page.texts("li")[4:7] == [
        f"Good answer: {text}",
        f"Warning sign: {text}",
        f"Show me: {text}",
    ]


@given(sentences())
@example(("We lose $40k a month; the checks cost $12k.", []))
@example(("C:\\new, \\(x\\) and \\begin{x}", []))
def test_what_a_kickoff_document_says_arrives_in_every_program(
    sentence: tuple[str, list[str]],
) -> None:
    text, addresses = sentence
    text = " ".join(text.split())
    made = downloads.kickoff(
        with_texts(ask=text, good_answer=text, warning_sign="1 $", evidence="2 $")
    )
    for name, read in READERS.items():
        shown = Shown(read(made))
        led = [(words, target(to)) for words, to in shown.links]
        assert led == [(each, target(led_to(each))) for each in addresses] * 2, name
        assert shown.formulas == [], name
        assert f"Good answer: {text}" in " ".join(shown.text.split()), name


# For a spreadsheet


def test_the_table_has_a_line_for_each_live_question(tiny: Playbook) -> None:
    assert [row["id"] for row in table(downloads.questions_csv(tiny))] == list(LIVE)


def test_the_table_starts_with_a_byte_order_mark_and_its_lines_end_as_they_should(
    tiny: Playbook,
) -> None:
    text = downloads.questions_csv(tiny)
    assert text.startswith('\ufeff"id","role","title","ask",')
    assert text.encode().startswith(b'\xef\xbb\xbf"id"')
    assert text.endswith("\r\n")
    assert text.count("\r\n") == text.count("\n") == text.count("\r") == 1 + len(LIVE)


def test_a_line_of_the_table(tiny: Playbook) -> None:
    assert table(downloads.questions_csv(tiny))[0] == {
        "id": "soup-heat",
        "role": "kitchen",
        "title": "Soup heat",
        "ask": "How hot is each dish when it reaches the table, and who measures it?",
        "why": "Guests send cold soup back, and the cook hears of it a week later.",
        "good_answer": "Seventy degrees at the pass, sixty at the table; the host measures two "
        "dishes a night.",
        "warning_sign": "“It was hot when it left.” Nobody looked at the POS or the table.",
        "evidence": "The list of temperatures.",
        "stage": "serve",
        "priority": "must",
        "job_titles": "cook",
        "applies_to": "any",
        "needs": "guest-count",
        "search_phrases": "how hot | is it warm | temperature of soup",
        "sources": "cook-2020 | undated-list",
        "status": "live",
        "since": "2026-11-23",
        "url": "q/soup-heat/",
    }


def test_a_line_of_the_table_has_the_whole_address_where_that_is_known(tiny: Playbook) -> None:
    rows = table(downloads.questions_csv(tiny, "https://docs.example/playbook/"))
    assert rows[0]["url"] == "https://docs.example/playbook/q/soup-heat/"


def test_python_reads_the_table_as_its_page_says(tiny: Playbook, tmp_path: Path) -> None:
    (tmp_path / "questions.csv").write_bytes(downloads.questions_csv(tiny).encode())
    with open(tmp_path / "questions.csv", encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == list(LIVE)


def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(tiny: Playbook) -> None:
    odd = table(downloads.questions_csv(tiny))[1]
    assert odd["title"] == "'={{x}} <b>|*_ {:#x} #"
    assert odd["ask"].startswith("'=What {{ x }}")
    assert odd["why"].startswith("'-Because")
    assert odd["good_answer"].startswith("'+Five")
    assert odd["warning_sign"].startswith("'@ \"quoted\" and 'single'")
    assert odd["evidence"] == "![an image](x.png)"
    assert odd["search_phrases"] == "'=1+1 | <i>odd</i> | a | b"


@given(st.lists(st.characters(exclude_categories=["Cs"]) | st.sampled_from(FORMULAS)).map("".join))
def test_no_cell_starts_like_a_formula_and_each_is_read_back(text: str) -> None:
    made = downloads.questions_csv(with_texts(ask=text, search_phrases=(text, text)))
    row = table(made)[1]
    assert unguarded(row["ask"]) == text
    assert unguarded(row["search_phrases"]) == f"{text} | {text}"
    assert running(made) == []


def test_a_formula_is_seen_wherever_a_program_lets_a_cell_start() -> None:
    """The check above stands on this."""
    for separator, cell in [
        (",", '"=1"'),
        (";", '"a;=1"'),
        ("\t", '"a\t \u200b=1"'),
        (";", '"\n+1"'),
    ]:
        assert separator in {found for found, _ in running(f'"id",{cell}\r\n')}, cell


# Earlier ids


@pytest.mark.parametrize(
    ("was", "id"), [("soup-warmth", "soup-heat"), ("menu-color", "menu-colour")]
)
def test_an_earlier_id_leads_on_to_the_question(was: str, id: str, tiny: Playbook) -> None:
    """By itself, and with a link where a browser does not go on by itself."""
    made = downloads.files(tiny)[f"q/{was}/index.html"]
    assert Page(made).refresh == f"0; url=../{id}/"
    assert Page(made).links == [f"../{id}/"]
    assert f'<link rel="canonical" href="../{id}/">' in made


def test_an_earlier_id_has_the_picture_of_its_question_where_pages_have_pictures(
    tiny: Playbook,
) -> None:
    address = "https://docs.example/p/"
    for has_cards in (True, False):
        site = Site(address, has_cards=has_cards)
        told = Page(downloads.files(tiny, site)["q/soup-warmth/index.html"]).meta
        picture = f"{address}{cards.path_of('q/soup-heat/')}"
        assert told.get("og:image") == (picture if has_cards else None)


@given(typed_text())
def test_the_page_of_an_earlier_id_shows_what_was_typed(text: str) -> None:
    playbook = with_texts(title=text, ask=text)
    page = Page(downloads.forwarding_page(playbook.questions[1]))
    assert page.texts("h1", "title") == [text, text]
    assert page.texts("p")[0] == text
    assert page.meta["description"] == page.meta["og:description"] == text
    assert page.meta["og:title"] == text
    assert {"script", "b", "i", "img"}.isdisjoint(page.tags)


def test_every_id_is_listed_with_the_title_of_its_question(tiny: Playbook) -> None:
    listed = json.loads(downloads.titles_json(tiny))
    assert listed == {
        "soup-heat": "Soup heat",
        "soup-warmth": "Soup heat",
        "odd-signs": "={{x}} <b>|*_ {:#x} #",
        "guest-count": "Guest count",
        "menu-colour": "Menu colour",
        "menu-color": "Menu colour",
    }


def test_the_sample_worksheet_is_of_the_day_that_its_page_tells() -> None:
    page = (ROOT / "docs/kickoff/worked-example.md").read_text(encoding="utf-8")
    day = date.fromisoformat(worksheet_sample.DAY)
    assert f"{day:%A} {day.day} {day:%B} {day.year}" in page
