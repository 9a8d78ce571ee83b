"""A build of the site of this repository. It imports little, so that it can begin at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPO_URL = "https://forge.example/team/playbook"
REPO_BRANCH = "edition-2"
PLUGIN = "build"
"""The name under which pytest knows a build that is under way."""


class Build:
    """A build that is under way. Leaving it ends it, finished or not.

    As a plugin of pytest, it gives all tests the one site.

    Args:
        folder: Where the site is built.
        environment: What is set besides the repository's address.
    """

    __name__ = PLUGIN

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        inherited = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
        repository = {"REPO_URL": REPO_URL, "REPO_BRANCH": REPO_BRANCH}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(folder)],
            cwd=ROOT,
            env={**inherited, "NO_MKDOCS_2_WARNING": "1", **repository, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Build:
        return self

    def __exit__(self, *_: object) -> None:
        with self.process:
            self.process.kill()

    def site(self) -> Path:
        """Wait for the build and return its folder; its output is the message if it failed."""
        import pytest

        printed, _ = self.process.communicate()
        if self.process.returncode:
            pytest.fail(
                f"the site does not build (exit code {self.process.returncode}):\n{printed}"
            )
        return self.folder
