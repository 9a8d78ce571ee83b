"""Data files → entries: each validated by its model, each knowing where it stands.

An entry with faults is kept, its invalid fields emptied, so that the rules in check/ still see
the rest of it and one run names every fault.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticUndefined

from macros.load.data_folder import QUESTIONS, DataFolder, look_through, name_as_id
from macros.load.error_messages import explain, is_spurious_too_short
from macros.load.published import PUBLISHED, Published, read_published
from macros.load.yaml_file import Document, KeyPath, declared_ids, read_yaml
from macros.model.base import Model
from macros.model.edition import Edition
from macros.model.meeting import Agenda, Answer
from macros.model.question import JobTitle, Labelled, Question, Role
from macros.model.reference import (
    Cause,
    Claim,
    Duty,
    Failure,
    Framework,
    OfficialHost,
    Pitfall,
    Source,
    Term,
)
from macros.model.word_list import SearchWord, Wording
from macros.problems import DataError, Problem, SourceLocation, nearest, one_of

M = TypeVar("M", bound=Model)

QUESTION_FILE = f"{QUESTIONS}/ROLE/ID.yml"
VOCABULARY_FILE = "vocabulary.yml"


# Fields without words of ours: names, addresses, what others say or type into the search.
NOT_OURS = frozenset(
    """id role stage priority job_titles needs previous_ids item instead url address article claim
    search_phrases""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Entry(Generic[M]):
    """One item of a data file. `value` holds what is sound of it."""

    value: M
    document: Document
    route: KeyPath
    invalid_fields: frozenset[Any] = frozenset()
    """Fields with faults of their own; `value` holds their defaults."""

    @property
    def id(self) -> str:
        """Its id, or an empty string."""
        return str(getattr(self.value, "id", ""))

    @property
    def item(self) -> str:
        """How messages call it: its id, or its position where it has none."""
        return self.document.item(self.route)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every text in it but ids, without the paths, which take longer to put together."""
        found: list[str] = []
        _add_words(self.value, found)
        return tuple(found)

    @cached_property
    def texts(self) -> tuple[tuple[KeyPath, str], ...]:
        """Every text in it but ids, with its path."""
        found: list[tuple[KeyPath, str]] = []
        _add_texts(self.value, (), found)
        return tuple(found)

    @cached_property
    def our_texts(self) -> tuple[tuple[KeyPath, str], ...]:
        """Those of its texts that are our own words."""
        return tuple(each for each in self.texts if NOT_OURS.isdisjoint(each[0]))

    @cached_property
    def our_words(self) -> str:
        """Our own words in one text: what it lacks, a rule need not look for in each of them."""
        return "\n".join([text for _, text in self.our_texts])

    def location(self, *inner: str | int) -> SourceLocation:
        """Return where the entry, or a part of it, stands."""
        return self.document.location((*self.route, *inner))


def _add_texts(held: object, path: KeyPath, found: list[tuple[KeyPath, str]]) -> None:
    """Add each text that is held at a path, with its own path."""
    if isinstance(held, str):
        found.append((path, held))
    elif isinstance(held, tuple):
        for number, part in enumerate(held):
            _add_texts(part, (*path, number), found)
    elif isinstance(held, Model):
        for name, part in vars(held).items():
            if name != "id":
                _add_texts(part, (*path, name), found)


def _add_words(held: object, found: list[str]) -> None:
    """Add each text that is held."""
    if isinstance(held, str):
        found.append(held)
    elif isinstance(held, tuple):
        if held and isinstance(held[0], str):  # A list of texts holds nothing else.
            found.extend(held)
        else:
            for part in held:
                _add_words(part, found)
    elif isinstance(held, Model):
        for name, part in vars(held).items():
            if name != "id":
                _add_words(part, found)


@dataclass(frozen=True)
class In:
    """Where a list of entries is."""

    file: str
    about: str = ""
    """What the file is a list of, where it holds nothing else."""
    ours: bool = True
    """Whether its texts are our own words, for which the rules of style are made."""


@dataclass
class LoadedData:
    """Everything that was read, before the rules that look across entries.

    Its first fields are the one table of the lists: reading, checking, the schemas for editors and
    the making of the playbook follow it. Whoever adds a data file adds a line here, and a field to
    the playbook if pages are to print the list.
    """

    roles: Annotated[list[Entry[Role]], In(VOCABULARY_FILE)] = field(default_factory=list)
    job_titles: Annotated[list[Entry[JobTitle]], In(VOCABULARY_FILE)] = field(default_factory=list)
    stages: Annotated[list[Entry[Labelled]], In(VOCABULARY_FILE)] = field(default_factory=list)
    priorities: Annotated[list[Entry[Labelled]], In(VOCABULARY_FILE)] = field(default_factory=list)
    kinds: Annotated[list[Entry[Labelled]], In(VOCABULARY_FILE)] = field(default_factory=list)
    questions: Annotated[list[Entry[Question]], In(QUESTION_FILE)] = field(default_factory=list)
    sources: Annotated[list[Entry[Source]], In("sources.yml", "works", ours=False)] = field(
        default_factory=list
    )
    official_hosts: Annotated[
        list[Entry[OfficialHost]], In("official-hosts.yml", "hosts of laws and rulings", ours=False)
    ] = field(default_factory=list)
    terms: Annotated[list[Entry[Term]], In("glossary.yml", "terms")] = field(default_factory=list)
    pitfalls: Annotated[list[Entry[Pitfall]], In("pitfalls.yml", "misuses")] = field(
        default_factory=list
    )
    frameworks: Annotated[
        list[Entry[Framework]], In("frameworks.yml", "published checklists", ours=False)
    ] = field(default_factory=list)
    claims: Annotated[list[Entry[Claim]], In("claims.yml", "sayings that no source supports")] = (
        field(default_factory=list)
    )
    causes: Annotated[list[Entry[Cause]], In("causes.yml", "what failures overlooked")] = field(
        default_factory=list
    )
    failures: Annotated[list[Entry[Failure]], In("failures.yml", "documented failures")] = field(
        default_factory=list
    )
    duties: Annotated[list[Entry[Duty]], In("law.yml", "duties of law, by place")] = field(
        default_factory=list
    )
    agendas: Annotated[list[Entry[Agenda]], In("agendas.yml", "plans for the first meeting")] = (
        field(default_factory=list)
    )
    answers: Annotated[list[Entry[Answer]], In("example.yml", "answers of the worked example")] = (
        field(default_factory=list)
    )
    wordings: Annotated[
        list[Entry[Wording]], In("wording.yml", "lists of words to avoid", ours=False)
    ] = field(default_factory=list)
    editions: Annotated[list[Entry[Edition]], In("editions.yml", "editions")] = field(
        default_factory=list
    )
    search_words: Annotated[
        list[Entry[SearchWord]], In("search-words.yml", "words that people search by", ours=False)
    ] = field(default_factory=list)
    published: Published | None = None
    unread: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    """Lists of which nothing could be read, so that nobody hears that all their ids are unknown."""

    def entries(self, *, ours: bool = False) -> Iterator[Entry[Any]]:
        """Yield the entries of every list, or of those whose texts are our own words."""
        for each in LISTS:
            if each.ours or not ours:
                yield from getattr(self, each.name)

    @property
    def renamed(self) -> dict[str, str]:
        """The earlier ids of questions, each with the id of today."""
        return {
            earlier: entry.id for entry in self.questions for earlier in entry.value.previous_ids
        }


@dataclass(frozen=True)
class List(In):
    """A line of the table in LoadedData."""

    name: str = ""
    model: type[Model] = Model


def _lists() -> Iterator[List]:
    for name, hint in get_type_hints(LoadedData, include_extras=True).items():
        if get_origin(hint) is Annotated:
            held, where = get_args(hint)
            [entry] = get_args(held)
            [model] = get_args(entry)
            yield List(where.file, where.about, where.ours, name, model)


LISTS = tuple(_lists())
VOCABULARY = {each.name: each.model for each in LISTS if each.file == VOCABULARY_FILE}
FILES = {each.name: each.file for each in LISTS if each.about}


def load(data: Path, root: Path) -> tuple[LoadedData, list[Problem]]:
    """Read the data folder.

    Args:
        data: The folder.
        root: The folder that messages name files from.

    Returns:
        What was read, and the faults of single files in the order of the files.

    Raises:
        DataError: A file breaks off, by a slip that YAML cannot read past or a merge. It holds
            what is wrong with the files and nothing else: what the rest says of entries that could
            not be read would be untrue.
    """
    loaded, problems = LoadedData(), []
    listed = _name(data / PUBLISHED, root)
    try:
        loaded.published = read_published(data / PUBLISHED, listed)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        problems.append(
            Problem(SourceLocation(listed, 1, 1), "(file)", message, "a file that you may read")
        )
    document, faults = _read(data / VOCABULARY_FILE, root)
    documents = [document]
    problems += faults
    if not faults or document.data is not None:
        problems += _load_vocabulary(loaded, document)
    else:
        loaded.absent.update(VOCABULARY)
    for each in LISTS:
        if each.about:
            document, faults = _read(data / each.file, root)
            documents.append(document)
            problems += _load_list(loaded, each.name, each.model, document, faults)
    folder = look_through(data, _names(), [entry.id for entry in loaded.roles])
    if not folder.questions:
        loaded.absent.add("questions")
    for path in folder.questions:
        document, faults = _read(path, root)
        documents.append(document)
        problems += _load_question(loaded, document, faults, path)
    for path in folder.misplaced:
        loaded.unread |= {name_as_id(path), *declared_ids(path)}
    problems += _misplaced(folder, data, root)
    if any(document.cut for document in documents):
        raise DataError(sorted(problems))
    return loaded, problems


def _misplaced(folder: DataFolder, data: Path, root: Path) -> Iterator[Problem]:
    """Name what somebody wrote and nothing reads."""
    if not os.path.isdir(data / QUESTIONS):  # Where it may not be asked, `unlisted` says why.
        location = SourceLocation(_name(data / QUESTIONS, root), 1, 1)
        expected = "it, with a folder for each role and in that a file for each question"
        yield Problem(location, "(folder)", "the folder is missing", expected)
    for error in folder.unlisted:
        location = SourceLocation(_name(Path(error.filename), root), 1, 1)
        message = f"the folder cannot be read: {error.strerror}"
        yield Problem(location, "(folder)", message, "a folder that you may read")
    for path, meant in folder.misplaced.items():
        files = {Path(file).stem: _name(data / file, root) for file in meant}
        location = SourceLocation(_name(path, root), 1, 1)
        message = "the file is not read"
        if not meant:
            expected = f"each question in a file of its own: {_name(data / QUESTION_FILE, root)}"
            yield Problem(location, "(file)", message, expected)
        elif len(files) == 1:
            one = files.popitem()[1]
            expected = (
                f"the question in {one}" if QUESTIONS in meant[0] else f"its entries in {one}"
            )
            yield Problem(location, "(file)", message, expected)
        else:
            guess = files.get(nearest(path.stem, files), "")
            expected = f"its entries in {one_of(files.values())}"
            yield Problem(location, "(file)", message, expected, guess)


def _load_list(
    loaded: LoadedData,
    name: str,
    model: type[Model],
    document: Document,
    problems: list[Problem],
) -> list[Problem]:
    """Add a file's entries to the list `name`; return the file's faults."""
    entries = _entries(document, (), model, problems)
    if document.data is None and not problems:
        location, expected = document.location(()), "entries that start with '- ', or [] for none"
        problems.append(Problem(location, "(file)", "the file is empty", expected))
    if problems and not entries:
        loaded.absent.add(name)
    getattr(loaded, name).extend(entries)
    return problems


def _load_question(
    loaded: LoadedData, document: Document, problems: list[Problem], path: Path
) -> list[Problem]:
    """Add a file's one question to what was read; return the file's faults."""
    id, role, location = path.stem, path.parent.name, document.location(())
    if isinstance(document.data, dict):
        loaded.questions.append(_entry(document, (), Question, problems, id=id, role=role))
        return problems
    loaded.unread.add(id)  # It is there, and something is wrong with it.
    if document.cut:
        return problems
    if isinstance(document.data, list):
        expected = "the fields of one question, without '- ' before them"
        problems.append(Problem(location, "(file)", "holds a list", expected))
    elif not problems:
        message = "the file is empty" if document.data is None else "has no fields"
        expected = "the fields of a question, such as 'title: A topic'"
        problems.append(Problem(location, "(file)", message, expected))
    return problems


def _names() -> list[str]:
    return [VOCABULARY_FILE, *FILES.values()]


def data_files(data: Path) -> list[Path]:
    """Return every file whose change can change what `load` says."""
    found = look_through(data, _names())
    listed = [data / name for name in (*_names(), PUBLISHED)]
    return listed + found.questions + list(found.misplaced)


def _name(path: Path, root: Path) -> str:
    """Return how messages call a file: in one line, however it is spelt on disk."""
    name = path.as_posix().removeprefix(f"{root.as_posix()}/")
    return name if name.isprintable() else repr(name)[1:-1]


def _read(path: Path, root: Path) -> tuple[Document, list[Problem]]:
    """Read a file; where that is impossible, say why and return a document without data."""
    file = _name(path, root)
    message, expected = "the file is missing", "it in the data folder"
    try:
        if path.is_file():
            return read_yaml(path, file)
        if path.is_symlink():
            message, expected = "is a link that leads to no file", "the file itself"
        elif path.exists():
            message, expected = "is not a file", "a file with entries"
    except FileNotFoundError:
        pass  # It went between the look and the reading.
    except OSError as error:
        message, expected = f"cannot be read: {error.strerror}", "a file that you may read"
    return Document(file), [Problem(SourceLocation(file, 1, 1), "(file)", message, expected)]


def _load_vocabulary(loaded: LoadedData, document: Document) -> Iterator[Problem]:
    location = document.location(())
    if not isinstance(document.data, dict):
        loaded.absent.update(VOCABULARY)
        expected = f"the fields {', '.join(VOCABULARY)}"
        yield Problem(location, "(file)", "is not a set of lists", expected)
        return
    for name in document.data:
        if name not in VOCABULARY:
            yield Problem(
                document.location((name,), of_name=True),
                "(file)",
                f"unknown field '{name}'",
                one_of(VOCABULARY),
                nearest(name, VOCABULARY),
            )
    for name, model in VOCABULARY.items():
        if name not in document.data:
            loaded.absent.add(name)
            yield Problem(location, "(file)", f"field '{name}' is missing", "a list of entries")
            continue
        problems: list[Problem] = []
        entries = _entries(document, (name,), model, problems)
        if problems and not entries:
            loaded.absent.add(name)
        getattr(loaded, name).extend(entries)
        yield from problems


def _entries(
    document: Document, route: KeyPath, model: type[M], problems: list[Problem]
) -> list[Entry[M]]:
    """Validate the list at `route`; invalid entries stay as they can. Faults go to `problems`."""
    data = document.data
    for step in route:
        data = data[step]
    if data is None:
        return []
    if not isinstance(data, list):
        problems.append(
            Problem(
                document.location(route), "(file)", "is not a list", "entries that start with '- '"
            )
        )
        return []
    entries = []
    for number, raw in enumerate(data):
        here = (*route, number)
        if not isinstance(raw, dict):
            expected = "fields such as 'id: a-name'"
            item = document.item(here)
            problems.append(Problem(document.location(here), item, "has no fields", expected))
            continue
        entries.append(_entry(document, here, model, problems))
    return entries


def _entry(
    document: Document,
    route: KeyPath,
    model: type[M],
    problems: list[Problem],
    **from_file_name: str,
) -> Entry[M]:
    """Validate the fields at `route`; an invalid entry stays as it can.

    Faults go to `problems`, but for those of a value that the reader has refused already.
    """
    raw = document.data
    for step in route:
        raw = raw[step]
    for name in from_file_name.keys() & raw.keys():
        message = f"'{name}' is in the name of the file already"
        location = document.location((*route, name), of_name=True)
        problems.append(Problem(location, document.item(route), message, "no such line"))
    values, said = {**raw, **from_file_name}, {problem.location for problem in problems}
    try:
        return Entry(model.model_validate(values), document, route)
    except ValidationError as error:
        details = error.errors()
    invalid_fields = frozenset(detail["loc"][0] for detail in details)
    for detail in details:
        if detail["loc"][0] in from_file_name:
            expected = "two to four words in small letters joined by hyphens, such as soup-heat.yml"
            message = f"the name '{from_file_name['id']}' is no id"
            problems.append(
                Problem(SourceLocation(document.file, 1, 1), "(file)", message, expected)
            )
        elif not is_spurious_too_short(detail):
            problem = explain(detail, document, route, model)
            problems += [problem] if problem.location not in said else []
    return Entry(_salvage(model, values, invalid_fields), document, route, invalid_fields)


@cache
def _adapter(model: type[Model], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    bare: Any = info.annotation
    return TypeAdapter(Annotated[(bare, *info.metadata)] if info.metadata else bare)


def _salvage(model: type[M], raw: dict[str, Any], invalid_fields: Collection[Any]) -> M:
    """Build the model from the fields that are sound, without validating it as a whole."""
    kept: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if name in raw and name not in invalid_fields:
            kept[name] = _adapter(model, name).validate_python(raw[name])
        elif info.default is not PydanticUndefined:
            kept[name] = info.default
        else:
            kept[name] = _empty(info.annotation)
    return cast(M, model.model_construct(**kept))


def _empty(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is tuple:
        return ()
    return date.min if annotation is date else ""
