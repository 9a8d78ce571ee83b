"""The browser is found, or installed, or its absence is said aloud: never passed over."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.browser import install


class Machine:
    """A computer whose path is one folder, and on which nothing can be installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ran: list[str] = []
        self.stubs: set[str] = set()

    def put(self, name: str) -> Path:
        program = self.folder / name
        program.write_text("#!/bin/sh\n", encoding="utf-8")
        program.chmod(0o755)
        return program

    def look(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        if command[-1] == "--version":
            code = 1 if Path(command[0]).name in self.stubs else 0
            return subprocess.CompletedProcess(command, code, "Chromium 1", "")
        return subprocess.CompletedProcess(command, 0, f"{self.folder / 'none'}\n", "")

    def install(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        line = " ".join(command).replace(sys.executable, "python")
        self.ran.append(line)
        return subprocess.CompletedProcess(command, 100)

    def main(self) -> int:
        return install.main(self.look, self.install)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for name in ("CHROMIUM", "FIREFOX"):
        monkeypatch.delenv(name, raising=False)
    made = Machine(folder)
    made.put("firefox")
    return made


@pytest.fixture
def without_firefox(machine: Machine) -> Machine:
    """A machine with Chromium only."""
    machine.put("chromium")
    (machine.folder / "firefox").unlink()
    return machine


def as_user(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number)


def test_a_browser_on_the_path_is_found_and_nothing_is_installed(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    stub, program = machine.put("chromium-browser"), machine.put("google-chrome")
    machine.stubs.add(stub.name)  # It only says how to install the browser.
    assert machine.main() == 0
    assert str(program) in capsys.readouterr().out
    assert machine.ran == []


def test_the_environment_comes_first(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.put("chromium")
    mine = machine.put("mine").rename(tmp_path / "mine")
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert install.find_browser(install.CHROMIUM, machine.look) == mine


def test_a_wrong_environment_is_said_and_not_papered_over(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.put("chromium")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert machine.main() == 1
    assert "/nowhere/chromium" in capsys.readouterr().err
    assert machine.ran == []


def test_when_nothing_works_it_says_what_was_tried_and_how_to_help(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, 0)
    machine.put("apt-get")
    assert machine.main() == 1
    said = capsys.readouterr().err
    assert "CANNOT RUN" in said
    assert "CHROMIUM=/path" in said
    assert "apt-get update (exit code 100)" in said
    assert "playwright install chromium (exit code 100)" in said
    for name in install.CHROMIUM.names:
        assert name in said


def test_where_firefox_cannot_be_had_that_is_said_aloud_and_the_rest_is_tested(
    without_firefox: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, 1000)
    assert without_firefox.main() == 0
    assert without_firefox.ran == []
    said = capsys.readouterr().err
    assert "THE TESTS IN FIREFOX WILL BE SKIPPED" in said
    assert "FIREFOX=/path" in said


def test_a_firefox_that_was_named_and_does_not_start_is_a_failure(
    without_firefox: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIREFOX", "/nowhere/firefox")
    assert without_firefox.main() == 1
    assert "/nowhere/firefox" in capsys.readouterr().err


def test_only_root_runs_without_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, 0)
    assert "--no-sandbox" in install.launch_flags()
    as_user(monkeypatch, 1000)
    assert "--no-sandbox" not in install.launch_flags()
