"""`python -m macros.build`: build the site, and replace the last one only if the build succeeds.

Each build works in its own folder in .build/ and holds a lock on that folder while it runs. Two
renames replace the last site by the new one. If a build is killed, the last site stays as it was;
if it is killed between the two renames, the next build finishes them first.
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
        command: The build command; the folder to build into is appended to it.

    Returns:
        The exit status of the command. If it is not 0, site/ is unchanged.

    Raises:
        OSError: A folder cannot be created or renamed.
    """
    site, workshop = root / "site", root / ".build"
    workshop.mkdir(exist_ok=True)
    with _locked(workshop):
        _clean_up_after_killed_builds(workshop, site)
        own = Path(tempfile.mkdtemp(dir=workshop))
        lock = _lock(own)
    try:
        # The command inherits the lock: it may outlive this process and still use the folder.
        done = subprocess.run([*command, str(own / "new")], cwd=root, check=False, pass_fds=[lock])
        if not done.returncode:
            with _locked(workshop):
                _replace_site(own, site)
        return done.returncode
    finally:
        shutil.rmtree(own, ignore_errors=True)
        os.close(lock)


def _replace_site(own: Path, site: Path) -> None:
    if not os.path.lexists(site):
        (own / "new").rename(site)
        return
    site.rename(own / "old")
    try:
        (own / "new").rename(site)
    except BaseException:
        (own / "old").rename(site)
        raise


def _clean_up_after_killed_builds(workshop: Path, site: Path) -> None:
    for folder in workshop.iterdir():
        try:
            lock = _lock(folder)
        except OSError:  # Another build is using it.
            continue
        if os.path.lexists(folder / "old") and not os.path.lexists(site):
            (folder / "new").rename(site)
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one build at a time in. The system releases the lock if the process dies."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _lock(folder: Path) -> int:
    """Lock a folder without waiting, or raise OSError. Closing the descriptor unlocks it."""
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
