"""A file from outside: what is none is refused, what is wrong in one costs only itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from macros.export.worksheet_sample import worksheet_sample
from tests.conftest import ROOT
from tests.modules.node import Node
from tests.modules.sheets import ask
from tests.tiny import real_playbook

READ = """
  try {
    const { sheet } = files.readFile(given.text);
    return { read: plain(sheet), polluted: ({}).x ?? null };
  } catch (error) {
    if (!(error instanceof state.Refused)) throw error;
    return { refused: error.message, polluted: ({}).x ?? null };
  }
"""
ANSWER = {"question": "business-goal", "text": "<img src=x onerror=alert(1)>"}
GOOD = {
    "format": "ml-needs-support worksheet",
    "schema_version": 1,
    "saved": "2026-11-24T10:00:00.000Z",
    "id": "w1",
    "project": {"name": "Pool"},
    "answers": [ANSWER],
}


def with_(**more: Any) -> str:
    return json.dumps({**GOOD, **more})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a worksheet file"),
        ("# Kickoff", "not a worksheet file"),
        ("{", "damaged"),
        (json.dumps(GOOD)[:-20], "damaged"),
        ("null", "not a worksheet"),
        ("[]", "not a worksheet"),
        ('{"__proto__":{"x":1}}', "not a worksheet"),
        (json.dumps(GOOD)[:-1] + ',"__proto__":{"x":1}}', "not a worksheet"),
        (with_(format="other"), "not a worksheet"),
        (with_(schema_version=2), "newer edition"),
        (with_(schema_version="1"), "does not say which version"),
        (with_(answers={}), "no list of answers"),
        (with_(answers=[{**ANSWER, "text": "x" * 5_000_000}]), "larger than 4.5 MB"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_file_that_is_none_is_refused_and_says_why(node: Node, text: str, said: str) -> None:
    found = ask(node, READ, text=text)
    assert said in found["refused"]
    assert found["polluted"] is None


OTHER = {"question": "customer-need", "text": "beside it"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"strange": 1}, "“strange”"),
        ({"answers": [1, OTHER]}, "is not a record"),
        ({"answers": [{**ANSWER, "question": "__proto__"}, OTHER]}, "cannot be the name"),
        ({"answers": [{**ANSWER, "question": 7}, OTHER]}, "cannot be the name of a question"),
        # What cannot be made into text in the usual way.
        ({"answers": [{**ANSWER, "question": {"toString": 1}}, OTHER]}, "cannot be the name"),
        ({"answers": [OTHER, OTHER]}, "twice"),
        *(
            ({"answers": [{**ANSWER, **field}, OTHER]}, f"“{next(iter(field))}” cannot be used")
            for field in (
                {"text": 5},
                {"status": "done"},
                {"due": "soon"},
                {"decision": "yes"},
                {"colour": "red"},
                {"copies": "x"},
            )
        ),
        ({"project": {"minutes": -1}}, "“minutes” cannot be used"),
        ({"project": {"name": None}}, "“name” cannot be used"),
        ({"project": [1]}, "The project is not a record"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_a_file_holds_beside_a_fault_is_read_and_the_fault_is_said(
    node: Node, more: dict[str, Any], said: str
) -> None:
    body = "const { sheet, unread } = files.readFile(given.text); return [plain(sheet), unread];"
    sheet, unread = ask(node, body, text=with_(**{"answers": [OTHER], **more}))
    assert any(said in each for each in unread), unread
    [read] = [each for each in sheet["answers"] if each["question"] == OTHER["question"]]
    assert read["text"] == OTHER["text"]


@pytest.mark.parametrize("part", ['"name"', '"question"'])
def test_a_file_changes_nothing_that_all_objects_share(node: Node, part: str) -> None:
    text = json.dumps(GOOD).replace(f"{{{part}", f'{{"__proto__":{{"x":1}},{part}')
    found = ask(node, READ, text=text)
    assert found["polluted"] is None
    assert "read" in found


def test_markup_in_a_file_stays_text(node: Node) -> None:
    found = ask(node, READ, text=with_())
    assert found["read"]["answers"][0]["text"] == "<img src=x onerror=alert(1)>"


OPEN = """
  const { sheet, unread } = files.readFile(given.text);
  return { ...plain(sheet), unread };
"""
VERSIONS = sorted((ROOT / "tests/fixtures/worksheet").glob("*.json"))


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_a_file_of_every_version_opens_with_all_that_is_in_it(node: Node, path: Path) -> None:
    file = json.loads(path.read_text("utf-8"))
    found = ask(node, OPEN, text=path.read_text("utf-8"))
    assert found["unread"] == []
    assert file["project"].items() <= found["project"].items()
    read = {each["question"]: each for each in found["answers"]}
    assert len(read) == len(file["answers"])
    for answer in file["answers"]:
        assert answer.items() <= read[answer["question"]].items()


def test_every_version_has_its_file() -> None:
    versions = {json.loads(path.read_text("utf-8"))["schema_version"] for path in VERSIONS}
    state = (ROOT / "docs/assets/worksheet/state.js").read_text("utf-8")
    newest = int(state.split("export const SCHEMA = ")[1].split(";")[0])
    assert versions == set(range(1, newest + 1))


def test_the_sample_opens_with_the_whole_worked_example(node: Node) -> None:
    playbook = real_playbook()
    found = ask(node, OPEN, text=worksheet_sample(playbook))
    assert found["unread"] == []
    read = {each["question"]: (each["text"], each["decision"]) for each in found["answers"]}
    assert read == {each.id: (each.answer, each.decision) for each in playbook.answers}
    unknown = {each["question"] for each in found["answers"] if each["status"] == "unknown"}
    assert unknown == {each.id for each in playbook.answers if each.status == "open"}
    owners = {each.owner for each in playbook.answers}
    assert set(found["project"]["people"].splitlines()) == owners
