"""Plant faults in a copy of the project, one at a time, and see that each turns something red.

    python -m tests.faults [WORD ...]    all faults, or those whose name holds one of the words

A suite is only as good as the faults it finds. fixtures/planted-faults.yml lists some of every
kind, each with the tests that should find it. For each fault, `macros check` and those tests run;
a fault that only some distant test would notice counts as a hole. Before the first fault, the tests
run on the copy as it is, since a test that is red anyway finds nothing.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import yaml
from pydantic import BaseModel, ConfigDict

ROOT = Path(__file__).resolve().parent.parent
FAULTS = ROOT / "tests" / "fixtures" / "planted-faults.yml"
CHECK = "macros check"
# In seconds. A fault may make a script wait for ever, and a test of a page waits for 45 seconds.
PATIENCE = 600


class Fault(BaseModel):
    """One change that somebody could make by mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    """What a reader, a contributor or a fork would suffer."""
    file: str
    """The file to change, from the project's folder, or a pattern: the first file that matches."""
    find: str | None = None
    """What to replace, a regular expression; its first match is replaced. None: the whole file."""
    put: str | None
    """What to write in its place; `\\1` is the first group. None deletes the file."""
    red: tuple[str, ...] = ()
    """The tests that should fail, from `tests/`; none where `macros check` finds the fault."""


def read_faults(words: list[str]) -> list[Fault]:
    """Return the faults whose name holds one of some words, or all where there are no words."""
    listed = yaml.safe_load(FAULTS.read_text("utf-8"))
    faults = [Fault.model_validate(entry) for entry in listed]
    return [each for each in faults if not words or any(word in each.name for word in words)]


def plant(fault: Fault, project: Path) -> Path:
    """Change the one file of a project that a fault is about.

    Returns:
        The file.

    Raises:
        ValueError: There is no such file, or nothing in it to replace: the list needs an update.
    """
    path = next(iter(sorted(project.glob(fault.file))), None)
    if path is None:
        raise ValueError(f"{fault.name}: no file matches {fault.file}")
    if fault.put is None:
        path.unlink()
        return path
    if fault.find is None:
        path.write_text(fault.put, "utf-8")
        return path
    text = path.read_text("utf-8")
    changed = re.sub(fault.find, fault.put, text, count=1, flags=re.MULTILINE)
    if changed == text:
        raise ValueError(f"{fault.name}: {fault.find!r} changes nothing in {fault.file}")
    path.write_text(changed, "utf-8")
    return path


def copy_project(folder: Path) -> Path:
    """Copy every file that git knows, and the files that are new."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def reddened_by(project: Path, tests: list[str], processes: str = "0") -> str:
    """Run the check of the data, then some tests, and return what is red first, or nothing."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    runs = [(CHECK, [sys.executable, "-m", "macros", "check"])]
    if tests:
        options = ["-x", "-q", "-p", "no:cacheprovider", "--numprocesses", processes]
        where = [f"tests/{test}" for test in tests]
        runs.append(("tests", [sys.executable, "-m", "pytest", *options, *where]))
    for name, command in runs:
        try:
            done = subprocess.run(
                command,
                cwd=project,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            return f"{name}: not done after {PATIENCE} s"
        if done.returncode:
            failed = re.findall(r"^(?:FAILED|ERROR) (?:tests/)?(\S+)", done.stdout, re.MULTILINE)
            return str(failed[0]) if failed else name
    return ""


def try_fault(fault: Fault, project: Path) -> str:
    """Plant a fault, run what should find it, and undo it; return what is red, or nothing."""
    path = plant(fault, project)
    try:
        return reddened_by(project, list(fault.red))
    finally:
        shutil.copy2(ROOT / path.relative_to(project), path)


def main(arguments: list[str] | None = None) -> int:
    """Try the faults on as many copies as there are processors.

    Returns:
        The exit status: 1 where a fault turns nothing red, or could not be planted.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("words", nargs="*", help="try only faults whose name holds such a word")
    faults = read_faults(parser.parse_args(arguments).words)
    if not faults:
        parser.error(f"no fault is called so; {FAULTS.relative_to(ROOT)} lists them")
    started = time.monotonic()
    copies = os.cpu_count() or 1
    free: SimpleQueue[Path] = SimpleQueue()

    def on_a_copy(fault: Fault) -> bool:
        project = free.get()
        try:
            red = try_fault(fault, project)
            print(
                f"{'red ' if red else 'HOLE'}  {fault.name}: {red or 'nothing is red'}", flush=True
            )
        except ValueError as error:
            red = ""
            print(f"STALE {error}", flush=True)
        finally:
            free.put(project)
        return bool(red)

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(copies) as threads:
        for number in range(copies):
            free.put(copy_project(Path(folder) / str(number)))
        project = free.get()
        named = sorted({test for fault in faults for test in fault.red})
        red = reddened_by(project, named, processes="logical")
        free.put(project)
        if red:
            print(f"Red without any fault: {red}. Put that right first.", file=sys.stderr)
            return 1
        found = sum(threads.map(on_a_copy, faults))
    took = time.monotonic() - started
    print(f"{found} of {len(faults)} planted faults turn something red, in {took:.0f} s")
    return 0 if found == len(faults) else 1


if __name__ == "__main__":
    sys.exit(main())
