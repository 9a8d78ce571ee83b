"""What stands in a worksheet comes out whole in every form, and back where a form comes back."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from nbconvert import HTMLExporter

from macros.render.escaping import write_markdown
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


def test_the_table_has_a_row_for_each_question_with_what_was_typed(
    window: Window,
) -> None:
    def check(sheet: dict[str, Any]) -> None:
        made = ask(window, CSV, sheet=sheet, questions=QUESTIONS)
        assert made.startswith('\ufeff"question","role",')
        rows = list(csv.DictReader(io.StringIO(made[1:], newline=""), strict=True))
        kept = written(sheet)
        assert {row["question"] for row in rows} == set(KNOWN) | set(kept)
        assert len(rows) == len(set(KNOWN) | set(kept))
        assert running(made) == []
        for row in rows:
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
        assert running(made) == []
        row = next(csv.DictReader(io.StringIO(made[1:], newline="")))
        assert unguarded(row["answer"]) == text
        back = ask(window, FILE, sheet=sheet, questions=QUESTIONS)
        assert back["answers"][0]["text"] == text


# ---- Minutes as text ----


def lines(text: str) -> list[str]:
    """The lines that are not blank, white space squeezed: all that a page shows of it."""
    squeezed = (" ".join(line.split()) for line in re.split(r"\r\n|[\r\n]", text))
    return [line for line in squeezed if line]


MARKDOWN = "return formats.markdown(minutes.minutes(make(given.sheet), given.questions, known))"
HTML = "return formats.html(minutes.minutes(make(given.sheet), given.questions, known))"


ELEMENTS = {"h1", "h2", "h3", "p", "strong", "ul", "li", "blockquote", "br", "a", "span", "bdi"}


def sheet_with(text: str) -> dict[str, Any]:
    return {"project": {}, "answers": [{"question": KNOWN[0], "text": text}]}


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


def test_brackets_in_an_address_are_no_link_or_picture_within_it(window: Window) -> None:
    """JupyterLab takes them for one even where Markdown escapes them."""
    text = "See http://example.com/![a](b)c"
    made = ask(window, MARKDOWN, sheet=sheet_with(text), questions=QUESTIONS)
    assert "See [http&#58;//example.com/!&#91;a&#93;(b)c](<" in made
    assert "&#91;a&#93;" in write_markdown(text)


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
    places = [made.index(words) for words in order]
    assert places == sorted(places)
    assert "**Settled:** 2 of 3 questions" in made


MAKE_NOTEBOOK = """
  const sheet = make(given.sheet);
  const blocks = minutes.minutes(sheet, given.questions, known);
  return formats.notebook(blocks, files.asFile("w1", sheet, 7));
