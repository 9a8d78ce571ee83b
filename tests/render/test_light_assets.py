"""Scripts and styles are published lighter, and do the same: the browser tests run these."""

from __future__ import annotations

from pathlib import Path

from macros.__main__ import main
from macros.render.light_assets import all_lightened
from tests.tiny import TINY

STYLES = """/* A comment. */
.soup > a:hover {
  width: calc(100% - 2rem);
  color: light-dark(#fff, #000);
}
"""
SCRIPT = """// A comment.
/*! By A. Cook, MIT. */
const menu = (soup) => `it's // ${soup} /* hot */`;
const isWord = (text) => /[/"'`]\\w+ {2}/u.test(text) && 4 / 2 / 1;
"""


def test_what_is_left_out_is_what_no_browser_reads(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/soup.js").write_text(SCRIPT, "utf-8")
    (tmp_path / "soup.css").write_text(STYLES, "utf-8")
    (tmp_path / "soup.txt").write_text("/* Not ours. */", "utf-8")
    made = all_lightened(tmp_path)
    assert made == {
        "deep/soup.js": "/*! By A. Cook, MIT. */const menu=(soup)=>`it's // ${soup} /* hot */`;"
        "const isWord=(text)=>/[/\"'`]\\w+ {2}/u.test(text)&&4/2/1;",
        "soup.css": ".soup>a:hover{width:calc(100% - 2rem);color:light-dark(#fff,#000)}",
    }


def test_who_looks_for_a_fault_can_read_them(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    sheet = tmp_path / "assets/soup.css"
    sheet.write_text(STYLES, "utf-8")
    assert main(["--data", str(TINY), "export", str(tmp_path), "--readable"]) == 0
    assert sheet.read_text("utf-8") == STYLES
    assert main(["--data", str(TINY), "export", str(tmp_path)]) == 0
    assert "comment" not in sheet.read_text("utf-8")
