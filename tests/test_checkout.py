"""What a contributor gets from Git is what was committed, whatever Git is set to do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="these files did not come from Git")
def test_a_checkout_with_the_line_ends_of_windows_holds_the_same_bytes(tmp_path: Path) -> None:
    setting = ["--config", "core.autocrlf=true"]
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", *setting, ROOT.as_uri(), str(tmp_path / "clone")],
        check=True,
    )
    files = [path for path in (tmp_path / "clone").rglob("*") if path.is_file()]
    read = {path: path.read_bytes() for path in files if ".git" not in path.parts}
    text = [path for path, content in read.items() if b"\0" not in content]
    assert text
    assert [path for path in text if b"\r\n" in read[path]] == []
