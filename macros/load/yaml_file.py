"""One YAML file → plain data, the place of every value, and every fault at once.

Only what JSON can say is accepted: no anchors, aliases, tags or second documents, and the only
words that are not text are `null`, `true`, `false` and numbers. A fault that hides others (a tab,
a byte that is not UTF-8, a sign that cannot be seen) is reported and repaired in memory, so the
rest is read too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from macros.model.base import squeeze
from macros.problems import Place, Problem

# The C parser is eight times faster; PyYAML is also shipped without it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DEEPEST = 12
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# Of no width, filling, turning the direction of what follows, choosing another form: in a text they
# are not seen, and in an id or a field's name they make another one that looks the same.
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_UNSEEN = re.compile(f"{_CONTROL.pattern}|{_INVISIBLE.pattern}")
_TAB_INDENT = re.compile(r"^[ ]*\t[ \t]*")
# Spaces that YAML takes for letters, where it wants one that it takes for a space.
_WIDE = r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_WIDE_SPACE = re.compile(rf"^[ {_WIDE}]*(?:-[ {_WIDE}]+)?(?:\w+:[{_WIDE}])?")
_CONFLICT = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})(?: .*)?|={7})$", re.MULTILINE)
# Whether a file needs to be looked at line by line.
_SUSPECT = re.compile(rf"[\udc80-\udcff]|{_UNSEEN.pattern}|^[ ]*\t|[{_WIDE}]", re.MULTILINE)
_DECLARED = re.compile(r"^\s*(?:- )?id:\s*([a-z0-9-]+)", re.MULTILINE)
_PLAIN_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}

Route = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """What a file holds. `values` and `keys` give the parser's marks by the route to them.

    Where the parser had to give up, `unread` names the ids that stand further down, so that
    nobody is told that an entry is missing which is merely out of reach.
    """

    file: str
    data: Any = None
    values: Mapping[Route, Any] = field(default_factory=dict)
    keys: Mapping[Route, Any] = field(default_factory=dict)
    cut: bool = False
    unread: frozenset[str] = frozenset()

    def place(self, route: Route) -> Place:
        """Return where the value at `route` stands, or its nearest known ancestor."""
        while route and route not in self.values:
            route = route[:-1]
        return self._at(self.values.get(route))

    def key_place(self, route: Route) -> Place:
        """Return where the field's name at `route` stands, or the nearest known ancestor."""
        return self._at(self.keys[route]) if route in self.keys else self.place(route)

    def _at(self, mark: Any) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file, 1, 1)

    def item(self, route: Route) -> str:
        """Return how messages call the entry at `route`: its id, or its position without one.

        An entry that has the file to itself is called like the file.
        """
        if not route:
            return PurePosixPath(self.file).stem
        entry = self.data
        for step in route:
            entry = entry[step]
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            return str(entry["id"])
        return f"entry {int(route[-1]) + 1}"


@dataclass
class _Container:
    """A list or mapping that is being filled."""

    value: list[Any] | dict[str, Any]
    route: Route
    key: str | None = None
    seen: dict[str, int] = field(default_factory=dict)


class _StopReadingError(Exception):
    """The rest of the file cannot be read."""


def read_yaml(path: Path, file: str) -> tuple[Document, list[Problem]]:
    """Read one file.

    In: the path to read, and the name by which messages call it. Out: the document (its data is
    None where nothing could be read) and the faults. Raises OSError where the file cannot be read.
    """
    text, problems = _decode(path.read_bytes(), file)
    conflicts = list(_conflicts(text, file))
    if conflicts:
        return Document(file, cut=True), conflicts
    builder = _Builder(file, text.split("\n"))
    cut = True
    try:
        builder.take_all(_Loader(text))
        cut = False
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        hint = "a text that holds ': ' or starts with a sign such as - ? @ % & * ! | > in quotes"
        if place.line not in {problem.place.line for problem in problems}:
            problems.append(Problem(place, "(file)", f"not YAML: {error.problem}", hint))
    except _StopReadingError:
        pass
    unread = frozenset(_DECLARED.findall(text)) if cut else frozenset()
    document = Document(file, builder.data, builder.marks, builder.keys, cut, unread)
    return document, problems + builder.problems


