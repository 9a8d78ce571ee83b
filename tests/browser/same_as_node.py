"""What the modules compute in a page of a browser, beside what they compute in Node.

What that is, tests/modules asks without a page; here is what may differ by engine.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.firefox import Window
from tests.conftest import ROOT
from tests.modules.node import Node
from tests.modules.plays import RESULTS, compute
from tests.modules.sheets import (
    CSV,
    FILE,
    GONE,
    HTML,
    KNOWN,
    MAKE_LINK,
    MAKE_NOTEBOOK,
    MARKDOWN,
    QUESTIONS,
    READ_LINK,
    ask,
)

SCRIPTS = sorted(path.name for path in (ROOT / "docs/assets/pitfalls").glob("*.js"))
TEXT = "שלום, ünïcode 😀 $5 & <b>\n=1+1 https://example.com/a_b?x=1#c"
SHEET: dict[str, Any] = {
    "project": {"name": TEXT, "date": "2026-11-27"},
    "answers": [
        {"question": name, "text": TEXT, "owner": "Ada", "due": "2026-12-01", "status": "unknown"}
        for name in [*KNOWN, *GONE]
    ],
}
PLAYS = [
    (
        "leak",
        "return m.promise(m.depot(mulberry32(7), given.setting), 'dated', true);",
        "leaky-columns",
    ),
    ("labels", "return m.trial(given, 0).losses;", "swapped-labels"),
    (
        "coins",
        "return Object.values(m.score(m.flip(mulberry32(given.setting.seed), 2000), 10));",
        "coin-flips",
    ),
]
LOAD = """async (names) => {
  const root = new URL(document.body.dataset.root.replace(/\\/?$/, "/"), location.href);
  await Promise.all(names.map((name) => import(new URL(`assets/pitfalls/${name}`, root))));
}"""


def expect_what_node_computes(window: Window) -> None:
    """The modules load in a page of this browser and come to the same there as in Node."""
    window.goto("contribute/about/")
    window.evaluate(LOAD, SCRIPTS)
    with Node.started() as node:
        for body in (CSV, MARKDOWN, HTML, FILE, MAKE_NOTEBOOK):
            made = [ask(each, body, sheet=SHEET, questions=QUESTIONS) for each in (window, node)]
            assert made[0] == made[1], body
        for sender, receiver in ((window, node), (node, window)):
            mark = ask(sender, MAKE_LINK, sheet=SHEET, questions=QUESTIONS)
            read = ask(receiver, READ_LINK, mark=mark, questions=QUESTIONS)
            assert {each["question"]: each["text"] for each in read["answers"]} == dict.fromkeys(
                [*KNOWN, *GONE], TEXT
            )

        for module, work, experiment in PLAYS:
            given = RESULTS[experiment]
            found, expected = [compute(each, module, work, given) for each in (window, node)]
            assert found == pytest.approx(expected, abs=1e-9), module
