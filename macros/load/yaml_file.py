"""Read one YAML file: its data, the line and column of every value, and every problem at once.

Only what JSON can say is accepted: no anchors, aliases, tags or second documents, and the only
words that are not text are `null`, `true`, `false` and numbers. PyYAML parses; what it would let
pass is ours to find: a field given twice, text dropped as a comment, characters nobody can see.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from macros.model.base import collapse_whitespace
from macros.problems import Problem, SourceLocation

KeyPath = tuple[str | int, ...]

_DEEPEST = 12
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+)?")
_REFERENCE = re.compile(r"[&*!][^\s,\[\]{}]*")
_REFERENCES = {"&": "anchor", "*": "alias", "!": "tag"}
_MAY_REFER = re.compile(r"(?:^|[\s\[{,:?-])[&*!]")
_DECLARED = re.compile(r"^\s*(?:- )?id:\s*([a-z0-9-]+)", re.MULTILINE)
_WIDE = r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # Spaces that YAML takes for letters.
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
# Zero-width and filling characters, and those that turn the direction of the text or choose another
# glyph: they cannot be seen, and make another id or field name that looks the same.
_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_UTF_8, _SEEN = "a file saved as UTF-8", "text that can be seen"
_MERGED = "one of the two versions, without the lines <<<<<<<, ======= and >>>>>>>"
# What no line may hold, what is said of it, and what was expected. `surrogateescape` makes a
# character of its own of each byte that is not UTF-8.
_FAULTS = {
    "utf_16": (r"^(?:\udcff\udcfe|\udcfe\udcff)", "the file is saved as UTF-16", _UTF_8),
    "conflict": (r"^<{7}(?: .*)?$", "'{line}' is left of a merge", _MERGED),
    "rest": (r"^(?:[>|]{7}(?: .*)?|={7})$", "'{line}' is left of a merge", _MERGED),
    "tab": (r"^ *\t", "the line is indented with a tab", "spaces"),
    "wide": (rf"^[ \t-]*(?:\w+:)?[{_WIDE}]", "{sign}, {name}, stands for a space", "a space"),
    "byte": (r"[\udc80-\udcff]", "byte 0x{byte:02x} is not UTF-8", _UTF_8),
    "control": (f"[{_CONTROL}]", "control character {sign}", _SEEN),
    "invisible": (f"[{_INVISIBLE}]", "invisible sign {sign}, {name}", _SEEN),
}
_HIDES_THE_REST = ("utf_16", "conflict", "rest")
_FAULT = "|".join(f"(?P<{kind}>{each[0]})" for kind, each in _FAULTS.items())
_UNSEEN = re.compile(f"[{_CONTROL}{_INVISIBLE}]")
_SUSPECT = re.compile(rf"[\t{_WIDE}{_CONTROL}{_INVISIBLE}]")


@dataclass(frozen=True)
class Document:
    """What a file holds. `root` is the parser's tree, which knows where each value stands."""

    file: str
    data: Any = None
    root: Any = field(default=None, repr=False)
    cut: bool = False
    """Whether the file holds more than could be read."""

    def location(self, path: KeyPath, *, of_name: bool = False) -> SourceLocation:
        """Return where the value at `path` stands, or its name; or its nearest known ancestor."""
        name = value = self.root
        for step in path:
            held: Any = {}
            if isinstance(value, yaml.SequenceNode):
                held = {number: (each, each) for number, each in enumerate(value.value)}
            elif isinstance(value, yaml.MappingNode):
                held = {collapse_whitespace(pair[0].value): pair for pair in reversed(value.value)}
            name, value = held.get(step, (value, value))
            if step not in held:
                break
        node = name if of_name else value
        return _location(self.file, node)

    def item(self, path: KeyPath) -> str:
        """Return what messages call the entry at `path`: its id, or its position without one.

        An entry that has the file to itself is called like the file.
        """
        if not path:
            return PurePosixPath(self.file).stem
        entry = self.data
        for step in path:
            entry = entry[step]
        id = entry.get("id") if isinstance(entry, dict) else None
        return id if isinstance(id, str) else f"entry {int(path[-1]) + 1}"


class _Untyped:
    """Mixed into a loader: takes every scalar for text, and refuses to fill the stack."""

    depth = 0

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, parent: Any, _: object) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _stop(parent, "nested too deeply", f"at most {_DEEPEST} levels")

    def ascend_resolver(self) -> None:
        self.depth -= 1


# The C parser is many times faster; PyYAML is also shipped without it.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _loader(parser: Any) -> Any:
    return type("_Loader", (_Untyped, parser), {})


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
    text = path.read_bytes().decode("utf-8-sig", errors="surrogateescape").replace("\r\n", "\n")
    document, problems = _read(text, file, _PARSER)
    return document, [*problems]


# After an edit, live reload reads again what it has read before, but for one file.
@lru_cache(maxsize=2048)
def _read(text: str, file: str, parser: Any) -> tuple[Document, list[Problem]]:
    cut, found = Document(file, cut=True), _line_faults(text, file)
    for kind in _HIDES_THE_REST:
        if kind in found:
            return cut, found[kind]
    faults = [fault for each in found.values() for fault in each]
    if faults:
        text = re.sub(f"[{_WIDE}]", " ", _UNSEEN.sub("", text)).expandtabs(2)
    builder = _Builder(file, text)
    try:
        root = yaml.compose(text, _loader(parser))
        data = builder.build(root, "(file)") if root else None
    except yaml.MarkedYAMLError as error:
        # A character that has been named is likely to be the cause.
        return cut, faults or [builder.stopped(error)]
    if faults and not isinstance(data, dict | list):  # Another encoding, or no text at all.
        return cut, faults
    return Document(file, data, root), faults + builder.problems


