"""`make build`: whatever happens to a build, site/ holds one whole site."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros.build import build_site
from tests.conftest import ROOT

PAGES = 40
# In place of MkDocs: writes pages that all hold the name of their build, and takes its time.
BUILDER = f"""
import pathlib, sys, time
name, seconds, folder = sys.argv[1], float(sys.argv[2]), pathlib.Path(sys.argv[3])
folder.mkdir()
for number in range({PAGES}):
    (folder / f"{{number}}.html").write_text(name)
    time.sleep(seconds / {PAGES})
sys.exit(name == "faulty")
"""


def builder(name: str, seconds: float = 0) -> list[str]:
    return [sys.executable, "-c", BUILDER, name, str(seconds)]


def start(root: Path, name: str, seconds: float = 0, before: str = "") -> subprocess.Popen[bytes]:
    """Start a build in a process group of its own, so that it can be killed as a whole."""
    code = f"import os, pathlib, signal, sys\nfrom macros.build import build_site\n{before}\n"
    # A shell that runs the tests in the background has its programs ignore Ctrl-C.
    code += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "sys.exit(build_site(pathlib.Path(sys.argv[1]), sys.argv[2:]))"
    command = [sys.executable, "-c", code, str(root), *builder(name, seconds)]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def names(root: Path) -> set[str]:
    """Return the builds that the pages of site/ are of, of which there must be all."""
    pages = list((root / "site").iterdir())
    assert len(pages) == PAGES
    return {page.read_text("utf-8") for page in pages}


def wait_until_busy(root: Path) -> None:
    end = time.monotonic() + 30
    while not list(root.glob(".build/*/new/3.html")):
        assert time.monotonic() < end, "no build began"
        time.sleep(0.01)


def wait_until_idle(root: Path) -> None:
    """Wait until nobody works in a build's folder: what was killed takes a moment to end."""
    end = time.monotonic() + 30
    for folder in root.glob(".build/*"):
        lock = os.open(folder, os.O_RDONLY)
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                assert time.monotonic() < end, "a build goes on"
                time.sleep(0.01)
        os.close(lock)


def test_two_builds_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    both = [start(tmp_path, name, 0.5) for name in ("first", "second")]
    assert [each.wait(30) for each in both] == [0, 0]
    assert names(tmp_path) in ({"first"}, {"second"})
    assert not list(tmp_path.glob(".build/*"))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_stopped_leaves_the_last_site(number: int, tmp_path: Path) -> None:
    assert build_site(tmp_path, builder("last")) == 0
    running = start(tmp_path, "stopped", 30)
    wait_until_busy(tmp_path)
    os.killpg(running.pid, number)
    assert running.wait(30) != 0
    wait_until_idle(tmp_path)
    assert names(tmp_path) == {"last"}
    assert build_site(tmp_path, builder("next")) == 0
    assert names(tmp_path) == {"next"}
    assert not list(tmp_path.glob(".build/*"))


def test_a_build_that_is_killed_between_the_renames_is_finished_by_the_next(
    tmp_path: Path,
) -> None:
    assert build_site(tmp_path, builder("last")) == 0
    kill = """
rename = pathlib.Path.rename
pathlib.Path.rename = lambda path, to: rename(path, to) if path.name == "site" else os.abort()
"""
    assert start(tmp_path, "killed", before=kill).wait(30) == -signal.SIGABRT
    assert not (tmp_path / "site").exists()
    assert build_site(tmp_path, builder("faulty")) == 1
    assert names(tmp_path) == {"killed"}
    assert not list(tmp_path.glob(".build/*"))


def test_a_site_that_cannot_take_its_place_leaves_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build_site(tmp_path, builder("last")) == 0
    rename = Path.rename

    def refuse_the_new(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise PermissionError
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse_the_new)
    with pytest.raises(PermissionError):
        build_site(tmp_path, builder("next"))
    assert names(tmp_path) == {"last"}
    assert not list(tmp_path.glob(".build/*"))


def test_a_build_clears_nothing_that_another_works_on(tmp_path: Path) -> None:
    running = start(tmp_path, "slow", 2)
    wait_until_busy(tmp_path)
    assert build_site(tmp_path, builder("quick")) == 0
    assert running.wait(60) == 0
    # Whichever ended last: on a busy machine that may be the quick one.
    assert names(tmp_path) in ({"slow"}, {"quick"})
