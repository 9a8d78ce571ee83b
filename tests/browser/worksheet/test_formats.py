"""What stands in a worksheet comes out whole in every form, and back where a form comes back."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import nbformat
from hypothesis import HealthCheck, given, settings

from nbconvert import HTMLExporter
from tests.browser.firefox import Window
from tests.browser.worksheet.sheets import KNOWN, QUESTIONS, answers, ask, sheets
from tests.data.readers import (
    AS_TYPED,
    FORMULAS,
    READERS,
    Reader,
    Shown,
    led_to,
    running,
    sentences,
    target,
    unguarded,
)

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


def lines(text: str) -> list[str]:
    """The lines that are not blank, white space squeezed: all that a page shows of it."""
    squeezed = (" ".join(line.split()) for line in re.split(r"\r\n|[\r\n]", text))
    return [line for line in squeezed if line]

ELEMENTS = {"h1", "h2", "h3", "p", "strong", "ul", "li", "blockquote", "br", "a", "span", "bdi"}


def sheet_with(text: str) -> dict[str, Any]:
    return {"project": {}, "answers": [{"question": KNOWN[0], "text": text}]}



MARKDOWN = "return formats.markdown(minutes.minutes(make(given.sheet), given.questions, known))"
HTML = "return formats.html(minutes.minutes(make(given.sheet), given.questions, known))"


@pytest.mark.parametrize(
    ("body", "readers"), [(MARKDOWN, READERS), (HTML, {"a browser": str})], ids=["markdown", "html"]
)
def test_an_answer_reads_as_it_was_typed(
    window: Window, body: str, readers: dict[str, Reader]
) -> None:
    def check(answer: dict[str, Any]) -> None:
        sheet = {"project": {}, "answers": [{"question": KNOWN[0], **answer, "decision": False}]}
        made = ask(window, body, sheet=sheet, questions=QUESTIONS)
        wanted = lines(answer["text"])
        for name, read in readers.items():
            shown = Shown(read(made))
            quotes = [lines(quote) for quote in shown.quotes]
            assert quotes == ([wanted] if wanted else []), name
            assert shown.tags <= ELEMENTS, name
            assert shown.formulas == [] or body == HTML, name

    for_all(answers(controls=False), check)


def test_what_means_something_to_markdown_is_shown_as_typed(window: Window) -> None:
    for text in AS_TYPED:
        made = ask(window, MARKDOWN, sheet=sheet_with(text), questions=QUESTIONS)
        for name, read in READERS.items():
            shown = Shown(read(made))
            assert [lines(quote) for quote in shown.quotes] == [lines(text)], (text, name)
            assert shown.tags <= ELEMENTS, (text, name)
            assert shown.formulas == [], (text, name)


def test_an_address_in_an_answer_leads_where_it_led(window: Window) -> None:
    def check(sentence: tuple[str, list[str]]) -> None:
        text, addresses = sentence
        made = ask(window, MARKDOWN, sheet=sheet_with(text), questions=QUESTIONS)
        for name, read in READERS.items():
            shown = Shown(read(made))
            assert [lines(quote) for quote in shown.quotes] == [lines(text)], name
            led = [(words, target(to)) for words, to in shown.links]
            assert led == [(each, target(led_to(each))) for each in addresses], name
            assert shown.formulas == [], name

    for_all(sentences(), check)


def test_an_address_is_easy_to_read_in_plain_text(window: Window) -> None:
    text = "See https://example.com/a_b?x=1&y=2#p_q (or ask ada_b@example.com); it costs $5."
    made = ask(window, MARKDOWN, sheet=sheet_with(text), questions=QUESTIONS)
    shown = "See <https://example.com/a_b?x=1&y=2#p_q> (or ask <ada_b@example.com>); it costs $5."
    assert f"> {shown}\n" in made


def test_a_long_answer_is_written_at_once(window: Window) -> None:
    """No sign makes the search for addresses, formulas or cells start over and over."""
    for sign in ["a", "(", ")", "https://a)", "www.", "a'", "\\a ", "@", "a@b.", "\n", "&", ";'"]:
        sheet = sheet_with((sign * 60_000)[:60_000])
        body = f"const start = performance.now(); await (async () => {{ {MARKDOWN} }})();"
        body += f"await (async () => {{ {CSV} }})(); return performance.now() - start;"
        assert ask(window, body, sheet=sheet, questions=QUESTIONS) < 5000, sign


def test_text_from_right_to_left_runs_its_own_way(window: Window) -> None:
    sheet = sheet_with("שלום, world")
    sheet["answers"][0]["owner"] = "عائشة"
    made = ask(window, HTML, sheet=sheet, questions=QUESTIONS)
    assert '<p dir="auto">שלום, world</p>' in made
    assert "<strong>Owner:</strong> <bdi>عائشة</bdi>" in made


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
MAKE_NOTEBOOK = """
  const sheet = make(given.sheet);
  const blocks = minutes.minutes(sheet, given.questions, known);
  return formats.notebook(blocks, files.asFile("w1", sheet, 7));
