"""What the check reads besides the data: the pages, and the list of what was ever published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from macros.load.data_folder import is_leftover
from macros.problems import Place

PUBLISHED = "docs/data/published.txt"
# What a reader of a page does not read as words of ours.
_UNSAID = (r"```.*?```", r"`[^`]*`", r"<!-{2}.*?-{2}>", r"\{:.*?\}", r"\]\([^)]*\)", r"<[^>]*>")
_MACRO = re.compile(r"\{\{.*?\}\}")
_ARGUMENT = re.compile(r'("[^"]*")')


@dataclass(frozen=True)
class Page:
    """A Markdown file of the site, named from the project's folder."""

    file: str
    text: str

    @cached_property
    def prose(self) -> str:
        """Its words, each at its place in the file: what is left out leaves blanks."""
        text = _MACRO.sub(lambda call: _words_of_macro(call[0]), self.text)
        for unsaid in _UNSAID:
            text = re.sub(unsaid, lambda found: _blank(found[0]), text, flags=re.DOTALL)
        return text

    def place(self, offset: int) -> Place:
        """Return where the character at `offset` stands."""
        before = self.text[:offset]
        return Place(self.file, before.count("\n") + 1, offset - before.rfind("\n"))

    @property
    def address(self) -> str:
        """Where the site shows it, from its root."""
        path = PurePosixPath(self.file.removeprefix("docs/")).with_suffix("")
        folder = path.parent if path.name == "index" else path
        return "./" if folder == PurePosixPath(".") else f"{folder}/"


@dataclass(frozen=True)
class Project:
    """The pages, and the lines of the list; None where the project has no such list."""

    pages: tuple[Page, ...]
    published: tuple[str, ...] | None


def read_pages_and_list(root: Path) -> Project:
    """Read what stands beside the data.

    Args:
        root: The project's folder.

    Returns:
        Its pages and its list of what was published. A byte that is not UTF-8 is read as a sign
        for it: whether a page can be built is for the build to say.
    """
    pages = tuple(
        Page(path.relative_to(root).as_posix(), path.read_text("utf-8", errors="replace"))
        for path in sorted((root / "docs").rglob("*.md"))
        if path.is_file() and not is_leftover(path.name)
    )
    listed = root / PUBLISHED
    lines = listed.read_text("utf-8", errors="replace").splitlines() if listed.is_file() else None
    return Project(pages, None if lines is None else tuple(lines))


def _words_of_macro(call: str) -> str:
    """Those arguments of a macro that are words and no names; the rest as blanks."""
    parts = _ARGUMENT.split(call)
    return "".join(
        part if number % 2 and " " in part else _blank(part) for number, part in enumerate(parts)
    )


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
