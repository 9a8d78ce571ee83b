"""Find the browsers that the tests drive, and install them where they are not.

    python -m tests.browser.install

Without Chromium nothing is tested, and that is a failure. Firefox is tested where it can be had.
CHROMIUM and FIREFOX in the environment name the program to use; nothing else is then looked for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Wanted:
    """A browser to test with: what it may be called, and how to get it."""

    title: str
    variable: str
    names: tuple[str, ...]
    package: str
    # Whether Playwright can download it and drive what it downloaded.
    of_playwright: bool


CHROMIUM = Wanted(
    title="Chromium or Chrome",
    variable="CHROMIUM",
    names=("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    package="chromium",
    of_playwright=True,
)
FIREFOX = Wanted(
    title="Firefox",
    variable="FIREFOX",
    names=("firefox-esr", "firefox"),
    package="firefox-esr",
    of_playwright=False,
)

Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]

_ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
)


def launch_flags() -> list[str]:
    """Return what the browser is started with: nothing that talks to anybody, no first-run page."""
    flags = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--disable-sync",
    ]
    # Chromium refuses to run its sandbox as root, which is who runs tests in a container.
    return [*flags, "--no-sandbox"] if os.geteuid() == 0 else flags


def run_quietly(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command for its output; a program that cannot be started counts as failed."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def run_aloud(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command whose progress people want to see."""
    try:
        return subprocess.run(command, text=True, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def find_browser(wanted: Wanted, run: Run = run_quietly) -> Path | None:
    """Return a browser that starts, or None.

    In: which one, and what runs a command and hands back its output. A name on the path may be a
    stub that only tells how to install the browser, so each candidate is asked for its version.
    """
    named = os.environ.get(wanted.variable)
    if named:
        found = shutil.which(named)
        return Path(found) if found and _starts(found, run) else None
    for name in wanted.names:
        found = shutil.which(name)
        if found and _starts(found, run):
            return Path(found)
    if wanted.of_playwright:
        asked = run([sys.executable, "-c", _ASK_PLAYWRIGHT])
        own = asked.stdout.strip()
        if asked.returncode == 0 and own and Path(own).is_file() and _starts(own, run):
            return Path(own)
    return None


def _starts(program: str, run: Run) -> bool:
    return run([program, "--version"]).returncode == 0


def routes(wanted: Wanted, is_root: bool) -> list[list[list[str]]]:
    """Return the ways to get a browser, the best first; each is a list of commands."""
    ways = []
    if is_root and shutil.which("apt-get"):
        ways.append([["apt-get", "update"], ["apt-get", "install", "-y", wanted.package]])
    if wanted.of_playwright:
        ways.append([[sys.executable, "-m", "playwright", "install", "chromium"]])
    return ways


def provide(wanted: Wanted, look: Run, install: Run) -> list[str]:
    """Find or install one browser. Out: nothing where it is there now, else what was tried."""
    found = find_browser(wanted, look)
    tried = [f"looked for {', '.join(wanted.names)} on the path"]
    if os.environ.get(wanted.variable) and not found:
        return [f"{wanted.variable} is set to {os.environ[wanted.variable]}, which does not start"]
    for commands in [] if found else routes(wanted, os.geteuid() == 0):
        for command in commands:
            print(f"No {wanted.title} yet: {' '.join(command)}", flush=True)
            code = install(command).returncode
            tried.append(f"{' '.join(command)} (exit code {code})")
            if code:
                break
        found = find_browser(wanted, look)
        if found:
            break
    if found:
        print(f"For the tests: {found}")
        return []
    return tried


def _tell(what: str, wanted: Wanted, tried: list[str]) -> None:
    lines = [
        f"{what}: there is no {wanted.title}.",
        *(f"  - {line}" for line in tried),
        f"Install it yourself or, if it stands somewhere else, say where:\n"
        f"  {wanted.variable}=/path/to/{wanted.package} make test",
    ]
    print("\n".join(lines), file=sys.stderr)


def main(look: Run = run_quietly, install: Run = run_aloud) -> int:
    """Find or install the browsers. Out: 0 where the tests can run, else 1; it says why."""
    tried = provide(CHROMIUM, look, install)
    if tried:
        _tell("THE BROWSER TESTS CANNOT RUN", CHROMIUM, tried)
        return 1
    tried = provide(FIREFOX, look, install)
    if tried:
        _tell("THE TESTS IN FIREFOX WILL BE SKIPPED", FIREFOX, tried)
        return 1 if os.environ.get(FIREFOX.variable) else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
