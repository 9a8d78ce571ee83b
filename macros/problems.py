"""What can be wrong with a data file or a macro call, and how it is said."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple


class SourceLocation(NamedTuple):
    """Where something stands: a file (as the contributor types it), a line and a column."""

    file: str
    line: int
    column: int


class Problem(NamedTuple):
    """One fault. Sorting puts faults in the order in which they stand in the files."""

    location: SourceLocation
    item: str
    message: str
    expected: str = ""
    guess: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, what was expected, and what was probably meant."""
        parts = [self.message]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.guess:
            parts.append(f"did you mean '{self.guess}'?")
        return "; ".join(parts)

    def __str__(self) -> str:
        file, line, column = self.location
        return f"{file}:{line}:{column}: {self.item}: {self.sentence}"


class DataError(Exception):
    """Raised where a playbook is needed and the data files do not give one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def reason(error: OSError) -> str:
    """Return the operating system's own words for what went wrong, after the file's name."""
    said = error.strerror or str(error)
    return f"{error.filename}: {said}" if error.filename else f"the output: {said}"


def nearest(name: object, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or an empty string when none is near."""
    matches = difflib.get_close_matches(str(name), list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def one_of(names: Iterable[str]) -> str:
    """Return `one of a, b, c`, or only the count where the list is too long to read."""
    listed = list(dict.fromkeys(names))
    if not listed:
        return "nothing: the list is empty"
    if len(listed) > 15:
        return f"one of {len(listed)} known ids"
    return "one of " + ", ".join(listed)


def annotation(problem: Problem) -> str:
    """Return the workflow command by which GitHub shows a problem beside its line."""

    def escape(text: str, also: str = "") -> str:
        return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{also}" else sign for sign in text)

    file, line, column = problem.location
    shown = {"file": file, "line": line, "col": column, "title": problem.item}
    properties = ",".join(f"{name}={escape(str(value), ':,')}" for name, value in shown.items())
    return f"::error {properties}::{escape(problem.sentence)}"
