"""The JSON files of the playbook: whole, addressed, and as the published schemas say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from macros.export import downloads
from macros.export.json_schemas import JSON_FORMATS, json_schema
from macros.export.site import Site
from macros.model.question import Playbook, Question
from macros.playbook import read_playbook
from tests.tiny import ROOT, TINY

SITE = "https://docs.example/playbook/"
DATA = [pytest.param(TINY, id="tiny"), pytest.param(ROOT / "docs" / "data", id="playbook")]
LISTS = {
    "role": "roles",
    "job_titles": "job_titles",
    "stage": "stages",
    "priority": "priorities",
    "applies_to": "kinds",
    "sources": "sources",
    "pitfalls": "pitfalls",
}
Read = dict[str, Any]


@cache
def made(folder: Any = TINY, site: str = "") -> dict[str, Read]:
    """Return what every JSON file about questions holds, by its path."""
    files = downloads.files(read_playbook(folder, folder), Site(site))
    return {
        path: json.loads(text)
        for path, text in files.items()
        if path.startswith("q/") or path.endswith(("questions.json", "changes.json"))
        if path.endswith(".json")
    }


def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return what another program checks a file of the tiny playbook by."""
    return validates(json_schema(name, read_playbook(TINY, TINY)))


def validates(text: str) -> jsonschema.Draft202012Validator:
    """Return what another program checks a file by: jsonschema and the published schema."""
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def name_of_schema(path: str) -> str:
    """Return which schema a file follows."""
    return f"{path.rpartition('/')[2][:-5]}-json" if path[0] == "d" else "question-json"


@pytest.mark.parametrize("site", ["", SITE], ids=["no address", "an address"])
def test_every_json_file_follows_the_schema_that_stands_beside_it(site: str) -> None:
    files_follow_their_schemas(made(TINY, site), {name: validator(name) for name in JSON_FORMATS})


def test_every_json_file_of_a_site_follows_the_schema_that_stands_beside_it(
    deployed_site: Path,
) -> None:
    schemas = deployed_site / "downloads/schema"
    files = [*deployed_site.glob("q/*.json"), *deployed_site.glob("downloads/*.json")]
    files_follow_their_schemas(
        {
            path.relative_to(deployed_site).as_posix(): json.loads(path.read_text("utf-8"))
            for path in files
            if path.name != "worksheet-sample.json"
        },
        {name: validates((schemas / f"{name}.schema.json").read_text()) for name in JSON_FORMATS},
    )


def files_follow_their_schemas(
    files: dict[str, Read], validators: dict[str, jsonschema.Draft202012Validator]
) -> None:
    assert {name_of_schema(path) for path in files} == set(JSON_FORMATS)
    for path, file in files.items():
        errors = [error.message for error in validators[name_of_schema(path)].iter_errors(file)]
        assert errors == [], path


@pytest.mark.parametrize("name", JSON_FORMATS)
def test_a_later_file_with_more_fields_follows_the_schema_of_today(name: str) -> None:
    """The page of the downloads promises that fields may be added."""
    paths = {"questions-json": "downloads/questions.json", "question-json": "q/soup-heat.json"}
    later = json.loads(json.dumps(made()[paths.get(name, "downloads/changes.json")]))
    for holder in list(objects(later)):
        holder["new_field"] = 1
    assert list(validator(name).iter_errors(later)) == []
    del later["edition"]
    assert [error.message for error in validator(name).iter_errors(later)] == [
        "'edition' is a required property"
    ]


def objects(held: object) -> Iterator[Read]:
    """Yield every object in a file."""
    if isinstance(held, dict):
        yield held
    inner = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    for part in inner:
        yield from objects(part)


def test_a_later_file_with_longer_texts_follows_the_schema_of_today() -> None:
    """How long a text may be is a rule for its writers."""
    later = json.loads(json.dumps(made()["downloads/questions.json"]))
    question = later["questions"][0]
    question.update(ask="Why? " * 100, title="Why " * 50, search_phrases=["a"])
    assert list(validator("questions-json").iter_errors(later)) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("stage", "nonsense"), ("role", "nobody"), ("priority", "perhaps")),
        *((name, ["nope"]) for name in ("needs", "sources", "pitfalls", "job_titles")),
        *(("applies_to", ["nope"]), ("instead", "no-such"), ("status", "asleep")),
        ("maps_to", [{"item": "safe-food:Z.9", "reason": "It asks.", "extent": "whole"}]),
    ],
)
def test_an_unknown_id_is_refused(field: str, value: object) -> None:
    file = json.loads(json.dumps(made()["downloads/questions.json"]))
    file["questions"][0][field] = value
    assert list(validator("questions-json").iter_errors(file)) != []


def test_questions_json_has_every_question_with_its_text_as_typed() -> None:
    file = made()["downloads/questions.json"]
    assert file["schema_version"] == 1
    assert file["licence"] == "CC-BY-4.0"
    assert (file["edition"], file["day"]) == ("2026.11", "2026-11-25")
    assert file["total"] == len(file["questions"]) == 4
    soup, odd, _, menu = file["questions"]
    assert odd["title"] == "={{x}} <b>|*_ {:#x} #"
    assert odd["search_phrases"] == ["=1+1", "<i>odd</i>", "a | b"]
    assert soup["maps_to"] == [
        {"item": "safe-food:A.1", "reason": "It asks who measures.", "extent": "whole"}
    ]
    assert (soup["changed"], menu["previous_ids"]) == ("2026-11-24", ["menu-color"])


