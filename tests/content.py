"""`make check`: the data check, then the tests that a change of the data or a page can turn red.

Nearly all of those look at the built site. To build it takes longest, so it begins first.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.build_site import Build


def main(files: list[str]) -> int:
    """Check the data, and run the tests if it has no fault.

    Args:
        files: Those that hold the tests.

    Returns:
        The exit status: 0 where nothing is wrong.
    """
    # To look for plugins, of which there are none, pydantic reads all that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with tempfile.TemporaryDirectory() as folder, Build(Path(folder) / "site") as build:
        # Not at the top: to import these takes a second, in which the build is under way.
        from macros.__main__ import run_in_terminal

        if status := run_in_terminal(["check"]):
            return status
        import pytest

        options = ["--quiet", "--no-header", "-m", "content"]
        return int(pytest.main([*options, *files], plugins=[build]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
