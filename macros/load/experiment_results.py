"""The experiments of the pitfall pages: their scripts, and the results that the scripts wrote.

This reads what `make experiments` wrote into experiments/. It runs no experiment, so the site does
not need the packages that these need.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.load.data_folder import is_leftover
from macros.lookup import MacroError, choose

FOLDER = Path(__file__).resolve().parents[2] / "experiments"


@dataclass(frozen=True)
class Experiment:
    """A script and its results. The id is the name of the result file."""

    id: str
    script: str
    code: str
    results: Mapping[str, Any]

    def value(self, path: str) -> Any:
        """Return a value of the results.

        Args:
            path: Keys joined by dots. For a list, a key is an index, `last`, or a `name=value` that
                one entry has: `models.memory=12.new.mean`.

        Raises:
            MacroError: There is no such value.
        """
        here: Any = self.results
        for step in _steps(path):
            kind = f"in the results of '{self.id}', step '{step}' of '{path}':"
            if isinstance(here, list):
                here = here[_position(here, step, kind)]
            elif isinstance(here, dict):
                here = here[choose(step, here, f"{kind} key")]
            else:
                raise MacroError(f"{kind} nothing is inside {here!r}; expected a shorter path")
        return here


def _steps(path: str) -> list[str]:
    """Split a path at dots, but not at decimal points: `shares.share=0.1.loss` has three steps."""
    steps: list[str] = []
    for part in path.split("."):
        if steps and part.isdigit() and "=" in steps[-1] and "." not in steps[-1]:
            steps[-1] += f".{part}"
        else:
            steps.append(part)
    return steps


def _position(entries: list[Any], step: str, kind: str) -> int:
    name, _, wanted = step.partition("=")
    keys = [str(entry[name]) if wanted and name in entry else "" for entry in entries]
    known = [f"{name}={key}" for key in keys] if wanted else [str(i) for i in range(len(entries))]
    chosen = choose(step, [*known, "last"], f"{kind} entry")
    return len(entries) - 1 if chosen == "last" else known.index(chosen)


def read_experiments(folder: Path = FOLDER) -> dict[str, Experiment]:
    """Return every experiment by its id.

    Args:
        folder: The folder of the scripts.

    Returns:
        The experiments that have results.

    Raises:
        MacroError: A file cannot be read, or its results are not JSON.
    """
    stamp = []
    for file in _files(folder, "results/*.json") + _files(folder, "*.py"):
        try:
            stat = file.stat()
        except OSError as error:
            raise MacroError(f"experiments/{file.name}: {error.strerror}") from error
        stamp.append((file.name, stat.st_mtime_ns, stat.st_size))
    return _read(folder, tuple(stamp))


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(file for file in folder.glob(pattern) if not is_leftover(file.name))


@lru_cache(maxsize=4)
def _read(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> dict[str, Experiment]:
    experiments = {}
    for file in _files(folder, "results/*.json"):
        script = folder / f"{file.stem.replace('-', '_')}.py"
        try:
            results = json.loads(file.read_text(encoding="utf-8"))
            code = script.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise MacroError(f"experiments/{file.stem}: {error}; run: make experiments") from error
        experiments[file.stem] = Experiment(file.stem, script.name, code, results)
    return experiments


def experiment_files(folder: Path = FOLDER) -> dict[str, str]:
    """Return the scripts and results that readers can download, by address from the site's root."""
    made = {}
    for experiment in read_experiments(folder).values():
        made[f"experiments/{experiment.script}"] = experiment.code
        made[f"experiments/{experiment.id}.json"] = json.dumps(experiment.results) + "\n"
    return made
