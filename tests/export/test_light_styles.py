"""Style sheets are published lighter, and say the same: the browser tests see these."""

from __future__ import annotations

from pathlib import Path

from macros.__main__ import main
from macros.export.light_styles import lightened
from tests.tiny import TINY

STYLES = """/* A comment. */
/*! By A. Cook, MIT. */
.soup > a:hover {
  width: calc(100% - 2rem);
  color: light-dark(#fff, #000);
}
.soup::before {
  content: "a  /* hot */  soup";
}
"""


def test_what_is_left_out_is_what_no_browser_reads(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/soup.css").write_text(STYLES, "utf-8")
    (tmp_path / "soup.txt").write_text("/* Not ours. */", "utf-8")
    assert lightened(tmp_path) == {
        "deep/soup.css": "/*! By A. Cook, MIT. */"
        ".soup>a:hover{width:calc(100% - 2rem);color:light-dark(#fff,#000)}"
        '.soup::before{content:"a  /* hot */  soup"}'
    }


def test_who_looks_for_a_fault_can_read_them(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    sheet = tmp_path / "assets/soup.css"
    sheet.write_text(STYLES, "utf-8")
    assert main(["--data", str(TINY), "export", str(tmp_path), "--readable"]) == 0
    assert sheet.read_text("utf-8") == STYLES
    assert main(["--data", str(TINY), "export", str(tmp_path)]) == 0
    assert "A comment" not in sheet.read_text("utf-8")
