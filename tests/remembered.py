"""What a test of many small changes does not compute again: most of the project stays as it is.

Only functions are remembered that give the same for the same, and by all that they are given.
"""

from __future__ import annotations

import json
import marshal
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from macros.derive.glossary_matcher import TermFinder
from macros.export import downloads, json_files, json_schemas
from macros.load import entries, project_files
from macros.load.entries import Entry
from macros.load.yaml_file import Document, read_yaml
from macros.model.reference import Term
from macros.render.escaping import _escape_value, environment

_files: dict[tuple[str, bytes], Any] = {}
_entries: dict[tuple[object, ...], Entry[Any]] = {}
_make_entry = entries._entry


def _read_yaml(path: Path, file: str) -> Any:
    key = (file, path.read_bytes())
    if key not in _files:
        _files[key] = read_yaml(path, file)
    document, problems = _files[key]
    return document, list(problems)


def _entry(document: Document, route: Any, model: Any, problems: Any, **name: str) -> Any:
    # A document that was read once is kept above, so that no other gets its number.
    key = (id(document), route, model, *name.values())
    if problems or key not in _entries:
        entry = _make_entry(document, route, model, problems, **name)
        if problems:
            return entry
        _entries[key] = entry
    return _entries[key]


@cache
def _matches(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    return tuple(pattern.finditer(text))


def _found_in(finder: TermFinder, text: str) -> Iterator[tuple[re.Match[str], Term]]:
    for match in _matches(finder._pattern, text):
        yield match, finder._terms[match.group().casefold()]


@cache
def _schema(model: Any) -> str:
    return json.dumps(model.model_json_schema(mode="serialization"))


class _Model:
    """In place of a model, of which only a schema is wanted; each caller changes its own."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def model_json_schema(self, mode: str) -> Any:
        return json.loads(_schema(self.model))


_texts: dict[tuple[bytes, str], str] = {}


def _dumps(held: Any, **options: Any) -> str:
    key = (marshal.dumps(held), repr(options))
    if key not in _texts:
        _texts[key] = json.dumps(held, **options)
    return _texts[key]


@contextmanager
def reading_once() -> Iterator[None]:
    """Read a file and make an entry once only, as long as the file holds the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "read_yaml", _read_yaml)
        patch.setattr(entries, "_entry", _entry)
        yield


@contextmanager
def remembering() -> Iterator[None]:
    """Escape a text, find its terms, write a schema and so on once only, too."""
    # A typed text is not the same as that text escaped.
    escape = lru_cache(maxsize=None, typed=True)(_escape_value)
    formats = {name: _Model(model) for name, model in json_schemas.JSON_FORMATS.items()}
    with reading_once(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(downloads, "data_schema", cache(downloads.data_schema))
        patch.setattr(json_schemas, "JSON_FORMATS", formats)
        patch.setattr(json_files, "json", SimpleNamespace(dumps=_dumps))
        patch.setattr(environment(), "finalize", escape)
        for name in ("md", "md_file"):
            patch.setitem(environment().filters, name, cache(environment().filters[name]))
        patch.setattr(TermFinder, "found_in", _found_in)
        for kind in ("Page", "Template"):  # They remember which of their words are prose.
            patch.setattr(project_files, kind, cache(getattr(project_files, kind)))
        yield
