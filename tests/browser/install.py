"""Find the browsers that the tests drive, and install them where they are not.

    python -m tests.browser.install

Without Chromium nothing is tested, and that is a failure. Firefox is tested where it can be had.
CHROMIUM and FIREFOX in the environment name the program to use; nothing else is then looked for.
This is ours because `playwright install` needs a host of its own, which not every network reaches;
a distribution's package comes from where everything else on the machine came from.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Browser:
    """A browser to test with: what its program may be called, and the package that brings it."""

    title: str
    variable: str
    names: tuple[str, ...]
    package: str
    # What happens without it.
    without: str


CHROMIUM = Browser(
    "Chromium or Chrome",
    "CHROMIUM",
    ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable"),
    "chromium-headless-shell",
    "THE BROWSER TESTS CANNOT RUN",
)
FIREFOX = Browser(
    "Firefox",
    "FIREFOX",
    ("firefox-esr", "firefox"),
    "firefox-esr",
    "THE TESTS IN FIREFOX WILL BE SKIPPED",
)


def find_browser(browser: Browser) -> Path | None:
    """Return the program of a browser, or None.

    A name on the path may be a stub that only tells how to install the browser, so each candidate
    is asked for its version.
    """
    named = os.environ.get(browser.variable)
    for name in [named] if named else browser.names:
        program = shutil.which(name)
        if program and subprocess.run([program, "--version"], capture_output=True).returncode == 0:
            return Path(program)
    return None


def provide(browser: Browser) -> bool:
    """Install a browser where it is missing; return whether the tests can drive it now."""
    if find_browser(browser):
        return True
    if os.environ.get(browser.variable):
        return False
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", browser.package]):
            _run(command)
    if find_browser(browser):
        return True
    # Playwright drives only a Firefox of its own, and these tests drive that of a distribution.
    return browser is CHROMIUM and _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _run(command: list[str]) -> bool:
    print(f"A browser is missing: {' '.join(command)}", flush=True)
    return subprocess.call(command) == 0


def main() -> int:
    """Find or install the browsers; return 0 where the tests can run, else 1, and say why."""
    code = 0
    for browser in (CHROMIUM, FIREFOX):
        if provide(browser):
            continue
        named = os.environ.get(browser.variable)
        looked = f"{browser.variable}={named}, which does not start" if named else browser.names
        print(
            f"{browser.without}: there is no {browser.title}. Looked for {looked}.\n"
            f"Install the package {browser.package} or, where the program has another place, type\n"
            f"  {browser.variable}=/path/to/{browser.package} make test",
            file=sys.stderr,
        )
        if named or browser is CHROMIUM:
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
