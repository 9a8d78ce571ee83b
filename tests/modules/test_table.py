"""The table of a worksheet: what was typed, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Any

from tests.modules.node import Node
from tests.modules.sheets import CSV, FILE, KNOWN, QUESTIONS, ask, for_all, sheets, written
from tests.other_programs import FORMULAS, running, unguarded


def test_the_table_has_a_row_for_each_question_with_what_was_typed(
    node: Node,
) -> None:
    def check(sheet: dict[str, Any]) -> None:
        made = ask(node, CSV, sheet=sheet, questions=QUESTIONS)
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


def test_what_a_spreadsheet_would_run_is_guarded_and_the_file_keeps_it_raw(node: Node) -> None:
    for text in [*FORMULAS, "a,b", 'say "x"', "two\nlines", "café"]:
        sheet = {"project": {}, "answers": [{"question": KNOWN[0], "text": text}]}
        made = ask(node, CSV, sheet=sheet, questions=QUESTIONS)
        assert running(made) == []
        row = next(csv.DictReader(io.StringIO(made[1:], newline="")))
        assert unguarded(row["answer"]) == text
        back = ask(node, FILE, sheet=sheet, questions=QUESTIONS)
        assert back["answers"][0]["text"] == text
