"""What stands in a worksheet comes out whole in every form, and back where a form comes back."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.browser.firefox import Window
from tests.browser.worksheet.sheets import FORMULAS, KNOWN, QUESTIONS, answers, ask, sheets
from tests.data.page import plain_markdown

# The page is asked again and again, on a machine that others use too.
patient = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def written(sheet: dict[str, Any]) -> dict[str, Any]:
    """What a person wrote in a sheet, by question; what nobody wrote anything in does not count."""
    fields = ("text", "status", "owner", "due", "next", "decision", "copies")
    start = {"text": "", "status": "open", "owner": "", "due": "", "next": "", "decision": False}
    kept = {each["question"]: {name: each[name] for name in fields} for each in sheet["answers"]}
    return {
        name: each
        for name, each in kept.items()
        if {**each, "copies": []} != {**start, "copies": []} or each["copies"]
    }


def for_all(strategy: Any, check: Callable[[Any], None]) -> None:
    """Try `check` on many examples, in one window."""
    tried = patient(given(strategy)(check))  # type: ignore[no-untyped-call]
    tried()


def same_after(window: Window, body: str) -> Callable[[dict[str, Any]], None]:
    def check(sheet: dict[str, Any]) -> None:
        back = ask(window, body, sheet=sheet, questions=QUESTIONS)
        assert written(back) == written(sheet)
        assert {name: back["project"][name] for name in sheet["project"]} == sheet["project"]

    return check


FILE = "return plain(files.readFile(files.json(files.asFile('w1', make(given.sheet), 7))).sheet)"
LINK = """
  const mark = await files.linkMark("w1", make(given.sheet), given.questions);
  return plain((await files.readLink(mark, given.questions, 5)).sheet);
"""
NOTEBOOK = """
  const sheet = make(given.sheet);
  const blocks = minutes.minutes(sheet, given.questions, known);
  const text = formats.notebook(blocks, files.asFile("w1", sheet, 7));
  return plain(files.readFile(text).sheet);
"""


@pytest.mark.parametrize("body", [FILE, LINK, NOTEBOOK], ids=["file", "link", "notebook"])
def test_what_went_out_comes_back(window: Window, body: str) -> None:
    for_all(sheets(), same_after(window, body))


@pytest.mark.parametrize("body", [FILE, LINK, NOTEBOOK], ids=["file", "link", "notebook"])
def test_a_hundred_thousand_signs_come_back(window: Window, body: str) -> None:
    text = ("é=@<b>\n😀" * 15_000)[:100_000]
    sheet = {"project": {"name": "Long"}, "answers": [{"question": KNOWN[0], "text": text}]}
    assert ask(window, body, sheet=sheet, questions=QUESTIONS)["answers"][0]["text"] == text


def test_half_a_sign_survives_a_file(window: Window) -> None:
    """A lone surrogate is no text, but somebody's browser may hold one."""
    body = """
      const sheet = make({ project: {}, answers: [{ question: "a-b", text: "x\\ud800y" }] });
      const file = files.json(files.asFile("w1", sheet, 7));
      const bytes = new TextDecoder().decode(new TextEncoder().encode(file));
      return files.readFile(bytes).sheet.answers.get("a-b").text === "x\\ud800y";
    """
    assert ask(window, body) is True


# ---- The table ----

CSV = "return formats.csv(make(given.sheet), given.questions, known)"
RUNS_AS_FORMULA = tuple("=+-@\t\r\n")


