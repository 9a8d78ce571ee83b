"""Read one YAML file: its data, the line and column of every value, and every problem at once.

Only what JSON can say is accepted: no anchors, aliases, tags or second documents, and the only
words that are not text are `null`, `true`, `false` and numbers. PyYAML parses; what it would let
pass is ours to find: a field given twice, text dropped as a comment, characters nobody can see.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from macros.model.base import collapse_whitespace
from macros.problems import Problem, SourceLocation

KeyPath = tuple[str | int, ...]

_DEEPEST = 12
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})$")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+$")
_PLAIN_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_REFERENCE = re.compile(r"[&*!][^\s,\[\]{}]*")
_REFERENCES = {"&": "anchor", "*": "alias", "!": "tag"}
_DECLARED = re.compile(r"^\s*(?:- )?id:\s*([a-z0-9-]+)", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})(?: .*)?|={7})$", re.MULTILINE)
_BYTE = r"\udc80-\udcff"  # What `surrogateescape` makes of a byte that is not UTF-8.
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
# Zero-width and filling characters, and those that turn the direction of the text or choose another
# glyph: they cannot be seen, and make another id or field name that looks the same.
_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_WIDE = r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # Spaces that YAML takes for letters.
_SUSPECT = re.compile(f"[\t{_WIDE}{_CONTROL}{_INVISIBLE}]")
_UNSEEN = re.compile(f"[{_CONTROL}{_INVISIBLE}]")
_INDENT = re.compile(rf"^ *\t|^[ \t{_WIDE}-]*(?:\w+:)?[{_WIDE}]")


@dataclass(frozen=True)
class Document:
    """What a file holds. `root` is the parser's tree, which knows where each value stands."""

    file: str
    data: Any = None
    root: Any = field(default=None, repr=False)
    cut: bool = False
    """Whether the file holds more than could be read."""

    def location(self, path: KeyPath) -> SourceLocation:
        """Return where the value at `path` stands, or its nearest known ancestor."""
        return self._location(self._pair(path)[1])

    def key_location(self, path: KeyPath) -> SourceLocation:
        """Return where the field's name at `path` stands, or the nearest known ancestor."""
        return self._location(self._pair(path)[0])

    def item(self, path: KeyPath) -> str:
        """Return what messages call the entry at `path`: its id, or its position without one.

        An entry that has the file to itself is called like the file.
        """
        if not path:
            return PurePosixPath(self.file).stem
        entry = self.data
        for step in path:
            entry = entry[step]
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            return str(entry["id"])
        return f"entry {int(path[-1]) + 1}"

    def _pair(self, path: KeyPath) -> tuple[Any, Any]:
        """Return the nodes of the field at `path`: its name and its value."""
        name = value = self.root
        for step in path:
            pairs = value.value if isinstance(value, yaml.MappingNode) else []
            if isinstance(value, yaml.SequenceNode) and isinstance(step, int):
                pairs = [(each, each) for each in value.value[step : step + 1]]
                step = ""
            found = [
                pair for pair in pairs if not step or collapse_whitespace(pair[0].value) == step
            ]
            if not found:
                return value, value
            name, value = found[0]
        return name, value

    def _location(self, node: Any) -> SourceLocation:
        return _location(self.file, node.start_mark) if node else SourceLocation(self.file, 1, 1)


class _RefusedError(yaml.MarkedYAMLError):
    """YAML that we do not read; `note` says what was expected."""


class _Untyped:
    """Mixed into a loader: takes every scalar for text, and refuses to fill the stack."""

    depth = 0

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, parent: Any, _: object) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            mark, expected = parent.start_mark, f"at most {_DEEPEST} levels"
            raise _RefusedError(problem="nested too deeply", problem_mark=mark, note=expected)

    def ascend_resolver(self) -> None:
        self.depth -= 1


# The C parser is many times faster; PyYAML is also shipped without it.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, file: str) -> tuple[Document, list[Problem]]:
    """Read one file.

    Args:
        path: The file.
        file: What messages call it.

    Returns:
        The document, whose data is None where nothing could be read, and the problems.

    Raises:
        OSError: The file cannot be read.
    """
    raw = path.read_bytes()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message, expected = "the file is saved as UTF-16", "a file saved as UTF-8"
        return Document(file, cut=True), [
            Problem(SourceLocation(file, 1, 1), "(file)", message, expected)
        ]
    text = raw.decode("utf-8-sig", errors="surrogateescape").replace("\r\n", "\n")
    if conflicts := list(_conflicts(text, file)):
        return Document(file, cut=True), conflicts
    problems: list[Problem] = []
    if _SUSPECT.search(text):
        lines = text.split("\n")
        problems += _mend(lines, file)
        text = "\n".join(lines)
    builder = _Builder(file, text)
    try:
        root = yaml.compose(text, type("_Loader", (_Untyped, _PARSER), {}))
        data = builder.build(root, "(file)") if root else None
    except yaml.MarkedYAMLError as error:
        # A character that has been reported is likely to be the cause.
        return Document(file, cut=True), problems or [_unreadable(error, file, text)]
    if problems and not isinstance(data, dict | list):  # Another encoding, or no text at all.
        return Document(file, cut=True), problems
    return Document(file, data, root), problems + builder.problems


