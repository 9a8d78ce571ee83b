"""The experiments behind the pitfall pages: their scripts and the results that they wrote.

Reads what `make experiments` left in experiments/. Nothing here runs an experiment, so the site
needs none of the packages that they need.
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
        """Return what stands at `path` in the results.

        In: names joined by dots; in a list, a position, `last` or `name=value` of an entry,
        for instance `models.memory=12.new.mean`. Raises MacroError where there is nothing.
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
    """Split at dots, but not at the point of a number: `shares.share=0.1.loss` has three steps."""
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

    In: the folder of the scripts. Out: those that have results. Raises MacroError where a file
    cannot be read, or is no JSON.
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
    found = {}
    for file in _files(folder, "results/*.json"):
        script = folder / f"{file.stem.replace('-', '_')}.py"
        try:
            results = json.loads(file.read_text(encoding="utf-8"))
            code = script.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise MacroError(f"experiments/{file.stem}: {error}; run: make experiments") from error
        found[file.stem] = Experiment(file.stem, script.name, code, results)
    return found


def experiment_files(folder: Path = FOLDER) -> dict[str, str]:
    """Return what readers may take home, by its address in the site: scripts and result files."""
    made = {}
    for experiment in read_experiments(folder).values():
        made[f"experiments/{experiment.script}"] = experiment.code
        made[f"experiments/{experiment.id}.json"] = json.dumps(experiment.results) + "\n"
    return made
