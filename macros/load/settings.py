"""Read mkdocs.yml as it is typed: what is set, and where. MkDocs itself mixes its defaults in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from macros.problems import Problem, SourceLocation

SETTINGS = "mkdocs.yml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Setting(NamedTuple):
    """A value of the file and where its name stands; `!ENV` and other tags are left as text."""

    value: Any
    location: SourceLocation


class Named(NamedTuple):
    """A plugin or a Markdown extension with its options, where it is listed."""

    name: str
    options: dict[str, Any]
    location: SourceLocation


@dataclass(frozen=True)
class Settings:
    """The settings by the names that lead to them, such as `("theme", "favicon")`."""

    entries: dict[tuple[str, ...], Setting] = field(default_factory=dict)
    listed: dict[str, tuple[Named, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def value(self, *names: str) -> Any:
        """Return the value of a setting, or None where it is not set."""
        return self.entries[names].value if names in self.entries else None

    def inside(self, name: str) -> Iterator[tuple[str, Setting]]:
        """Yield the settings directly under one, such as those of `theme`."""
        for names, setting in self.entries.items():
            if len(names) == 2 and names[0] == name:
                yield names[1], setting


def read_settings(path: Path, file: str = SETTINGS) -> Settings:
    """Read a configuration file, and the one that it inherits from.

    Args:
        path: The file. Where there is none, nothing is set.
        file: What messages call it.
    """
    if not path.is_file():
        return Settings()
    found = settings_in(path.read_text("utf-8", errors="replace"), file)
    parent = found.value("INHERIT")
    if isinstance(parent, str):
        above = read_settings(path.parent / parent, parent)
        return Settings(above.entries | found.entries, above.listed | found.listed, above.problems)
    return found


def settings_in(text: str, file: str, above: int = 0) -> Settings:
    """Return what a text sets.

    Args:
        text: YAML.
        file: What messages call the file that holds it.
        above: How many lines of the file stand above it.
    """
    try:
        root = yaml.compose(text, _LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        location = SourceLocation(file, line + above + 1, column + 1)
        return Settings(problems=(Problem(location, "(file)", f"not YAML: {error.problem}"),))
    place = _Place(file, above)
    listed = {
        name: tuple(_named(node, place))
        for name, node in _pairs(root)
        if name in ("plugins", "markdown_extensions")
    }
    return Settings(dict(_entries(root, place)), listed)


class _Place(NamedTuple):
    """The file that is read, and the lines above what is read of it."""

    file: str
    above: int

    def of(self, node: Any) -> SourceLocation:
        mark = node.start_mark
        return SourceLocation(self.file, mark.line + self.above + 1, mark.column + 1)


def _pairs(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), value


def _entries(
    node: Any, place: _Place, above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Setting]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            names = (*above, str(key.value))
            yield names, Setting(_plain(value), place.of(key))
            yield from _entries(value, place, names)


def _named(node: Any, place: _Place) -> Iterator[Named]:
    """Yield what a list names, or a mapping: MkDocs takes either."""
    for each in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(each, yaml.ScalarNode):
            yield Named(each.value, {}, place.of(each))
        elif isinstance(each, yaml.MappingNode):
            for key, value in each.value:
                options = _plain(value)
                options = options if isinstance(options, dict) else {}
                yield Named(str(key.value), options, place.of(key))


def _plain(node: Any) -> Any:
    """Return what a node holds, every scalar as text."""
    if isinstance(node, yaml.SequenceNode) and node.tag.startswith("tag:yaml.org"):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    return node.value if isinstance(node, yaml.ScalarNode) else node.tag
