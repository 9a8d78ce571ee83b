"""`python -m macros.build`: build the site; it takes the last one's place only when it is whole.

Each build works in a folder of its own below .build/ and holds a lock on it for as long as it runs.
The new site takes its place by a rename. A build that is killed leaves the last site as it was; if
that happens between the two renames, the next build begins by finishing them.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from macros.problems import reason

ROOT = Path(__file__).resolve().parent.parent
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--site-dir")
INTERRUPTED = 130


def build_site(root: Path = ROOT, command: Sequence[str] = MKDOCS) -> int:
    """Build the site of `root` into its folder site/.

    Args:
        root: The project's folder.
        command: What builds the site into the folder that is named after it.

    Returns:
        The exit status of the command. Where it is not 0, site/ is what it was.

    Raises:
        OSError: A folder cannot be made or put in its place.
    """
    site, workshop = root / "site", root / ".build"
    workshop.mkdir(exist_ok=True)
    with _locked(workshop):
        _clear_up_after_killed_builds(workshop, site)
        own = Path(tempfile.mkdtemp(dir=workshop))
        lock = _lock(own)
    try:
        # The lock is handed on: a builder that outlives this process still works in the folder.
        done = subprocess.run([*command, str(own / "new")], cwd=root, check=False, pass_fds=[lock])
        if not done.returncode:
            with _locked(workshop):
                _put_in_place(own, site)
        return done.returncode
    finally:
        shutil.rmtree(own, ignore_errors=True)
        os.close(lock)


def _put_in_place(own: Path, site: Path) -> None:
    if not os.path.lexists(site):
        (own / "new").rename(site)
        return
    site.rename(own / "old")
    try:
        (own / "new").rename(site)
    except BaseException:
        (own / "old").rename(site)
        raise


def _clear_up_after_killed_builds(workshop: Path, site: Path) -> None:
    for folder in workshop.iterdir():
        try:
            lock = _lock(folder)
        except OSError:  # A build is working there.
            continue
        if os.path.lexists(folder / "old") and not os.path.lexists(site):
            (folder / "new").rename(site)
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one build at a time pass. The system frees the lock of a process that ends."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _lock(folder: Path) -> int:
    """Lock a folder at once, or raise OSError; closing what is returned frees it."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


if __name__ == "__main__":
    try:
        sys.exit(build_site())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        sys.exit(f"python -m macros.build: {reason(error)}")
