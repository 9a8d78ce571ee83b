"""Find the browser that the tests drive, and install one where there is none.

    python -m tests.browser.install

CHROMIUM in the environment names the program to use; nothing else is then looked for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

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


def find_browser(run: Run = run_quietly) -> Path | None:
    """Return a browser that starts, or None.

    In: what runs a command and hands back its output. A name on the path may be a stub that only
    tells how to install the browser, so each candidate is asked for its version first.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        return Path(found) if found and _starts(found, run) else None
    for name in NAMES:
        found = shutil.which(name)
        if found and _starts(found, run):
            return Path(found)
    asked = run([sys.executable, "-c", _ASK_PLAYWRIGHT])
    own = asked.stdout.strip()
    if asked.returncode == 0 and own and Path(own).is_file() and _starts(own, run):
        return Path(own)
    return None


def _starts(program: str, run: Run) -> bool:
    return run([program, "--version"]).returncode == 0


def routes(is_root: bool) -> list[list[list[str]]]:
    """Return the ways to get a browser, the best first; each is a list of commands."""
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if is_root and shutil.which("apt-get"):
        ways.insert(0, [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]])
    return ways


def main(look: Run = run_quietly, install: Run = run_aloud) -> int:
    """Find or install a browser. Out: 0 where there is one now, else 1, and why on the screen."""
    found = find_browser(look)
    if found:
        print(f"Browser for the tests: {found}")
        return 0
    if os.environ.get("CHROMIUM"):
        print(
            f"CHROMIUM is set to {os.environ['CHROMIUM']}, which does not start.", file=sys.stderr
        )
        print("Set it to the path of Chromium or Chrome, or unset it.", file=sys.stderr)
        return 1
    tried = [f"looked for {', '.join(NAMES)} on the path, and for Playwright's own download"]
    for commands in routes(os.geteuid() == 0):
        for command in commands:
            print(f"No browser yet: {' '.join(command)}", flush=True)
            code = install(command).returncode
            tried.append(f"{' '.join(command)} (exit code {code})")
            if code:
                break
        found = find_browser(look)
        if found:
            print(f"Browser for the tests: {found}")
            return 0
    print("THE BROWSER TESTS CANNOT RUN: there is no browser. Tried:", file=sys.stderr)
    for line in tried:
        print(f"  - {line}", file=sys.stderr)
    print("Install Chromium or Chrome yourself, or, if it stands somewhere else, say where:\n"
          "  CHROMIUM=/path/to/chromium make test", file=sys.stderr)  # fmt: skip
    return 1


if __name__ == "__main__":
    sys.exit(main())
