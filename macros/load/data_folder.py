"""Which files of the data folder are read, which are misplaced, and which are leftovers."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from fnmatch import translate
from pathlib import Path

QUESTIONS = "questions"
# Files that editors, tools and systems leave beside others. The build and live reload of MkDocs
# ignore them too (see hooks.py).
LEFTOVERS = (
    ".*",  # hidden: .DS_Store, Emacs' locks (.#name), Vim's swap files, copies that macOS makes
    "[#]*[#]",  # Emacs: auto-save
    "*~",  # Emacs, Vim, gedit, Kate
    "4913",  # Vim: a test whether the folder is writable
    "*.bak",
    "*.orig",  # git mergetool, patch
    "*.rej",
    "*.tmp",
    "*___jb_???___",  # PyCharm and other JetBrains editors while they save
    "~$*",
    "*.py[co]",
    "[Tt]humbs.db",
    "[Dd]esktop.ini",
)
_IS_LEFT = re.compile("|".join(map(translate, LEFTOVERS)))
# Not a copy (`business-goal (1).yml`), nor another spelling (`Business-Goal.YML`).
_IS_READ = re.compile(r"[a-z0-9-]+\.yml$")
_LOOKS_LIKE_DATA = re.compile(r"\.ya?ml(\.|$)", re.IGNORECASE)


@dataclass
class DataFolder:
    """The files of a data folder."""

    questions: list[Path] = field(default_factory=list)
    misplaced: dict[Path, list[str]] = field(default_factory=dict)
    """Files that nothing reads, each with the files, relative to the data folder, that it may be
    meant to be. There are none for a file in the folder of questions whose question is unclear."""
    unlisted: list[OSError] = field(default_factory=list)
    """The errors of folders that could not be listed."""


def is_leftover(name: str) -> bool:
    """Return whether an editor or a system left a file of this name."""
    return bool(_IS_LEFT.match(name))


def look_through(folder: Path, names: Collection[str], roles: Collection[str] = ()) -> DataFolder:
    """List the files of a data folder, without reading them.

    Args:
        folder: The data folder.
        names: The files that are read from the folder itself.
        roles: The ids of the roles, each of which has a folder for its questions.

    Returns:
        The files of questions, and every file that looks like data by its name and is not read.
        Files with other endings, such as notes, are ignored.
    """
    found = DataFolder()
    for location, inner, files in os.walk(folder, onerror=found.unlisted.append):
        inner[:] = sorted(name for name in inner if not is_leftover(name))
        here = Path(location).relative_to(folder)
        # Of any role, known or not.
        of_role = len(here.parts) == 2 and here.parts[0] == QUESTIONS
        # A folder with the name of a data file is reported when somebody tries to read it.
        for name in sorted(files + [name for name in inner if name.endswith(".yml")]):
            if of_role and _IS_READ.match(name):
                found.questions.append(Path(location, name))
            elif (
                _LOOKS_LIKE_DATA.search(name)
                and not is_leftover(name)
                and (here / name).as_posix() not in names
            ):
                found.misplaced[Path(location, name)] = _meant_for(here / name, names, roles)
    return found


def name_as_id(path: Path) -> str:
    """Return the id that a file name probably means: `soup-heat` for `Soup_heat (1).yml`."""
    return re.sub(r"[^a-z0-9]+", "-", re.split(r"[.( ]", path.name.casefold())[0]).strip("-")


def _meant_for(here: Path, names: Collection[str], roles: Collection[str]) -> list[str]:
    """Return the file that the path is probably meant to be, or all that it may be."""
    word = name_as_id(here)
    if here.parts[0] == QUESTIONS:
        folders = [part.casefold() for part in here.parts[1:-1]]
        role = next((folder for folder in folders if folder in roles), "")
        return [f"{QUESTIONS}/{role}/{word}.yml"] if role and word else []
    if f"{word}.yml" in names:
        return [f"{word}.yml"]
    return [] if word in roles else list(names)
