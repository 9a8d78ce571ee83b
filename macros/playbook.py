"""load → check → Playbook, once for each state of the files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from macros.check import check, check_project
from macros.derive.order import in_reading_order
from macros.load.entries import LISTS, Draft, data_files, load
from macros.load.project_files import read_project_files
from macros.model.question import Playbook, Vocabulary
from macros.problems import DataError

Stamp = tuple[tuple[str, int, int], ...]


def read_playbook(root: Path, data: Path | None = None) -> Playbook:
    """Return the checked playbook.

    In: the project's folder, and the data folder where it is not `docs/data`. Out: the playbook.
    Raises DataError, which holds every fault, where the files do not give one.
    """
    data = data or root / "docs" / "data"
    return _read(root, data, _stamp(data))


def read_project(root: Path) -> Playbook:
    """Return the playbook of a project whose pages keep the rules too.

    A build does not ask for this: a page may be looked at before it is finished.

    Args:
        root: The project's folder, with the data in `docs/data`.

    Returns:
        The playbook.

    Raises:
        DataError: Something is at fault in the data, in a page or in the list of what was
            published. It holds every fault.
    """
    draft, problems = load(root / "docs" / "data", root)
    problems += check(draft) + check_project(read_project_files(root), draft)
    if problems:
        raise DataError(sorted(problems))
    return _assemble(draft)


def _stamp(data: Path) -> Stamp:
    """Return a cache key that changes whenever a data file changes.

    Zensical calls `define_env` once a page, so loading must be cached.
    """
    found = []
    for path in data_files(data):
        try:
            stat = path.stat()
        except OSError:  # `load` says what is wrong with it.
            found.append((str(path), 0, 0))
        else:
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)


@lru_cache(maxsize=4)
def _read(root: Path, data: Path, stamp: Stamp) -> Playbook:
    draft, problems = load(data, root)
    problems += check(draft)
    if problems:
        raise DataError(sorted(problems))
    return _assemble(draft)


def _assemble(draft: Draft) -> Playbook:
    lists = {each.name: tuple(entry.value for entry in getattr(draft, each.name)) for each in LISTS}
    vocabulary = Vocabulary(**{name: lists[name] for name in Vocabulary.model_fields})
    lists["questions"] = tuple(in_reading_order(lists["questions"], vocabulary))
    lists["terms"] = tuple(sorted(lists["terms"], key=lambda term: term.term.casefold()))
    return Playbook(
        vocabulary=vocabulary,
        **{name: values for name, values in lists.items() if name in Playbook.model_fields},
        places={entry.id: entry.place() for entry in draft.questions},
        published=draft.published.places if draft.published else (),
    )
