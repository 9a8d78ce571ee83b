"""Worksheets for the tests: any state one may hold, and how their modules are asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.made_up import given, settings, st
from tests.markdown_page import PIECES
from tests.modules.node import Evaluates
from tests.other_programs import FORMULAS

STATUSES = ["open", "answered", "not-applicable", "unknown"]
KNOWN = ["business-goal", "customer-need", "model-or-not"]
GONE = ["asked-long-ago", "constructor", "to-string"]

# Questions as the page would read them; the real ones are in the tests of the page.
QUESTIONS = [
    {
        "id": name,
        "role": role,
        "stage": "frame",
        "priority": "must",
        "title": name.capitalize(),
        "ask": f"What about {name}?",
        "kinds": ["any"],
        "needs": [],
        "previousIds": [],
    }
    for name, role in zip(KNOWN, ["business", "business", "data-science"], strict=True)
]

# Builds what the modules work on: a sheet with a Map, and what a page knows.
PREPARE = """
  const make = (given) => ({
    project: { ...state.blank(state.PROJECT), ...given.project },
    answers: new Map(given.answers.map(({ question, ...answer }) =>
      [question, { ...state.blank(state.ANSWER), ...answer }])),
  });
  const plain = (sheet) => ({
    project: sheet.project,
    answers: [...sheet.answers].map(([question, answer]) => ({ question, ...answer })),
  });
  const known = {
    roles: [
      { id: "business", label: "The business" },
      { id: "data-science", label: "Data science" },
    ],
    agendas: [{
      minutes: 10, before: [{ minutes: 1, title: "Open" }], round: 8, questions: 4,
      after: [{ minutes: 1, title: "Close" }], stages: [], extra_stages: [],
    }],
    role: (id) => id, stage: (id) => id, kind: (id) => id, priority: (id) => id,
  };
"""

# What goes out of a sheet, and FILE, LINK and NOTEBOOK back in again.
CSV = "return formats.csv(make(given.sheet), given.questions, known)"
MARKDOWN = "return formats.markdown(minutes.minutes(make(given.sheet), given.questions, known))"
HTML = "return formats.html(minutes.minutes(make(given.sheet), given.questions, known))"
FILE = "return plain(files.readFile(files.json(files.asFile('w1', make(given.sheet), 7))).sheet)"
LINK = """
  const mark = await files.linkMark("w1", make(given.sheet), given.questions);
  return plain((await files.readLink(mark, given.questions, 5)).sheet);
"""
MAKE_LINK = "return files.linkMark('w1', make(given.sheet), given.questions)"
READ_LINK = "return plain((await files.readLink(given.mark, given.questions, 5)).sheet)"
NOTEBOOK = """
  const sheet = make(given.sheet);
  const blocks = minutes.minutes(sheet, given.questions, known);
  const text = formats.notebook(blocks, files.asFile("w1", sheet, 7));
  return plain(files.readFile(text).sheet);
"""
MAKE_NOTEBOOK = """
  const sheet = make(given.sheet);
  const blocks = minutes.minutes(sheet, given.questions, known);
  return formats.notebook(blocks, files.asFile("w1", sheet, 7));
"""


def ask(window: Evaluates, body: str, **given: Any) -> Any:
    """Run `body` with the worksheet's own modules, in a Node or a page; return what it returns.

    It may use `state`, `files`, `formats`, `minutes` and `agenda`, and `make`, `plain`, `known` and
    `given`.
    """
    return window.evaluate(
        f"""async (given) => {{
          const root = new URL(document.body.dataset.root.replace(/\\/?$/, "/"), location.href);
          const load = (name) => import(new URL(`assets/worksheet/${{name}}.js`, root));
          const [state, files, formats, minutes, agenda] =
            await Promise.all(["state", "files", "formats", "minutes", "agenda"].map(load));
          {PREPARE}
          {body}
        }}""",
        given,
    )


def text(*, controls: bool = True) -> st.SearchStrategy[str]:
    """Any text: all of Unicode, and what means something to HTML, Markdown, CSV or a program."""
    # No reader of Markdown shows a NUL.
    formulas = [each for each in FORMULAS if controls or "\x00" not in each]
    pieces = st.sampled_from(
        [*PIECES, *formulas, "__proto__", "<img src=x onerror=alert(1)>", "\n"]
    )
    seen = (
        st.characters(exclude_categories=["Cs"])
        if controls
        else st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
    )
    return st.lists(pieces | seen, max_size=12).map("".join)


def days() -> st.SearchStrategy[str]:
    return st.just("") | st.dates().map(str)


def copies() -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries({"when": st.integers(0, 2**40), "text": text()})
    return st.lists(one, max_size=2, unique_by=str)


def answers(*, controls: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    words = text(controls=controls)
    return st.fixed_dictionaries(
        {
            "when": st.integers(0, 2**50),
            "text": words,
            "status": st.sampled_from(STATUSES),
            "owner": words,
            "due": days(),
            "next": words,
            "decision": st.booleans(),
            "asked": st.sampled_from(["", "abc"]),
            "title": words,
            "wording": words,
        }
    )


def sheets(*, controls: bool = True, with_copies: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """A project and its answers, to questions that are asked and to some that are not."""
    words = text(controls=controls)
    project = st.fixed_dictionaries(
        {
            "name": words,
            "date": days(),
            "people": words,
            "absent": st.just([]) | st.just(["business"]),
            "minutes": st.integers(0, 1440),
            "extra": st.just([]) | st.just([KNOWN[2]]),
            "omit": st.just([]) | st.just([KNOWN[1]]),
            "notes": words,
            "created": st.integers(0, 2**50),
        }
    )
    kept = copies() if with_copies else st.just([])
    answer = st.builds(
        lambda question, fields, more: {"question": question, **fields, "copies": more},
        st.sampled_from(KNOWN + GONE),
        answers(controls=controls),
        kept,
    )
    listed = st.lists(answer, max_size=4, unique_by=lambda each: str(each["question"]))
    return st.fixed_dictionaries({"project": project, "answers": listed})


def question(name: str, **more: Any) -> dict[str, Any]:
    start = {"id": name, "role": "business", "stage": "frame", "priority": "should"}
    return {
        **start,
        "kinds": ["any"],
        "needs": [],
        "previousIds": [],
        "title": name,
        "ask": "?",
        **more,
    }


def sheet_with(text: str) -> dict[str, Any]:
    return {"project": {}, "answers": [{"question": KNOWN[0], "text": text}]}


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


def lines(text: str) -> list[str]:
    """The lines that are not blank, white space squeezed: all that a page shows of it."""
    squeezed = (" ".join(line.split()) for line in re.split(r"\r\n|[\r\n]", text))
    return [line for line in squeezed if line]


def for_all(strategy: Any, check: Callable[[Any], None]) -> None:
    """Try `check` on some examples, and on many where `make fuzz` asks for that."""
    half = settings(max_examples=settings().max_examples // 2)
    half(given(strategy)(check))()  # type: ignore[no-untyped-call]