def declared_ids(path: Path) -> frozenset[str]:
    """Return the ids that a file nobody reads seems to hold; none where it cannot be opened."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return frozenset()
    return frozenset(_DECLARED.findall(text))


def _conflicts(text: str, file: str) -> Iterator[Problem]:
    """Name each conflict that a merge left: by its first line, or by what is left of it."""
    found = list(_CONFLICT.finditer(text))
    first = [mark for mark in found if mark[0].startswith("<")]
    for mark in first or found:
        place = Place(file, text.count("\n", 0, mark.start()) + 1, 1)
        message = f"'{squeeze(mark[0])}' is left of a merge"
        expected = "one of the two versions, without the lines <<<<<<<, ======= and >>>>>>>"
        yield Problem(place, "(file)", message, expected)


def _unseen(sign: str) -> str:
    """Return what messages call a sign that cannot be seen."""
    number = f"U+{ord(sign):04X}"
    if _CONTROL.match(sign):
        return f"control character {number}"
    return f"invisible sign {number}, {unicodedata.name(sign, 'without a name')}"


def _mended(text: str) -> str:
    """Put a space for each control character, and nothing for what takes no room."""
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text))


def _decode(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """Return text that the parser accepts, and what had to be mended to get it."""
    text = raw.decode("utf-8-sig", errors="surrogateescape").replace("\r\n", "\n")
    if not _SUSPECT.search(text):
        return text, []
    problems = []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        broken = re.search(r"[\udc80-\udcff]", line)
        if broken:
            byte = ord(broken.group()) - 0xDC00
            place = Place(file, number, broken.start() + 1)
            message = f"byte 0x{byte:02x} is not UTF-8"
            problems.append(Problem(place, "(file)", message, "a file saved as UTF-8"))
            line = re.sub(r"[\udc80-\udcff]", "\ufffd", line)
        unseen = _UNSEEN.search(line)
        if unseen:
            place = Place(file, number, unseen.start() + 1)
            message = _unseen(unseen.group())
            problems.append(Problem(place, "(file)", message, "text that can be seen"))
            line = _mended(line)
        before = _WIDE_SPACE.match(line)
        wide = re.search(f"[{_WIDE}]", before.group()) if before else None
        if before and wide:
            place = Place(file, number, wide.start() + 1)
            sign = wide.group()
            message = f"U+{ord(sign):04X}, {unicodedata.name(sign)}, stands for a space"
            problems.append(Problem(place, "(file)", message, "a space"))
            line = re.sub(f"[{_WIDE}]", " ", before.group()) + line[before.end() :]
        tab = _TAB_INDENT.match(line)
        if tab:
            place = Place(file, number, tab.group().index("\t") + 1)
            message = "the line is indented with a tab"
            problems.append(Problem(place, "(file)", message, "spaces"))
            line = line.replace("\t", "  ", tab.group().count("\t"))
        lines[number - 1] = line
    return "\n".join(lines), problems


class _Builder:
    """Turns the parser's events into data without ever following an alias."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []
        self.marks: dict[Route, Any] = {}
        self.keys: dict[Route, Any] = {}
        self.stack: list[_Container] = []
        self.data: Any = None
        self.documents = 0
        self._handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._take_scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._start,
        }

    def take_all(self, loader: Any) -> None:
        handlers = self._handlers
        while event := loader.get_event():
            handle = handlers.get(type(event))
            if handle:
                handle(event)
            elif isinstance(event, yaml.StreamEndEvent):
                return

    def _start(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._fault(event, "a second document starts here", "one document a file")
            raise _StopReadingError

    def _alias(self, event: Any) -> None:
        self._fault(event, f"alias '*{event.anchor}' is not allowed", "the text itself")
        self._place_value(event, None)

    def _take_scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse_extras(event)
        self._place_value(event, self._scalar(event))

    def _end(self, event: Any) -> None:
        self.stack.pop()

    def _fault(self, event: Any, message: str, expected: str) -> None:
        mark = event.start_mark
        place = Place(self.file, mark.line + 1, mark.column + 1)
        self.problems.append(Problem(place, self._item(), message, expected))

    def _item(self) -> str:
        """Return the id of the entry that is being read, as far as it is known."""
        for container in self.stack:
            if isinstance(container.value, dict) and isinstance(container.value.get("id"), str):
                return str(container.value["id"])
        return "(file)"

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor:
            self._fault(event, f"anchor '&{event.anchor}' is not allowed", "the text itself")
        if event.tag and event.tag != "!":
            self._fault(event, f"tag '{event.tag}' is not allowed", "plain text, lists and fields")

    def _scalar(self, event: Any) -> Any:
        if event.style or event.tag == "!":
            return self._quoted(event)
        text = event.value
        if text in _PLAIN_WORDS:
            return _PLAIN_WORDS[text]
        if text[0] in "-0123456789":
            if _INTEGER.match(text):
                return int(text) if len(text) < 19 else text
            if _DECIMAL.match(text):
                return float(text)
        self._refuse_swallowed(event)
        return squeeze(text)

    def _quoted(self, event: Any) -> str:
        """Return quoted text: in double quotes, an escape can spell what no file may hold."""
        unseen = _UNSEEN.search(event.value)
        if unseen:
            self._fault(event, _unseen(unseen.group()), "text that can be seen")
        return squeeze(_mended(event.value))

    def _refuse_swallowed(self, event: Any) -> None:
        """YAML drops what follows ' #' on an unquoted line, without a word.

        Two spaces before the sign, or a line of its own, make a comment that is meant as one.
        """
        end = event.end_mark
        if end.line >= len(self.lines):
            return
        line = self.lines[end.line]
        if line.startswith(" #", end.column):
            rest = line[end.column :]
            place = Place(self.file, end.line + 1, end.column + 2)
            message = f"{rest.strip()!r} would be dropped as a comment"
            self.problems.append(Problem(place, self._item(), message, "the text in quotes"))

    def _open(self, event: Any) -> None:
        self._refuse_extras(event)
        value: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        route = self._place_value(event, value)
        if len(self.stack) >= _DEEPEST:
            self._fault(event, "nested too deeply", f"at most {_DEEPEST} levels")
            raise _StopReadingError
        self.stack.append(_Container(value, route))

    def _place_value(self, event: Any, value: Any) -> Route:
        """Put a value where the parser stands: the root, a list, a key, or a key's value."""
        route: Route = ()
        if not self.stack:
            self.data = value
        else:
            top = self.stack[-1]
            if isinstance(top.value, list):
                route = (*top.route, len(top.value))
                top.value.append(value)
            elif top.key is None:
                return self._take_key(event, top, value)
            else:
                route = (*top.route, top.key)
                again = top.key in top.value
                top.value.setdefault(top.key, value)
                top.key = None
                if again:
                    return (*route, "(again)")
        self.marks[route] = event.start_mark
        return route

    def _take_key(self, event: Any, top: _Container, value: Any) -> Route:
        if isinstance(value, list | dict):
            self._fault(event, "a field's name cannot be a list or a mapping", "a plain word")
            raise _StopReadingError
        key = squeeze(event.value) if isinstance(event, yaml.ScalarEvent) else "(alias)"
        top.key = key
        route = (*top.route, key)
        if key in top.seen:
            first = top.seen[key]
            message = f"field '{key}' appears twice (first on line {first})"
            self._fault(event, message, "each field once")
        else:
            top.seen[key] = event.start_mark.line + 1
            self.keys[route] = event.start_mark
        return route