def declared_ids(path: Path) -> frozenset[str]:
    """Return the ids that a file nobody reads seems to hold; none where it cannot be opened."""
    try:
        return frozenset(_DECLARED.findall(path.read_text("utf-8", errors="replace")))
    except OSError:
        return frozenset()


def _location(file: str, node: Any) -> SourceLocation:
    line, column = (node.start_mark.line, node.start_mark.column) if node else (0, 0)
    return SourceLocation(file, line + 1, column + 1)


def _line_faults(text: str, file: str) -> dict[str, list[Problem]]:
    """Name the first fault of each line by its kind. Bytes that are not UTF-8 have one cause."""
    found: dict[str, list[Problem]] = {}
    if not _SUSPECT.search(text) and not any(sign * 7 in text for sign in "<>|="):
        return found  # The usual case, decided many times faster.
    for number, line in enumerate(text.split("\n"), 1):
        fault = re.search(_FAULT, line)
        kind = str(fault and fault.lastgroup)
        if fault and not (kind == "byte" and kind in found):
            location = SourceLocation(file, number, 1 if kind in _HIDES_THE_REST else fault.end())
            found.setdefault(kind, []).append(Problem(location, "(file)", *_said(fault[0])))
    return found


def _said(found: str) -> tuple[str, str]:
    """Return what is wrong with the part of a line that was found, and what was expected."""
    message, expected = next(each[1:] for each in _FAULTS.values() if re.search(each[0], found))
    sign, code = found[-1], ord(found[-1])
    about = {"sign": f"U+{code:04X}", "name": unicodedata.name(sign, "without a name")}
    line = collapse_whitespace(found)
    return message.format_map(about | {"byte": code & 0xFF, "line": line}), expected


def _stop(node: Any, problem: str, expected: str = "") -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark, note=expected)


class _Builder:
    """Turns the parser's nodes into data, and collects what is wrong with them."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.problems: list[Problem] = []
        # Hardly any file holds either, and then no value is looked at for it.
        self.may_refer = bool(_MAY_REFER.search(text))
        self.may_comment = " #" in text

    def _report(self, node: Any, item: str, message: str, expected: str) -> None:
        self.problems.append(Problem(_location(self.file, node), item, message, expected))

    def stopped(self, error: Any) -> Problem:
        """Say in one message why the file cannot be read to its end."""
        mark, message = error.problem_mark or error.context_mark, str(error.problem)
        expected = error.note
        if "quoted" in str(error.context) and re.search("stream|document", message):
            mark, message = error.context_mark, "the text in quotes that starts here never ends"
            expected = f"{self.text[mark.index]} at its end"
        elif "another document" in message:
            message, expected = "a second document starts here", "one document a file"
        elif "document" in message:
            message = "not YAML: the line does not continue what is above it"
            expected = "all fields of an entry in one column"
        elif not expected and (found := _REFERENCE.match(self.text, mark.index)):
            message = f"{_REFERENCES[found[0][0]]} '{found[0]}' is not allowed"
            expected = f"the text itself, in quotes if it starts with {found[0][0]}"
        elif not expected:
            message = f"not YAML: {message}"
            expected = "a text that holds ': ' or starts with a sign such as "
            expected += "- ? @ % & * ! | > in quotes"
        location = SourceLocation(self.file, mark.line + 1, mark.column + 1)
        return Problem(location, "(file)", message, expected)

    def build(self, node: Any, item: str) -> Any:
        """Return what `node` holds; `item` is what messages call the entry it is in."""
        if self.may_refer:
            start = node.start_mark.index
            if self.text[start : start + 1] in _REFERENCES:
                # Every alias comes after its anchor, so that none is ever followed.
                raise _stop(node, "a reference")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, item)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(each, item) for each in node.value]
        data: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                expected = "a plain word; a text that starts with [ or { in quotes"
                raise _stop(key, "a field's name cannot be a list or a mapping", expected)
            name = key.value
            if self.may_refer or self.may_comment or not (name.isascii() and name.isidentifier()):
                self.build(key, item)
                name = collapse_whitespace(name)
            if name in data:
                first = next(
                    each for each, _ in node.value if collapse_whitespace(each.value) == name
                )
                message = (
                    f"field '{name}' appears twice (first on line {first.start_mark.line + 1})"
                )
                self._report(key, item, message, "each field once")
                continue
            data[name] = self.build(value, item)
            if name == "id" and item == "(file)" and isinstance(data[name], str):
                item = data[name]
        return data

    def _scalar(self, node: Any, item: str) -> Any:
        text = node.value
        if node.style:
            # An escape can spell what no file may hold.
            if node.style == '"' and (unseen := _UNSEEN.search(text)):
                self._report(node, item, *_said(unseen[0]))
                text = _UNSEEN.sub("", text)
        elif text in _WORDS:
            return _WORDS[text]
        elif text[0] in "-0123456789" and _NUMBER.fullmatch(text):
            return json.loads(text)
        # Two spaces before the sign, or a line of its own, make a comment that is meant as one.
        elif self.may_comment and self.text.startswith(" #", node.end_mark.index):
            end = node.end_mark
            comment = self.text[end.index :].partition("\n")[0].strip()
            message = f"{comment!r} would be dropped as a comment"
            location = SourceLocation(self.file, end.line + 1, end.column + 2)
            self.problems.append(Problem(location, item, message, "the text in quotes"))
        return collapse_whitespace(text)
