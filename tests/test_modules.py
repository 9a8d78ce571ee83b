"""What the pages' modules compute: tests/js, without a page, on the Node that Playwright brings."""

from __future__ import annotations

import subprocess

from playwright._impl._driver import compute_driver_executable

from tests.conftest import ROOT


def test_the_modules_do_what_they_say() -> None:
    node, _ = compute_driver_executable()
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/js").glob("*.test.mjs"))
    run = subprocess.run(
        [node, "--test", "--test-reporter=tap", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    assert "# pass 0\n" not in run.stdout, "node ran no test"