def test_questions_json_reads_back_as_the_same_questions(tiny: Playbook) -> None:
    read = [
        Question.model_validate({name: question[name] for name in Question.model_fields})
        for question in made()["downloads/questions.json"]["questions"]
    ]
    assert tuple(read) == tiny.questions


@pytest.mark.parametrize("folder", DATA)
def test_whatever_a_question_names_by_its_id_stands_beside_it(folder: Any) -> None:
    for path, file in made(folder).items():
        known = {name: {each["id"] for each in file.get(name, ())} for name in LISTS.values()}
        items = {item["item"] for each in file.get("checklists", ()) for item in each["items"]}
        for question in file.get("questions", [file.get("question")]):
            for field, name in LISTS.items() if question else ():
                named = question[field]
                assert {named} if isinstance(named, str) else {*named} <= known[name], path
            if question:
                assert {mapped["item"] for mapped in question["maps_to"]} <= items, path


@pytest.mark.parametrize("site", ["", SITE], ids=["no address", "an address"])
def test_every_entry_has_its_address_and_the_file_says_what_it_is_relative_to(site: str) -> None:
    files = made(TINY, site)
    for file in files.values():
        assert file["site"] == (site or None)
    soup = files["downloads/questions.json"]["questions"][0]
    assert soup["url"] == f"{site}q/soup-heat/"
    assert soup["json_url"] == f"{site}q/soup-heat.json"
    assert files["downloads/changes.json"]["changes"][0]["url"] == f"{site}q/menu-colour/"
    schema = "schema/question-json.schema.json"
    expected = f"{site}downloads/{schema}" if site else f"../downloads/{schema}"
    assert files["q/soup-heat.json"]["$schema"] == expected


def test_a_final_slash_of_the_address_may_be_left_out() -> None:
    assert made(TINY, SITE[:-1]) == made(TINY, SITE)


def test_a_playbook_without_an_edition_is_exported_too(tiny: Playbook) -> None:
    made = downloads.files(tiny.model_copy(update={"editions": ()}))
    assert json.loads(made["downloads/questions.json"])["edition"] is None


# One question


def test_the_file_of_a_live_question_names_its_neighbours() -> None:
    file = made()["q/soup-heat.json"]
    assert (file["id"], file["status"], file["renamed_to"]) == ("soup-heat", "live", None)
    assert [each["id"] for each in file["needs"]] == ["guest-count"]
    assert [each["id"] for each in made()["q/guest-count.json"]["needed_by"]] == ["soup-heat"]
    assert [each["id"] for each in file["sources"]] == ["cook-2020", "undated-list"]
    assert [item["item"] for each in file["checklists"] for item in each["items"]] == [
        "safe-food:A.1"
    ]


def test_the_file_of_a_retired_question_says_why() -> None:
    file = made()["q/menu-colour.json"]
    assert file["status"] == file["question"]["status"] == "retired"
    assert file["question"]["retired_because"].startswith("Guests do not")


@pytest.mark.parametrize(
    ("was", "id"), [("soup-warmth", "soup-heat"), ("menu-color", "menu-colour")]
)
def test_the_file_of_an_earlier_id_says_the_id_of_today(was: str, id: str) -> None:
    file, today = made()[f"q/{was}.json"], made()[f"q/{id}.json"]
    assert (file["id"], file["status"], file["renamed_to"]) == (was, "renamed", id)
    assert file["question"] == today["question"]


# What changed


def test_changes_json_tells_what_happened_the_latest_first() -> None:
    told = [
        (each["day"], each["kind"], each["id"], each["edition"], each["previous_id"])
        for each in made()["downloads/changes.json"]["changes"]
    ]
    assert told == [
        ("2026-11-25", "retired", "menu-colour", None, None),
        ("2026-11-24", "reworded", "soup-heat", "2026.11", None),
        ("2026-11-24", "renamed", "soup-heat", "2026.11", "soup-warmth"),
        ("2026-11-23", "added", "soup-heat", "2026.11", None),
        ("2026-11-23", "added", "odd-signs", "2026.11", None),
        ("2026-11-23", "added", "guest-count", "2026.11", None),
        ("2026-11-21", "renamed", "menu-colour", "2026.11", "menu-color"),
        ("2026-11-20", "added", "menu-colour", "2026.10", None),
    ]


def test_a_change_says_what_is_different() -> None:
    retired, reworded = made()["downloads/changes.json"]["changes"][:2]
    assert retired["what"].startswith("Guests do not <read> colours.")
    assert reworded["what"] == "It asks who measures too."


def test_changes_json_names_the_editions_the_latest_first() -> None:
    editions = made()["downloads/changes.json"]["editions"]
    assert [each["id"] for each in editions] == ["2026.11", "2026.10"]