"""


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
        assert all(isinstance(line, str) for line in cell["source"])
    of = [cell for cell in made["cells"] if cell["metadata"].get("question") == KNOWN[0]]
    assert "> a  \n> b" in "".join(of[0]["source"])


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


# ---- The issue ----

LINK_TO = "return formats.issueLink(formats.repository(given.typed), given.title, given.text)"


FORGES = [
    ("https://github.com/a/b", "https://github.com/a/b/issues/new", "title", "body"),
    (
        "https://gitlab.com/a/b/c",
        "https://gitlab.com/a/b/c/-/issues/new",
        "issue[title]",
        "issue[description]",
    ),
    ("https://codeberg.org/a/b", "https://codeberg.org/a/b/issues/new", "title", "body"),
]


def test_the_issue_holds_the_body_up_to_the_limit_and_then_none_of_it(window: Window) -> None:
    for typed, page, title, body in FORGES:

        def made(text: str, typed: str = typed) -> tuple[str, bool, dict[str, list[str]]]:
            link = ask(window, LINK_TO, typed=typed, title="T & u", text=text)
            asked = parse_qs(urlsplit(link["href"]).query)
            asked.pop("labels", None)
            return link["href"], link["whole"], asked

        at_most = "x" * (8000 - len(made("")[0]))
        href, whole, asked = made(at_most)
        assert href.startswith(f"{page}?")
        assert (len(href), whole, asked) == (8000, True, {title: ["T & u"], body: [at_most]})
        assert made(f"{at_most}x")[1:] == (False, {title: ["T & u"]})


REPOSITORIES = [
    *[
        (typed, "https://github.com/team/project", "github")
        for typed in (
            " https://github.com/team/project ",
            "https://github.com/team/project/",
            "https://github.com/team/project.git",
            "https://github.com/team/project.git/",
            "https://github.com/team/project/issues",
            "https://github.com/team/project/issues/new?title=x",
            "https://github.com/team/project/tree/main/docs/a",
            "https://github.com/team/project?tab=readme-ov-file",
            "https://github.com/team/project?tab=readme-ov-file#readme",
            "https://github.com/team/project#readme",
            "https://GitHub.com/team/project",
            "https://www.github.com/team/project",
            "http://github.com/team/project",
            "github.com/team/project",
            "www.github.com/team/project",
            "git@github.com:team/project.git",
            "git clone git@github.com:team/project.git",
            "ssh://git@github.com/team/project.git",
            "ssh://git@github.com:22/team/project.git",
            "git+https://github.com/team/project.git",
            "git://github.com/team/project.git",
            "<https://github.com/team/project>.",
            "https://ada@github.com/team/project",
        )
    ],
    ("https://github.example.org:8443/a/b/", "https://github.example.org:8443/a/b", "github"),
    ("https://git.example.org/forge/a/b/tree/x", "https://git.example.org/forge/a/b", "github"),
    ("http://10.0.0.7:3000/a/b", "http://10.0.0.7:3000/a/b", "github"),
    ("https://gitlab.com/a/b/c/d", "https://gitlab.com/a/b/c/d", "gitlab"),
    ("https://gitlab.com/a/b/c/-/issues", "https://gitlab.com/a/b/c", "gitlab"),
    ("git@gitlab.example.org:a/b/c.git", "https://gitlab.example.org/a/b/c", "gitlab"),
    ("https://git.example.org/a/b/-/tree/main", "https://git.example.org/a/b", "gitlab"),
    ("https://codeberg.org/a/b/src/branch/main", "https://codeberg.org/a/b", "gitea"),
]
NO_REPOSITORIES = [
    ("javascript:alert(1)//a/b/c", "cannot be understood; expected"),
    ("data:text/html,x/y/z", "cannot be understood; expected"),
    ("team/project", "cannot be understood; expected"),
    ("the one of our team", "cannot be understood; expected"),
    ("https://github.com/team", "leads to no project; expected"),
    ("https://github.com/orgs/team/projects", "leads to no project; expected"),
    ("https://github.com\\@example.org/a b/c", "leads to no project; expected"),
    ("https://ada:secret@github.com/team/project", "There is a password in this address"),
]


def test_a_repository_is_known_in_every_form_in_which_its_address_is_copied(
    window: Window,
) -> None:
    for typed, url, forge in REPOSITORIES:
        made = ask(window, "return formats.repository(given.typed)", typed=typed)
        assert made == {"url": url, "shown": url.partition("://")[2], "forge": forge}, typed


def test_what_is_no_address_of_a_repository_is_said(window: Window) -> None:
    for typed, said in NO_REPOSITORIES:
        made = ask(window, "return formats.repository(given.typed)", typed=typed)
        assert list(made) == ["fault"], typed
        assert said in made["fault"], typed


# ---- Names of files ----


NAMES = [
    ("Pool & more", "kickoff-pool-more-2026-11-27.md"),
    ("Открытый бассейн №1", "kickoff-открытый-бассейн-1-2026-11-27.md"),
    ("屋外プール", "kickoff-屋外プール-2026-11-27.md"),
    ("पूल", "kickoff-पूल-2026-11-27.md"),
    ("../..\\CON:*?<>|", "kickoff-con-2026-11-27.md"),
    (" / ", "kickoff-2026-11-27.md"),
]


def test_a_file_is_named_after_its_project(window: Window) -> None:
    body = "return formats.fileName({ name: given.name }, '2026-11-27', 'md')"
    for name, made in NAMES:
        assert ask(window, body, name=name) == made


def test_no_name_of_a_file_is_longer_than_systems_take(window: Window) -> None:
    body = "return formats.fileName({ name: given.name }, '2026-11-27', 'md')"
    for sign in ["a", "я", "字", "𝒜", "a "]:
        made = ask(window, body, name=sign * 10_000)
        assert len(made.encode()) <= 140
        assert sign.strip().lower() in made


def test_entities_are_what_html_takes_them_for() -> None:
    """The checks above stand on this reading of what a browser would show."""
    assert Shown("<blockquote><p>&#60;b&#62;<br>x</p></blockquote>").quotes == ["\n<b>\nx"]
    assert html.unescape("&#124;") == "|"


@pytest.mark.parametrize(
    "text", ["$a$", "\\\\(x\\\\)", "\\\\begin{x}", "\\$5 and \\$6", "&#36;5 and &#36;6"]
)
def test_a_formula_is_seen_as_one(text: str) -> None:
    assert any(Shown(read(text)).formulas for read in READERS.values())
