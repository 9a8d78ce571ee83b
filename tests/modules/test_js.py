"""What the pages' modules compute, where a test needs nothing but Node: tests/js."""

from __future__ import annotations

import subprocess

from tests.conftest import ROOT
from tests.modules.node import NODE


def test_the_modules_do_what_they_say() -> None:
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/js").glob("*.test.mjs"))
    run = subprocess.run(
        [NODE, "--test", "--test-isolation=none", "--test-reporter=tap", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    assert "# pass 0\n" not in run.stdout, "node ran no test"
