"""Load and check the data files; give the playbook. Cached until a file changes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from macros.check import check, check_project, check_settings
from macros.derive.order import in_reading_order
from macros.load.entries import LISTS, LoadedData, data_files, load
from macros.load.project_files import read_project_files
from macros.model.question import Playbook, Vocabulary
from macros.problems import DataError, Problem

Stamp = tuple[tuple[str, int, int], ...]


def read_playbook(root: Path, data: Path | None = None) -> Playbook:
    """Return the checked playbook.

    Args:
        root: The project's folder. Messages name files relative to it.
        data: The data folder; by default `docs/data`.

    Raises:
        DataError: The data is invalid. It holds every problem.
    """
    data = data or root / "docs" / "data"
    return _read(root, data, _stamp(data))


def read_project(root: Path) -> Playbook:
    """Return the playbook, and check the pages, templates and the list of what was published too.

    A build does not check these, so that people can look at a page before it is finished.

    Args:
        root: The project's folder, with the data in `docs/data`.

    Raises:
        DataError: Something is invalid. It holds every problem.
    """
    loaded, problems = load(root / "docs" / "data", root)
    problems += check(loaded) + check_project(read_project_files(root), loaded)
    if problems:
        raise DataError(sorted(problems))
    return _assemble(loaded)


def setting_problems(root: Path, file: str) -> list[Problem]:
    """Return what is wrong with what is set: in a configuration, on pages and in templates.

    Args:
        root: The project's folder.
        file: The configuration in it that MkDocs reads.
    """
    return sorted(check_settings(read_project_files(root, file)))


def _stamp(data: Path) -> Stamp:
    """Return a cache key that changes whenever a data file changes.

    Zensical calls `define_env` once a page, so loading must be cached.
    """
    files = []
    for path in data_files(data):
        try:
            stat = path.stat()
        except OSError:  # `load` reports it.
            files.append((str(path), 0, 0))
        else:
            files.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(files)


@lru_cache(maxsize=4)
def _read(root: Path, data: Path, stamp: Stamp) -> Playbook:
    loaded, problems = load(data, root)
    problems += check(loaded)
    if problems:
        raise DataError(sorted(problems))
    return _assemble(loaded)


def _assemble(loaded: LoadedData) -> Playbook:
    lists = {
        each.name: tuple(entry.value for entry in getattr(loaded, each.name)) for each in LISTS
    }
    vocabulary = Vocabulary(**{name: lists[name] for name in Vocabulary.model_fields})
    lists["questions"] = tuple(in_reading_order(lists["questions"], vocabulary))
    lists["terms"] = tuple(sorted(lists["terms"], key=lambda term: term.term.casefold()))
    return Playbook(
        vocabulary=vocabulary,
        **{name: values for name, values in lists.items() if name in Playbook.model_fields},
        locations={entry.id: entry.location() for entry in loaded.questions},
        published=loaded.published.places if loaded.published else (),
        published_source_pages=loaded.published.source_pages if loaded.published else (),
    )
