"""Data files → entries: each validated by its model, each knowing where it stands.

An entry with faults is kept, its unsound fields emptied, so that the rules in checks.py still see
the rest of it and one run names every fault.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, cast, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticUndefined

from macros.explain import explain, miscounted
from macros.fields import Model
from macros.meeting import Agenda, Answer
from macros.model import Hat, Labelled, Question, Role
from macros.problem import Place, Problem, nearest, one_of
from macros.reference import Claim, Failure, Framework, Pitfall, Source, Term
from macros.wording import Wording
from macros.yaml_reader import Document, Route, read_yaml

M = TypeVar("M", bound=Model)

VOCABULARY: dict[str, type[Model]] = {
    "roles": Role,
    "hats": Hat,
    "stages": Labelled,
    "priorities": Labelled,
    "kinds": Labelled,
}
LISTS: dict[str, type[Model]] = {
    "sources": Source,
    "terms": Term,
    "pitfalls": Pitfall,
    "frameworks": Framework,
    "claims": Claim,
    "failures": Failure,
    "agendas": Agenda,
    "answers": Answer,
    "wordings": Wording,
}
FILES = {
    "sources": "sources.yml",
    "terms": "glossary.yml",
    "pitfalls": "pitfalls.yml",
    "frameworks": "frameworks.yml",
    "claims": "claims.yml",
    "failures": "failures.yml",
    "agendas": "agendas.yml",
    "answers": "example.yml",
    "wordings": "wording.yml",
}


@dataclass(frozen=True)
class Entry(Generic[M]):
    """One item of a data file. `value` holds what is sound of it."""

    value: M
    document: Document
    route: Route
    unsound: frozenset[Any] = frozenset()
    """Fields with faults of their own; `value` holds their defaults."""

    @property
    def id(self) -> str:
        return str(getattr(self.value, "id", ""))

    @property
    def item(self) -> str:
        """How messages call it: its id, or its position where it has none."""
        return self.document.item(self.route)

    def place(self, *inner: str | int) -> Place:
        """Return where the entry, or a part of it, stands."""
        return self.document.place((*self.route, *inner))


@dataclass
class Draft:
    """Everything that was read, before the rules that look across entries."""

    roles: list[Entry[Role]] = field(default_factory=list)
    hats: list[Entry[Hat]] = field(default_factory=list)
    stages: list[Entry[Labelled]] = field(default_factory=list)
    priorities: list[Entry[Labelled]] = field(default_factory=list)
    kinds: list[Entry[Labelled]] = field(default_factory=list)
    questions: list[Entry[Question]] = field(default_factory=list)
    sources: list[Entry[Source]] = field(default_factory=list)
    terms: list[Entry[Term]] = field(default_factory=list)
    pitfalls: list[Entry[Pitfall]] = field(default_factory=list)
    frameworks: list[Entry[Framework]] = field(default_factory=list)
    claims: list[Entry[Claim]] = field(default_factory=list)
    failures: list[Entry[Failure]] = field(default_factory=list)
    agendas: list[Entry[Agenda]] = field(default_factory=list)
    answers: list[Entry[Answer]] = field(default_factory=list)
    wordings: list[Entry[Wording]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    """Lists of which nothing could be read, so that nobody hears that all their ids are unknown."""


def load(data: Path, root: Path) -> tuple[Draft, list[Problem]]:
    """Read the data folder.

    In: the folder, and the folder that messages name files from. Out: the draft and the faults of
    single files, in the order of the files. Raises OSError where a file is there but unreadable.
    """
    draft, problems = Draft(), []
    document, faults = _read(data / "vocabulary.yml", root)
    problems += faults
    draft.unread |= document.unread
    if not faults or document.data is not None:
        problems += _load_vocabulary(draft, document)
    else:
        draft.absent.update(VOCABULARY)
    for name, model in LISTS.items():
        problems += _load_list(draft, name, model, *_read(data / FILES[name], root))
    for path in sorted((data / "questions").glob("*.yml")):
        read = _read(path, root)
        problems += _load_list(draft, "questions", Question, *read, role=path.stem)
    for path in sorted((data / "questions").glob("*.yaml")):
        message, expected = "the file is not read", f"the name {path.stem}.yml"
        problems.append(Problem(Place(_name(path, root), 1, 1), "(file)", message, expected))
    return draft, problems


def _load_list(
    draft: Draft,
    name: str,
    model: type[Model],
    document: Document,
    problems: list[Problem],
    **given: str,
) -> list[Problem]:
    """Add a file's entries to the draft's list `name`; return the file's faults."""
    draft.unread |= document.unread
    entries = _entries(document, (), model, problems, **given)
    if problems and not entries:
        draft.absent.add(name)
    getattr(draft, name).extend(entries)
    return problems


