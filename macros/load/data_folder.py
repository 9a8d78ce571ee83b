"""The data folder: which of its files are read, which are misplaced, which are leftovers."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

QUESTIONS = "questions"
# What editors, tools and systems leave beside a file. The patterns mean the same to MkDocs, whose
# build and live reload pass over these files as well (see hooks.py).
LEFTOVERS = (
    ".*",  # hidden: .DS_Store, Emacs' locks (.#name), Vim's swap files, copies that macOS makes
    "[#]*[#]",  # Emacs saving by itself
    "*~",  # Emacs, Vim, gedit, Kate
    "4913",  # Vim trying whether it may write here
    "*.bak",
    "*.orig",  # git mergetool, patch
    "*.rej",
    "*.tmp",
    "*___jb_???___",  # PyCharm and its relatives while they save
    "~$*",
    "*.py[co]",
    "[Tt]humbs.db",
    "[Dd]esktop.ini",
)
# A copy (`business-goal (1).yml`) or a spelling of its own (`Business-Goal.YML`) is no id.
_IS_READ = re.compile(r"[a-z0-9-]+\.yml$")
_LOOKS_LIKE_DATA = re.compile(r"\.ya?ml(\.|$)", re.IGNORECASE)


@dataclass
class DataFolder:
    """What a data folder holds, seen once."""

    questions: list[Path] = field(default_factory=list)
    misplaced: dict[Path, list[str]] = field(default_factory=dict)
    """Files that nothing reads, each with the files below the folder that it may be meant for: none
    where it is in the folder of questions and not clear which question it is."""
    unlisted: list[OSError] = field(default_factory=list)
    """Why a folder could not be looked into."""


def is_leftover(name: str) -> bool:
    """Whether a file of this name is what an editor or a system left, and nobody's work."""
    return any(fnmatchcase(name, pattern) for pattern in LEFTOVERS)


def look_through(folder: Path, names: Collection[str], roles: Collection[str] = ()) -> DataFolder:
    """Look through a data folder without reading a file.

    Args:
        folder: The data folder.
        names: The files that are read from the folder itself.
        roles: The ids of the roles, each of which has a folder for its questions.

    Returns:
        The files of questions, and every file that holds data by its name and is not read. What
        has another ending, a note for instance, is nobody's concern.
    """
    found = DataFolder()
    for place, inner, files in os.walk(folder, onerror=found.unlisted.append):
        inner[:] = sorted(name for name in inner if not is_leftover(name))
        # A folder that is called like a file of questions is reported where it would be read.
        for name in sorted(files + [name for name in inner if name.endswith(".yml")]):
            path = Path(place, name)
            here = path.relative_to(folder)
            if is_leftover(name) or not _LOOKS_LIKE_DATA.search(name) or here.as_posix() in names:
                continue
            if _is_question(here):
                found.questions.append(path)
            else:
                found.misplaced[path] = _meant_for(here, names, roles)
    return found


def _is_question(here: Path) -> bool:
    """Whether a file stands at `questions/<role>/<id>.yml`, whether or not there is such a role."""
    return len(here.parts) == 3 and here.parts[0] == QUESTIONS and bool(_IS_READ.match(here.name))


def name_as_id(path: Path) -> str:
    """Return the id that a file name is probably meant for: `soup-heat` of `Soup_heat (1).yml`."""
    return re.sub(r"[^a-z0-9]+", "-", re.split(r"[.( ]", path.name.casefold())[0]).strip("-")


def _meant_for(here: Path, names: Collection[str], roles: Collection[str]) -> list[str]:
    """Return the one file that the name points to, else all that it may point to."""
    word = name_as_id(here)
    if here.parts[0] == QUESTIONS:
        folders = [part.casefold() for part in here.parts[1:-1]]
        role = next((folder for folder in folders if folder in roles), "")
        return [f"{QUESTIONS}/{role}/{word}.yml"] if role and word else []
    if f"{word}.yml" in names:
        return [f"{word}.yml"]
    return [] if word in roles else list(names)
