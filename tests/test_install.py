"""A browser is found, or installed, or its absence is said aloud: never passed over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import install


class Machine:
    """A computer whose path is one folder, and on which nothing can be installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ran: list[str] = []

    def put(self, name: str, code: int = 0) -> Path:
        """Put a program on the path, which ends with a code whatever it is asked."""
        program = self.folder / name
        program.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
        program.chmod(0o755)
        return program

    def call(self, command: list[str]) -> int:
        self.ran.append(" ".join(command).replace(sys.executable, "python"))
        return 100


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("FIREFOX", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(subprocess, "call", made.call)
    made.put("apt-get")
    return made


def test_a_browser_that_starts_is_taken_and_nothing_is_installed(machine: Machine) -> None:
    machine.put("firefox")
    machine.put("chromium", code=1)  # It only says how to install the browser.
    program = machine.put("google-chrome")
    assert install.find_browser(install.CHROMIUM) == program
    assert install.main() == 0
    assert machine.ran == []


def test_where_chromium_cannot_be_had_it_says_so_and_what_to_do(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.put("firefox")
    assert install.main() == 1
    said = capsys.readouterr()
    assert "CANNOT RUN" in said.err
    assert "CHROMIUM=/path" in said.err
    assert machine.ran == [
        "apt-get update",
        "apt-get install -y chromium-headless-shell",
        "python -m playwright install chromium",
    ]


def test_a_browser_that_was_named_and_does_not_start_is_not_replaced_by_another(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.put("chromium")
    machine.put("firefox")
    for variable in ("CHROMIUM", "FIREFOX"):
        with monkeypatch.context() as patch:
            patch.setenv(variable, "/nowhere/browser")
            assert install.main() == 1
        assert f"{variable}=/nowhere/browser" in capsys.readouterr().err
    assert machine.ran == []


def test_where_firefox_cannot_be_had_that_is_said_and_the_rest_is_tested(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.put("chromium")
    assert install.main() == 0
    assert "WILL BE SKIPPED" in capsys.readouterr().err
    assert machine.ran == ["apt-get update", "apt-get install -y firefox-esr"]
