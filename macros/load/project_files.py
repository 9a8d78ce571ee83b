"""The pages and the templates: what the check reads besides the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from macros.load.data_folder import is_leftover
from macros.load.settings import SETTINGS, Settings, read_settings, settings_in
from macros.problems import SourceLocation

QUESTION_SCHEMA = "docs/data/schema/questions.schema.json"
TEMPLATES = (("macros/render/templates", "*.jinja"), ("overrides", "*.html"))
# What `python -m macros pages` writes is made from the data and the templates.
GENERATED_PAGES = re.compile(
    r"docs/(?:q/[^/]+|roles/[^/]+/all|reference/(?:sources|checklists)/[^/]+)\.md"
)
# Parts of a page or a template that are not prose.
_NO_WORDS = (r"```.*?```", r"`[^`]*`", r"<!-{2}.*?-{2}>", r"\{:.*?\}", r"\]\([^)]*\)", r"<[^>]*>")
_NO_WORDS_OF_TEMPLATES = (r"\{#.*?#\}", r"<(script)\b.*?</\1>", r"<![^>]*>")
_MACRO = re.compile(r"\{\{.*?\}\}")
_CODE_OR_TAG = re.compile(r"\{[{%].*?[%}]\}|<[^>]*>", re.DOTALL)
_STRING = re.compile(r'("[^"]*")')
# What a page asks a macro for, such as `cite("cook-2020")`. The name before it is found after it,
# because a search that starts with the parenthesis passes over all other text.
_ARGUMENT = re.compile(r"\(\s*[\"']([\w-]+)[\"']")
_NAME = re.compile(r"\w+\Z")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


class Call(NamedTuple):
    """A call of a macro on a page: its name, the id that it is given, and where the id stands."""

    macro: str
    id: str
    offset: int


@dataclass(frozen=True)
class Page:
    """A Markdown file of the site. Its name is relative to the project's folder."""

    file: str
    text: str

    @property
    def item(self) -> str:
        """What messages call it, after its name."""
        return "(page)"

    @cached_property
    def prose(self) -> str:
        """Its words at the same offsets as in the file: the rest is replaced by blanks."""
        text = _MACRO.sub(lambda call: _words_of_strings(call[0]), self.text)
        return _without(_NO_WORDS, text)

    @cached_property
    def front_matter(self) -> Settings:
        """What its first lines set."""
        found = _FRONT_MATTER.match(self.text)
        return settings_in(found[1], self.file, above=1) if found else Settings()

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """What it asks macros for by an id."""
        found = (
            (_NAME.search(self.text[: each.start()][-60:]), each)
            for each in _ARGUMENT.finditer(self.text)
        )
        return tuple(Call(name[0], each[1], each.start(1)) for name, each in found if name)

    def location(self, offset: int) -> SourceLocation:
        """Return the line and column of the character at `offset`."""
        before = self.text[:offset]
        return SourceLocation(self.file, before.count("\n") + 1, offset - before.rfind("\n"))

    @cached_property
    def address(self) -> str:
        """Its address from the site's root."""
        path = PurePosixPath(self.file.removeprefix("docs/")).with_suffix("")
        folder = path.parent if path.name == "index" else path
        return "./" if folder == PurePosixPath(".") else f"{folder}/"


class Template(Page):
    """A template of pages, which holds words of the site too."""

    @property
    def item(self) -> str:
        """What messages call it, after its name."""
        return "(template)"

    @cached_property
    def prose(self) -> str:
        """Its words, and those in its code and attributes, at the same offsets as in the file."""
        text = _without(_NO_WORDS_OF_TEMPLATES, self.text)
        return _CODE_OR_TAG.sub(lambda part: _words_of_strings(part[0]), text)


@dataclass(frozen=True)
class Project:
    """The files beside the data. `question_schema` is what editors check questions by, if kept."""

    pages: tuple[Page, ...]
    templates: tuple[Template, ...]
    question_schema: str | None
    settings: Settings


def read_project_files(root: Path, settings: str = SETTINGS) -> Project:
    """Read the files beside the data.

    Bytes that are not UTF-8 are replaced: the build reports them.

    Args:
        root: The project's folder.
        settings: The configuration of the site in it.
    """
    texts = _texts(root, "docs", "*.md")
    pages = [Page(name, text) for name, text in texts if not GENERATED_PAGES.fullmatch(name)]
    templates = [Template(*file) for files in TEMPLATES for file in _texts(root, *files)]
    schema = root / QUESTION_SCHEMA
    kept = schema.read_text("utf-8", errors="replace") if schema.is_file() else None
    return Project(tuple(pages), tuple(templates), kept, read_settings(root / settings, settings))


def _texts(root: Path, folder: str, pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted((root / folder).rglob(pattern)):
        if path.is_file() and not is_leftover(path.name):
            yield path.relative_to(root).as_posix(), path.read_text("utf-8", errors="replace")


def _without(patterns: Iterable[str], text: str) -> str:
    for pattern in patterns:
        text = re.sub(pattern, lambda match: blank(match[0]), text, flags=re.DOTALL)
    return text


def _words_of_strings(code: str) -> str:
    """Return the strings in code that hold more than one word, and blanks for the rest."""
    parts = _STRING.split(code)
    return "".join(
        part if number % 2 and " " in part else blank(part) for number, part in enumerate(parts)
    )


def blank(text: str) -> str:
    """Return as many spaces, in lines as long."""
    return "\n".join([" " * len(line) for line in text.split("\n")])
