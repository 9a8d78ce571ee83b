"""The published schemas of the JSON files: open to new fields, strict about ids."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from macros.model.json_formats import ChangesFile, FromSite, QuestionFile, QuestionsFile
from macros.model.question import Playbook
from macros.model.reference import item_ids

DIALECT = "https://json-schema.org/draft/2020-12/schema"
JSON_FORMATS: Mapping[str, type[FromSite]] = {
    "questions-json": QuestionsFile,
    "question-json": QuestionFile,
    "changes-json": ChangesFile,
}
# How long a text or a list may be is a rule for its writers, and may change.
_LIMITS = ("maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum")
_WORD_LIMIT = r"^\s*\S+"


def json_schema(name: str, playbook: Playbook) -> str:
    """Return the JSON Schema of a published file.

    It allows additional fields, so that a program that validates today's file accepts one with
    fields added later. Where a field holds an id, it lists the ids there are: the file and its
    schema are published together.

    Args:
        name: A key of JSON_FORMATS.
        playbook: The playbook whose ids the files may hold.

    Raises:
        KeyError: The name is unknown.
    """
    schema = JSON_FORMATS[name].model_json_schema(mode="serialization")
    known = _known_ids(playbook)
    for part in list(_parts(schema)):
        part.pop("list", None)
        for limit in _LIMITS:
            part.pop(limit, None)
        if str(part.get("pattern", "")).startswith(_WORD_LIMIT):
            del part["pattern"]
        if part.get("type") == "object":
            part["additionalProperties"] = True
        for field, described in part.get("properties", {}).items():
            if field in known:
                _allow_only(described, known[field])
    return json.dumps({"$schema": DIALECT, **schema}, indent=2, ensure_ascii=False) + "\n"


def _known_ids(playbook: Playbook) -> dict[str, list[str]]:
    """Return, by field, the ids that it may hold."""
    vocabulary = playbook.vocabulary
    lists: dict[str, Sequence[Any]] = {
        "role": vocabulary.roles,
        "context_of": vocabulary.roles,
        "job_titles": vocabulary.job_titles,
        "stage": vocabulary.stages,
        "priority": vocabulary.priorities,
        "applies_to": vocabulary.kinds,
        "needs": playbook.questions,
        "instead": playbook.questions,
        "renamed_to": playbook.questions,
        "sources": playbook.sources,
        "companion_of": playbook.sources,
        "pitfalls": playbook.pitfalls,
        "edition": playbook.editions,
    }
    known = {field: [entry.id for entry in entries] for field, entries in lists.items()}
    return known | {"item": [*item_ids(playbook.frameworks)]}


def _allow_only(described: dict[str, Any], ids: list[str]) -> None:
    """Let a field hold only these ids: alone, in a list, or one of them or null."""
    options = [described.get("items", described), *described.get("anyOf", ())]
    for option in options:
        if option.get("type") == "string":
            option.pop("pattern", None)
            option["enum"] = ids


def _parts(part: object) -> Iterator[dict[str, Any]]:
    """Yield every object in a schema."""
    if isinstance(part, dict):
        yield part
    for inner in (
        part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    ):
        yield from _parts(inner)
