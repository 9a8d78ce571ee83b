"""The editor's schemas say what the program that checks the data says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from macros.export.downloads import SCHEMAS, data_schema, downloads
from macros.export.json_schemas import JSON_FORMATS
from macros.load.entries import FILES, data_files
from macros.load.yaml_file import read_yaml
from macros.model.question import Playbook
from macros.playbook import read_playbook
from tests.tiny import ROOT, TINY, Change, changed, changes, faults, real_playbook

DATA = ROOT / "docs" / "data"
FAULTS = {**changes("fields.txt"), **changes("rules.txt")}
SOUND = changes("sound.txt")

# Faults that no schema can express, or that lie in another file than the one an editor shows.
ONLY_THE_CHECKS_SEE = {
    "same id twice in a list",
    "earlier id that is another's id",
    "earlier id that is its own id",
    "earlier id used twice",
    "id of a role used twice",
    "id of a source used twice",
    "id of a term used twice",
    "checklist item used twice",
    "title used twice",
    "law at an address that is not official",
    "unknown source",
    "unknown needed id",
    "earlier id as a needed id",
    "unknown pitfall",
    "unknown checklist item",
    "unknown checklist",
    "unknown source of a term",
    "unknown role of a job title",
    "job title of another role",
    "need of one's own answer",
    "need of a later stage",
    "circle of two",
    "need of a retired question",
    "retired without a reason",
    "reason without being retired",
    "unknown question to ask instead",
    "retired question to ask instead",
    "something to ask instead of a live question",
    "term explained twice",
    "form explained twice",
    "unknown source of a claim",
    "unknown question of a failure",
    "failure that leads to a retired question",
    "unknown source and question of a duty of law",
    "duty of law that leads to a retired question",
    "law to be looked at again before it was compared",
    "law compared in the future",
    "unknown role of a list of words",
    "item both covered and outside",
    "item covered together with an unknown question",
    "item covered together with a question that covers no part",
    "agenda of another length",
    "agenda that asks nothing",
    "agenda with two rounds",
    "too little time for the questions",
    "agenda that asks an unknown priority",
    "agenda of an unknown stage",
    "must question without an answer in the example",
    "answer to what is no must question",
    "open answer without a day",
    "answered with a day",
    "question that invites yes or no",
    "question that is asked already",
    "sentence without an end",
    "long sentences",
    "question too long for a phone",
    "word that is not used",
    "word that is not used in a role",
    "word that is not used, in an agenda",
    "abbreviation that nobody explains",
    "question without a question mark",
    "figure without a source",
    "exclamation mark",
    "exclamation mark outside the questions",
    "role without a must question",
    "pitfall that no question prevents",
    "unknown companion of a source",
    "text that is still to be written",
    "text that is still to be written, with one sign for three",
    "phrase that is still to be written",
    "reason that is still to be written",
    "source that is still to be written",
    "term that is still to be written",
    "role that is still to be written",
    "text with a mark to come back to",
    "text that is the template's comment",
    "text that is the field's description",
    "title with a letter of another alphabet",
    "day in the future",
    "change in the future",
    "edition in the future",
    "change before the question",
    "edition out of order",
    "retired without a day",
    "renamed without a day",
    "reworded without a word on how",
    "words on what was not reworded",
}


@cache
def schema(data: Path, name: str) -> dict[str, Any]:
    """Return the schema `name`, made with the vocabulary of a data folder."""
    made: dict[str, Any] = json.loads(data_schema(name, read_playbook(data, data).vocabulary))
    return made


def refused(data: Path, file: str, vocabulary: Path) -> list[str]:
    """Return what an editor would mark in a data file."""
    name = "questions" if file.startswith("questions/") else file.removesuffix(".yml")
    document, _ = read_yaml(data / file, file)
    validator = jsonschema.Draft202012Validator(
        schema(vocabulary, name), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return [error.message for error in validator.iter_errors(document.data)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_the_one_that_the_model_gives(name: str) -> None:
    made = data_schema(name, real_playbook().vocabulary)
    kept = (DATA / "schema" / f"{name}.schema.json").read_text("utf-8")
    assert kept == made, "macros/model/ or the vocabulary has changed: run `make schema`"


def test_there_is_no_schema_that_the_model_does_not_give() -> None:
    kept = {path.name for path in (DATA / "schema").iterdir()}
    assert kept == {f"{name}.schema.json" for name in SCHEMAS}


def test_every_schema_is_a_download_too(tiny: Playbook) -> None:
    offered = {name for name in downloads(tiny) if name.startswith("schema/")}
    made = {f"schema/{name}.schema.json" for name in (*SCHEMAS, *JSON_FORMATS)}
    assert offered == made


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_valid_schema_without_marks_of_our_own(name: str) -> None:
    found = schema(TINY, name)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert '"list"' not in json.dumps(found)


def test_a_schema_offers_the_choices_of_the_vocabulary() -> None:
    fields = schema(TINY, "questions")["properties"]
    offered = {
        name: field.get("enum") or field.get("items", {}).get("enum")
        for name, field in fields.items()
    }
    assert {name: choices for name, choices in offered.items() if choices} == {
        "job_titles": ["cook", "waiter", "host"],
        "stage": ["plan", "serve"],
        "priority": ["must", "should"],
        "applies_to": ["any", "feast"],
        "status": ["live", "retired"],
    }


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_editor_can_say_what_each_field_holds(name: str) -> None:
    """Lists of entries need no description: their fields have one."""
    silent = [
        f"{title}.{field}"
        for title, definition in schema(TINY, name).get("$defs", {}).items()
        for field, described in definition["properties"].items()
        if not described.get("description") and "$ref" not in described.get("items", {})
    ]
    assert silent == []


def test_every_data_file_tells_editors_its_schema() -> None:
    mark = "# yaml-language-server: $schema="
    for path in (each for each in data_files(DATA) if each.suffix == ".yml"):
        name = "questions" if path.parent != DATA else path.stem
        first = path.read_text("utf-8").splitlines()[0]
        assert first.startswith(mark), f"{path} does not start with {mark}"
        target = (path.parent / first.removeprefix(mark)).resolve()
        assert target == DATA / "schema" / f"{name}.schema.json", path


@pytest.mark.parametrize("data", [DATA, TINY], ids=["playbook", "tiny"])
def test_sound_data_is_sound_for_the_schemas_too(data: Path) -> None:
    files = ["vocabulary.yml", *FILES.values()]
    files += [path.relative_to(data).as_posix() for path in (data / "questions").glob("*/*.yml")]
    assert {file: refused(data, file, data) for file in files} == {file: [] for file in files}


def test_what_contributors_write_is_sound_for_the_schemas_that_they_are_told_to_make(
    changed_project: Path,
) -> None:
    data = changed_project / "docs/data"
    vocabulary = read_playbook(changed_project).vocabulary
    for name in SCHEMAS:
        kept = (data / f"schema/{name}.schema.json").read_text("utf-8")
        assert kept == data_schema(name, vocabulary), name
    written = [
        file
        for file in (path.relative_to(data) for path in data_files(data) if path.suffix == ".yml")
        if not (DATA / file).is_file() or (DATA / file).read_bytes() != (data / file).read_bytes()
    ]
    assert written
    assert [file for file in written if refused(data, file.as_posix(), data)] == []


@pytest.mark.parametrize("change", SOUND.values(), ids=SOUND)
def test_what_the_checks_let_pass_the_schemas_let_pass(change: Change, tiny_copy: Path) -> None:
    with changed(tiny_copy, change):
        assert faults(tiny_copy) == []
        assert refused(tiny_copy, change.file, TINY) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_a_schema_can_express_is_seen_by_both(name: str, tiny_copy: Path) -> None:
    with changed(tiny_copy, FAULTS[name]):
        assert faults(tiny_copy)
        let_pass = refused(tiny_copy, FAULTS[name].file, TINY) == []
    assert let_pass == (name in ONLY_THE_CHECKS_SEE)


def test_the_list_of_what_only_the_checks_see_names_real_faults() -> None:
    assert set(FAULTS) >= ONLY_THE_CHECKS_SEE