def data_files(data: Path) -> list[Path]:
    """Return the files that `load` reads, for whoever has to notice that one changed."""
    names = ["vocabulary.yml", *FILES.values()]
    return [data / name for name in names] + sorted((data / "questions").glob("*.y*ml"))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _read(path: Path, root: Path) -> tuple[Document, list[Problem]]:
    file = _name(path, root)
    if not path.is_file():
        problem = Problem(
            Place(file, 1, 1), "(file)", "the file is missing", "it in the data folder"
        )
        return Document(file), [problem]
    return read_yaml(path, file)


def _load_vocabulary(draft: Draft, document: Document) -> Iterator[Problem]:
    place = document.place(())
    if not isinstance(document.data, dict):
        draft.absent.update(VOCABULARY)
        yield Problem(
            place, "(file)", "is not a set of lists", f"the fields {', '.join(VOCABULARY)}"
        )
        return
    for name in document.data:
        if name not in VOCABULARY:
            yield Problem(
                document.key_place((name,)),
                "(file)",
                f"unknown field '{name}'",
                one_of(VOCABULARY),
                nearest(name, VOCABULARY),
            )
    for name, model in VOCABULARY.items():
        if name not in document.data:
            draft.absent.add(name)
            if not document.cut:
                yield Problem(place, "(file)", f"field '{name}' is missing", "a list of entries")
            continue
        problems: list[Problem] = []
        entries = _entries(document, (name,), model, problems)
        if problems and not entries:
            draft.absent.add(name)
        getattr(draft, name).extend(entries)
        yield from problems


def _entries(
    document: Document, route: Route, model: type[M], problems: list[Problem], **given: str
) -> list[Entry[M]]:
    """Validate the list at `route`; faults go to `problems`, unsound entries stay as they can."""
    data = document.data
    for step in route:
        data = data[step]
    if data is None:
        return []
    if not isinstance(data, list):
        problems.append(
            Problem(
                document.place(route), "(file)", "is not a list", "entries that start with '- '"
            )
        )
        return []
    entries = []
    for number, raw in enumerate(data):
        here = (*route, number)
        if not isinstance(raw, dict):
            expected = "fields such as 'id: a-name'"
            item = document.item(here)
            problems.append(Problem(document.place(here), item, "has no fields", expected))
            continue
        for name in given.keys() & raw.keys():
            detail: ErrorDetails = {
                "type": "extra_forbidden",
                "loc": (name,),
                "msg": "",
                "input": raw[name],
            }
            problems.append(explain(detail, document, here, model))
        unsound: frozenset[Any] = frozenset()
        try:
            value = model.model_validate({**raw, **given})
        except ValidationError as error:
            details = [detail for detail in error.errors() if not miscounted(detail)]
            if document.cut and number == len(data) - 1:
                details = [detail for detail in details if detail["type"] != "missing"]
            problems += [explain(detail, document, here, model) for detail in details]
            unsound = frozenset(detail["loc"][0] for detail in error.errors())
            value = _salvage(model, {**raw, **given}, unsound)
        entries.append(Entry(value, document, here, unsound))
    return entries


@cache
def _adapter(model: type[Model], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    bare: Any = info.annotation
    return TypeAdapter(Annotated[(bare, *info.metadata)] if info.metadata else bare)


def _salvage(model: type[M], raw: dict[str, Any], unsound: Collection[Any]) -> M:
    """Build the model from the fields that are sound, without validating it as a whole."""
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if name in raw and name not in unsound:
            fields[name] = _adapter(model, name).validate_python(raw[name])
        elif info.default is not PydanticUndefined:
            fields[name] = info.default
        else:
            fields[name] = _empty(info.annotation)
    return cast(M, model.model_construct(**fields))


def _empty(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is tuple:
        return ()
    return date.min if annotation is date else ""
