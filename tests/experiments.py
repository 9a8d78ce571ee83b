"""Run the experiments whose script, packages or results are not those of the last run.

    python -m tests.experiments
    python -m tests.experiments --compare

experiments/SHA256SUMS holds the sums of the scripts, of the lock of their packages and of the
results. While they agree, the results are what the scripts wrote, and `make test` need not run them
again. With --compare every experiment is run and nothing is written: it shows whether another
machine finds the same. It imports nothing but the scripts, which have an environment of their own.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements/experiments.txt"
SUMS = "experiments/SHA256SUMS"

# What may differ when a script is run again, with other versions of the packages or on another
# processor: (a pattern of names in the results, how far apart their values may be). The first that
# fits holds. Everything else must be the same to nine digits.
Tolerances = list[tuple[str, float]]
TOLERANCES: dict[str, Tolerances] = {
    "coin-flips": [],
    "card-fraud": [
        # The fit stops a little earlier or later, so a payment near a threshold may change sides.
        (r"^setting\.", 0),
        (r"(caught|false_alarms|alarms|errors|bands\.\d\.payments)$", 25),
        (r"(money(\.\w+)?|saving\.\w+)$", 250),
        (r"\bthreshold\b", 0.02),
        (r"(less_accurate|ranked_better|cost_more)$", 1),
        (r"", 0.01),
    ],
    "body-pictures": [
        # Another processor rounds otherwise, and training takes another way to as good a network.
        (r"^(weights|offsets)\.", math.inf),
        (r"^linear\.weights$", math.inf),
        (r"network(?!_above)", 0.8),
        (r"^(errors|leans|linear|network|examples|other_starts|other_people)\b", 0.02),
    ],
    "chess-text": [],
    "swapped-labels": [
        (r"^largest_gap_of_loss$", 1e-12),
        (r"^ten_digits\.", 0.02),
        (r"(losses|loss)\b", 1e-6),
    ],
    # Another processor may round otherwise, and find another of two days a little nearer.
    "leaky-columns": [(r"^(?!setting)", 0.02)],
}


def scripts(root: Path = ROOT) -> dict[str, Path]:
    """Return every script by the id of its experiment, which is the name of its results."""
    found = sorted((root / "experiments").glob("*.py"))
    return {path.stem.replace("_", "-"): path for path in found}


def results(id: str, root: Path = ROOT) -> Path:
    """Return the file that an experiment's script writes."""
    return root / "experiments/results" / f"{id}.json"


def sums(root: Path = ROOT) -> dict[str, str]:
    """Return the sum of each file by its path: of the lock, the scripts and the results."""
    files = [root / LOCK, *scripts(root).values(), *(results(id, root) for id in scripts(root))]
    return {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.is_file()
    }


def recorded(root: Path = ROOT) -> dict[str, str]:
    """Return the sums of the last run, in the same form."""
    file = root / SUMS
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return {path: digest for digest, path in (line.split(maxsplit=1) for line in lines)}


def outdated(root: Path = ROOT) -> list[str]:
    """Return each experiment whose script, packages or results are not those of the last run."""
    now, then = sums(root), recorded(root)
    found = []
    for id, script in scripts(root).items():
        files = (LOCK, *(path.relative_to(root).as_posix() for path in (script, results(id, root))))
        if any(file not in now or now[file] != then.get(file) for file in files):
            found.append(id)
    return found


def run(script: Path) -> Any:
    """Return what a script finds, without writing anything."""
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return json.loads(json.dumps(module.experiment()))


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every number and text of a result, with its name."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from leaves(inner, f"{name}.{key}".lstrip("."))
    else:
        yield name, value


def differences(now: Any, then: Any, tolerances: Tolerances) -> list[str]:
    """Return a line for each value of a new run that is not that of the file."""
    new, old = dict(leaves(now)), dict(leaves(then))
    wrong = [f"{name}: only in one of the two" for name in sorted(new.keys() ^ old.keys())]
    for name in sorted(new.keys() & old.keys()):
        most = next((far for form, far in tolerances if re.search(form, name)), None)
        if isinstance(new[name], str) or new[name] is None or old[name] is None:
            same = new[name] == old[name] or most == math.inf
        else:
            least = 1e-12 if most is None else most
            same = math.isclose(new[name], old[name], rel_tol=1e-9, abs_tol=least)
        if not same:
            wrong.append(f"{name}: {old[name]} in the file, {new[name]} now")
    return wrong


def write(root: Path = ROOT) -> int:
    """Run the outdated experiments, so that they write their results, and record the sums.

    Args:
        root: The project's folder.

    Returns:
        0, or the exit status of the first script that failed.
    """
    for id in outdated(root):
        print(id, flush=True)
        done = subprocess.run([sys.executable, str(scripts(root)[id])], cwd=root, check=False)
        if done.returncode:
            return done.returncode
    lines = [f"{digest}  {path}\n" for path, digest in sums(root).items()]
    (root / SUMS).write_text("".join(lines), encoding="utf-8")
    return 0


def compare(root: Path = ROOT) -> int:
    """Run every experiment and print what is no longer as its file has it.

    Args:
        root: The project's folder.

    Returns:
        1 where something differs by more than it may, else 0.
    """
    differ = 0
    for id, script in scripts(root).items():
        then = json.loads(results(id, root).read_text(encoding="utf-8"))
        wrong = differences(run(script), then, TOLERANCES.get(id, []))
        print(f"{id}: {f'values that differ: {len(wrong)}' if wrong else 'the same'}", flush=True)
        print("".join(f"  {line}\n" for line in wrong[:20]), end="", flush=True)
        differ += len(wrong)
    return 1 if differ else 0


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.experiments", description=__doc__)
    parser.add_argument("--compare", action="store_true", help="run all, write nothing, compare")
    return compare() if parser.parse_args(arguments).compare else write()


if __name__ == "__main__":
    sys.exit(main())
