"""What goes out in a file, a link or a notebook comes back whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.modules.node import Node
from tests.modules.sheets import (
    FILE,
    KNOWN,
    LINK,
    NOTEBOOK,
    QUESTIONS,
    ask,
    for_all,
    sheets,
    written,
)


def same_after(node: Node, body: str) -> Callable[[dict[str, Any]], None]:
    def check(sheet: dict[str, Any]) -> None:
        back = ask(node, body, sheet=sheet, questions=QUESTIONS)
        assert written(back) == written(sheet)
        assert {name: back["project"][name] for name in sheet["project"]} == sheet["project"]

    return check


@pytest.mark.parametrize("body", [FILE, LINK, NOTEBOOK], ids=["file", "link", "notebook"])
def test_what_went_out_comes_back(node: Node, body: str) -> None:
    for_all(sheets(), same_after(node, body))


@pytest.mark.parametrize("body", [FILE, LINK, NOTEBOOK], ids=["file", "link", "notebook"])
def test_a_hundred_thousand_signs_come_back(node: Node, body: str) -> None:
    text = ("é=@<b>\n😀" * 15_000)[:100_000]
    sheet = {"project": {"name": "Long"}, "answers": [{"question": KNOWN[0], "text": text}]}
    assert ask(node, body, sheet=sheet, questions=QUESTIONS)["answers"][0]["text"] == text


def test_half_a_sign_survives_a_file(node: Node) -> None:
    """A lone surrogate is no text, but somebody's browser may hold one."""
    body = """
      const sheet = make({ project: {}, answers: [{ question: "a-b", text: "x\\ud800y" }] });
      const file = files.json(files.asFile("w1", sheet, 7));
      const bytes = new TextDecoder().decode(new TextEncoder().encode(file));
      return files.readFile(bytes).sheet.answers.get("a-b").text === "x\\ud800y";
    """
    assert ask(node, body) is True
