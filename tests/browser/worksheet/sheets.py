"""Worksheets for the tests: any state one may hold, and how a page's own modules are asked."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.browser.firefox import Window
from tests.data.page import PIECES
from tests.data.readers import FORMULAS

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
        "was": [],
    }
    for name, role in zip(KNOWN, ["business", "business", "data-science"], strict=True)
]

# Builds in the page what the modules work on: a sheet with a Map, and what a page knows.
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
      after: [{ minutes: 1, title: "Close" }], stages: [], more_from: [],
    }],
    role: (id) => id, stage: (id) => id, kind: (id) => id, priority: (id) => id,
  };
"""


def ask(page: Window, body: str, **given: Any) -> Any:
    """Run `body` in the page with the worksheet's own modules, and return what it returns.

    It may use `state`, `files`, `formats`, `minutes` and `agenda`, and `make`, `plain`, `known` and
    `given`.
    """
    return page.evaluate(
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