"""


    places = [made.index(words) for words in order]
    assert places == sorted(places)
    assert "**Settled:** 2 of 3 questions" in made


def test_the_notebook_is_one(window: Window) -> None:
    sheet = {"project": {"name": "Pool"}, "answers": [{"question": KNOWN[0], "text": "a\nb"}]}
    made = json.loads(ask(window, MAKE_NOTEBOOK, sheet=sheet, questions=QUESTIONS))
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    assert set(made) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    names = [cell["id"] for cell in made["cells"]]
    assert len(set(names)) == len(names)
    for cell in made["cells"]:
        assert set(cell) == {"cell_type", "id", "metadata", "source"}
        assert cell["cell_type"] == "markdown"
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell["id"])
def test_a_notebook_that_others_render_reads_as_it_was_typed(window: Window) -> None:
    text = "We lose $40k a month; the checks cost $12k.\n\\(x\\) and https://example.com/a_b#c_d"
    made = ask(window, MAKE_NOTEBOOK, sheet=sheet_with(text), questions=QUESTIONS)
    notebook = nbformat.reads(made, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    exporter = HTMLExporter(template_name="basic")  # type: ignore[no-untyped-call]
    page, _ = exporter.from_notebook_node(notebook)
    shown = Shown(page)
    assert [lines(quote) for quote in shown.quotes] == [lines(text)]
    assert shown.formulas == []
    address = "https://example.com/a_b#c_d"
    assert (address, address) in shown.links


def test_a_notebook_that_was_edited_is_noticed_and_one_that_was_only_saved_is_not(
    window: Window,
) -> None:
    made = ask(window, MAKE_NOTEBOOK, sheet=sheet_with("as it was"), questions=QUESTIONS)

    def edited(change: Callable[[Any], None]) -> Any:
        notebook = json.loads(made)
        change(notebook)
        text = json.dumps(notebook)
        return ask(window, "return files.readFile(given.text).edited", text=text)

    def saved_again(notebook: Any) -> None:
        notebook["nbformat_minor"] = 4
        for cell in notebook["cells"]:
            del cell["id"]
            cell["source"] = "".join(cell["source"])
        empty = {"cell_type": "code", "source": [], "outputs": [], "metadata": {}}
        notebook["cells"].append(empty | {"execution_count": None})

    def typed(notebook: Any) -> None:
        cell = next(each for each in notebook["cells"] if "as it was" in "".join(each["source"]))
        cell["source"] = [line.replace("as it was", "as it is") for line in cell["source"]]

    assert edited(lambda notebook: None) is False
    assert edited(saved_again) is False
    assert edited(typed) is True
    assert edited(lambda notebook: notebook["cells"].pop()) is True
    assert edited(lambda notebook: notebook["metadata"].pop("ml_needs_support_text")) is False


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
    """The checks above stand on this reading of what a browser would show."""
    assert Shown("<blockquote><p>&#60;b&#62;<br>x</p></blockquote>").quotes == ["\n<b>\nx"]
    assert html.unescape("&#124;") == "|"


@pytest.mark.parametrize(
    "text", ["$a$", "\\\\(x\\\\)", "\\\\begin{x}", "\\$5 and \\$6", "&#36;5 and &#36;6"]
)
def test_a_formula_is_seen_as_one(text: str) -> None:
    assert any(Shown(read(text)).formulas for read in READERS.values())
