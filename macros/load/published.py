"""The list of every address that was ever published: `published.txt` in the data folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PUBLISHED = "published.txt"
_SOURCE_PAGE = re.compile(r"reference/sources/[a-z]/")


@dataclass(frozen=True)
class Published:
    """The list. A line is `page ADDRESS`, `download ADDRESS` or `question ROLE/ID`.

    The oldest lines name a question without the role on whose page it stood.
    """

    file: str
    lines: tuple[str, ...]

    @cached_property
    def questions(self) -> dict[str, int]:
        """The ids that questions were published under, each with its first line."""
        return {
            name.rpartition("/")[2]: number for number, name in reversed(self._named("question"))
        }

    @cached_property
    def pages(self) -> dict[str, int]:
        """The addresses of pages, each with its line."""
        return {name: number for number, name in reversed(self._named("page"))}

    @cached_property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Where questions stood: the role on whose page, and the id."""
        pairs = (name.partition("/") for _, name in self._named("question") if "/" in name)
        return tuple(dict.fromkeys((role, id) for role, _, id in pairs))

    @cached_property
    def source_pages(self) -> tuple[str, ...]:
        """The addresses of the pages that told the sources in full."""
        return tuple(address for address in self.pages if _SOURCE_PAGE.fullmatch(address))

    def lacks(self, lines: Iterable[str]) -> list[str]:
        """Return those of `lines` that are not in the list, in order and once each."""
        listed = frozenset(self.lines)
        return [line for line in dict.fromkeys(lines) if line not in listed]

    def _named(self, kind: str) -> list[tuple[int, str]]:
        pairs = ((number, line.partition(" ")) for number, line in enumerate(self.lines, 1))
        return [(number, name) for number, (listed, _, name) in pairs if listed == kind]


def read_published(path: Path, file: str) -> Published | None:
    """Read the list.

    Args:
        path: The file to read.
        file: The name by which messages call it.

    Returns:
        The list, or None where there is none: a project need not keep one.
    """
    if not path.is_file():
        return None
    return Published(file, tuple(path.read_text("utf-8", errors="replace").splitlines()))