def declared_ids(path: Path) -> frozenset[str]:
    """Return the ids that a file nobody reads seems to hold; none where it cannot be opened."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return frozenset()
    return frozenset(_DECLARED.findall(text))


def _location(file: str, mark: Any) -> SourceLocation:
    return SourceLocation(file, mark.line + 1, mark.column + 1)


def _conflicts(text: str, file: str) -> Iterator[Problem]:
    """Name each conflict that a merge left: by its first line, or by what is left of it."""
    markers = list(_CONFLICT.finditer(text))
    for marker in [each for each in markers if each[0].startswith("<")] or markers:
        location = SourceLocation(file, text.count("\n", 0, marker.start()) + 1, 1)
        message = f"'{collapse_whitespace(marker[0])}' is left of a merge"
        expected = "one of the two versions, without the lines <<<<<<<, ======= and >>>>>>>"
        yield Problem(location, "(file)", message, expected)


def _mend(lines: list[str], file: str) -> Iterator[Problem]:
    """Name the first character of each line that no file may hold; replace them in `lines`.

    Bytes that are not UTF-8 have one cause, the file's encoding, and are named once.
    """
    other_encoding = False
    for number, line in enumerate(lines):
        wrong = (_SUSPECT if _INDENT.match(line) else _UNSEEN).search(line)
        if not wrong:
            continue
        is_byte = bool(re.match(f"[{_BYTE}]", wrong[0]))
        if not (is_byte and other_encoding):
            location = SourceLocation(file, number + 1, wrong.start() + 1)
            yield Problem(location, "(file)", *_describe(wrong[0]))
        other_encoding |= is_byte
        line = _INDENT.sub(lambda start: re.sub(f"[\t{_WIDE}]", "  ", start[0]), line)
        line = re.sub(f"[{_INVISIBLE}]", "", re.sub(f"[{_BYTE}]", "\ufffd", line))
        lines[number] = re.sub(f"[{_CONTROL}]", " ", line)


def _describe(character: str) -> tuple[str, str]:
    """Return what is wrong with a character, and what was expected."""
    code = f"U+{ord(character):04X}"
    if character == "\t":
        return "the line is indented with a tab", "spaces"
    if re.match(f"[{_BYTE}]", character):
        return f"byte 0x{ord(character) - 0xDC00:02x} is not UTF-8", "a file saved as UTF-8"
    if re.match(f"[{_CONTROL}]", character):
        return f"control character {code}", "text that can be seen"
    code += f", {unicodedata.name(character, 'without a name')}"
    if re.match(f"[{_WIDE}]", character):
        return f"{code}, stands for a space", "a space"
    return f"invisible sign {code}", "text that can be seen"


def _unreadable(error: Any, file: str, text: str) -> Problem:
    """Say in one message why a file cannot be read to its end."""
    mark, message = error.problem_mark or error.context_mark, str(error.problem)
    if isinstance(error, _RefusedError):
        expected = str(error.note)
    elif "quoted" in str(error.context) and re.search("stream|document", message):
        mark, message = error.context_mark, "the text in quotes that starts here never ends"
        expected = f"{text[mark.index]} at its end"
    elif "another document" in message:
        message, expected = "a second document starts here", "one document a file"
    elif "document" in message:
        message = "not YAML: the line does not continue what is above it"
        expected = "all fields of an entry in one column"
    elif reference := _REFERENCE.match(text, mark.index):
        message = f"{_REFERENCES[text[mark.index]]} '{reference[0]}' is not allowed"
        expected = f"the text itself, in quotes if it starts with {text[mark.index]}"
    else:
        message = f"not YAML: {message}"
        expected = (
            "a text that holds ': ' or starts with a sign such as - ? @ % & * ! | > in quotes"
        )
    return Problem(_location(file, mark), "(file)", message, expected)


class _Builder:
    """Turns the parser's nodes into data, and collects what is wrong with them."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.problems: list[Problem] = []

    def build(self, node: Any, item: str) -> Any:
        """Return what `node` holds; `item` is what messages call the entry it is in."""
        start = node.start_mark.index
        if self.text[start : start + 1] in _REFERENCES:
            # Every alias comes after its anchor, so that none is ever followed.
            raise yaml.MarkedYAMLError(problem="a reference", problem_mark=node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, item)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(each, item) for each in node.value]
        return self._mapping(node, item)

    def _report(self, mark: Any, item: str, message: str, expected: str) -> None:
        self.problems.append(Problem(_location(self.file, mark), item, message, expected))

    def _mapping(self, node: Any, item: str) -> dict[str, Any]:
        data: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _RefusedError(
                    problem="a field's name cannot be a list or a mapping",
                    problem_mark=key.start_mark,
                    note="a plain word; a text that starts with [ or { in quotes",
                )
            self.build(key, item)
            name = collapse_whitespace(key.value)
            if name in data:
                message = f"field '{name}' appears twice (first on line {lines[name]})"
                self._report(key.start_mark, item, message, "each field once")
                continue
            lines[name] = key.start_mark.line + 1
            data[name] = self.build(value, item)
            if name == "id" and item == "(file)" and isinstance(data[name], str):
                item = data[name]
        return data

    def _scalar(self, node: Any, item: str) -> Any:
        text, end = node.value, node.end_mark
        if node.style:
            if unseen := _UNSEEN.search(text):  # An escape can spell what no file may hold.
                self._report(node.start_mark, item, *_describe(unseen[0]))
                text = _UNSEEN.sub(" ", text)
            return collapse_whitespace(text)
        if text in _PLAIN_WORDS:
            return _PLAIN_WORDS[text]
        if text[0] in "-0123456789":
            if _INTEGER.match(text):
                return int(text)
            if _DECIMAL.match(text):
                return float(text)
        # Two spaces before the sign, or a line of its own, make a comment that is meant as one.
        if self.text.startswith(" #", end.index):
            location = SourceLocation(self.file, end.line + 1, end.column + 2)
            comment = self.text[end.index :].partition("\n")[0].strip()
            message = f"{comment!r} would be dropped as a comment"
            self.problems.append(Problem(location, item, message, "the text in quotes"))
        return collapse_whitespace(text)