def unguarded(cell: str) -> str:
    """Take away the apostrophe that the page put in front, by the rule it states."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n]", cell) else cell


def test_the_table_has_a_row_for_each_question_with_what_was_typed(
    window: Window,
) -> None:
    def check(sheet: dict[str, Any]) -> None:
        made = ask(window, CSV, sheet=sheet, questions=QUESTIONS)
        assert made.startswith("\ufeff")
        rows = list(csv.DictReader(io.StringIO(made[1:], newline="")))
        kept = written(sheet)
        assert {row["question"] for row in rows} == set(KNOWN) | set(kept)
        assert len(rows) == len(set(KNOWN) | set(kept))
        for row in rows:
            assert not any(cell.startswith(RUNS_AS_FORMULA) for cell in row.values()), row
            answer = kept.get(row["question"])
            if answer:
                assert unguarded(row["answer"]) == answer["text"]
                assert unguarded(row["owner"]) == answer["owner"]
                assert unguarded(row["next_step"]) == answer["next"]
                assert row["due"] == answer["due"]
                assert row["decision"] == ("yes" if answer["decision"] else "no")

    for_all(sheets(with_copies=False), check)


def test_what_a_spreadsheet_would_run_is_guarded_and_the_file_keeps_it_raw(window: Window) -> None:
    for text in [*FORMULAS, "a,b", 'say "x"', "two\nlines", "café"]:
        sheet = {"project": {}, "answers": [{"question": KNOWN[0], "text": text}]}
        made = ask(window, CSV, sheet=sheet, questions=QUESTIONS)
        row = next(csv.DictReader(io.StringIO(made[1:], newline="")))
        assert not row["answer"].startswith(RUNS_AS_FORMULA)
        assert unguarded(row["answer"]) == text
        back = ask(window, FILE, sheet=sheet, questions=QUESTIONS)
        assert back["answers"][0]["text"] == text


# ---- Minutes as text ----


class Quotes(HTMLParser):
    """The text of each quotation, line by line as it is shown, and every tag there is."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.quotes: list[str] = []
        self.tags: set[str] = set()
        self.depth = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "blockquote":
            self.depth += 1
            self.quotes.append("")
        elif self.depth and tag in ("br", "p"):
            self.quotes[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "blockquote"

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.quotes[-1] += data.replace("\n", " ")


def lines(text: str) -> list[str]:
    """The lines that are not blank, white space squeezed: all that a page shows of it."""
    squeezed = (" ".join(line.split()) for line in re.split(r"\r\n|[\r\n]", text))
    return [line for line in squeezed if line]


MARKDOWN = "return formats.markdown(minutes.minutes(make(given.sheet), given.questions, known))"
HTML = "return formats.html(minutes.minutes(make(given.sheet), given.questions, known))"


@pytest.mark.parametrize(
    ("body", "show"), [(MARKDOWN, plain_markdown), (HTML, str)], ids=["markdown", "html"]
)
def test_an_answer_reads_as_it_was_typed(
    window: Window, body: str, show: Callable[[str], str]
) -> None:
    def check(answer: dict[str, Any]) -> None:
        sheet = {"project": {}, "answers": [{"question": KNOWN[0], **answer, "decision": False}]}
        shown = Quotes(show(ask(window, body, sheet=sheet, questions=QUESTIONS)))
        wanted = lines(answer["text"])
        assert [lines(quote) for quote in shown.quotes] == (
            [wanted] if answer["text"].strip() else []
        )
        assert shown.tags <= {"h1", "h2", "h3", "p", "strong", "ul", "li", "blockquote", "br"}

    for_all(answers(controls=False), check)


@pytest.mark.parametrize(
    "text",
    [
        "# x",
        "| a |\n|---|\n| b |",
        "<b>bold</b>",
        "```\ncode\n```",
        "- a\n- b",
        "1. a\n2) b",
        "    indented\n\n\tand more",
        "a\n===\nb\n---",
        "> quoted",
        "[a](b) ![c](d) <http://e.f>",
        "*a* _b_ `c` ~~d~~ &amp; \\*",
        "* * *",
        "+ plus\n- minus\n-- two",
    ],
)
def test_what_means_something_to_markdown_is_shown_as_typed(window: Window, text: str) -> None:
    sheet = {"project": {}, "answers": [{"question": KNOWN[0], "text": text}]}
    shown = Quotes(plain_markdown(ask(window, MARKDOWN, sheet=sheet, questions=QUESTIONS)))
    assert [lines(quote) for quote in shown.quotes] == [lines(text)]
    assert not shown.tags & {"h4", "code", "pre", "em", "table", "a", "img", "ol", "b", "hr"}


def test_the_minutes_list_what_is_open_first_and_hold_status_owner_and_next_step(
    window: Window,
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
    made = ask(window, MARKDOWN, sheet=sheet, questions=QUESTIONS)
    order = ["# Kickoff: Pool", "## Open points", "Grace, by 1 December 2026", "Count them"]
    order += ["## Decisions", "We build.", "## The business", "**Owner:** Ada"]
    places = [made.index(words) for words in order]
    assert places == sorted(places)
    assert "**Settled:** 2 of 3 questions" in made


def test_the_notebook_is_one(window: Window) -> None:
    sheet = {"project": {"name": "Pool"}, "answers": [{"question": KNOWN[0], "text": "a\nb"}]}
    body = """
      const sheet = make(given.sheet);
      const blocks = minutes.minutes(sheet, given.questions, known);
      return formats.notebook(blocks, files.asFile("w1", sheet, 7));
    """
    made = json.loads(ask(window, body, sheet=sheet, questions=QUESTIONS))
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    assert set(made) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    names = [cell["id"] for cell in made["cells"]]
    assert len(set(names)) == len(names)
    for cell in made["cells"]:
        assert set(cell) == {"cell_type", "id", "metadata", "source"}
        assert cell["cell_type"] == "markdown"
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell["id"])
        assert all(isinstance(line, str) for line in cell["source"])
    of = [cell for cell in made["cells"] if cell["metadata"].get("question") == KNOWN[0]]
    assert "> a  \n> b" in "".join(of[0]["source"])


# ---- The issue ----


def test_the_issue_holds_the_body_up_to_the_limit_and_then_none_of_it(window: Window) -> None:
    body = """
      const at = (length) => {
        const bare = formats.issueLink("https://github.com/a/b", "T", "").href.length;
        return formats.issueLink("https://github.com/a/b", "T", "x".repeat(length - bare));
      };
      return [at(2000), at(2001)];
    """
    fits, not_any_more = ask(window, body)
    assert fits["whole"] is True
    assert len(fits["href"]) == 2000
    assert not_any_more["whole"] is False
    assert len(not_any_more["href"]) < 200
    assert "title=T" in not_any_more["href"]
    assert "labels=kickoff" in not_any_more["href"]
    assert "body=" not in not_any_more["href"]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" https://github.com/team/project ", "https://github.com/team/project"),
        ("https://github.com/team/project.git", "https://github.com/team/project"),
        ("https://github.example.org:8443/a/b/", "https://github.example.org:8443/a/b"),
        ("http://github.com/a/b", ""),
        ("javascript:alert(1)", ""),
        ("https://github.com/team", ""),
        ("https://github.com/a/b?x=1", ""),
        ("github.com/a/b", ""),
    ],
)
def test_only_the_address_of_a_repository_makes_a_link(
    window: Window, typed: str, address: str
) -> None:
    assert ask(window, "return formats.repositoryAddress(given.typed)", typed=typed) == address


def test_entities_are_what_html_takes_them_for() -> None:
    """The check above stands on this reading of what a browser would show."""
    assert Quotes("<blockquote><p>&#60;b&#62;<br>x</p></blockquote>").quotes == ["\n<b>\nx"]
    assert html.unescape("&#124;") == "|"
