"""A fork may nest its pages deeper than we do: every entry of the menu still leads to a page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Once

CONFIG = f"""
site_name: Nested
docs_dir: docs
theme: {{name: material, custom_dir: {ROOT / "overrides"}}}
extra: {{serving: false}}
plugins: []
nav:
  - Home: index.md
  - Handbook:
      - Start:
          - First: start/first.md
          - Second: start/second.md
      - Rules: rules.md
"""


def build_nested(folder: Path) -> None:
    """Build a site with a menu of three levels, in our frame."""
    for name in ("index", "start/first", "start/second", "rules"):
        page = folder / f"docs/{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {name}\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        cwd=folder,
        check=True,
        env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""},
    )


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    """A site with a menu of three levels."""
    return once("nested", build_nested) / "site"


def part(page: Path, tag: str) -> str:
    found = re.search(f"<{tag}.*?</{tag}>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[0]


def test_a_nested_section_of_the_menu_leads_to_its_first_page(site: Path) -> None:
    assert re.findall(r'<a href="([^"]*)"[^>]*>Handbook<', part(site / "index.html", "nav")) == [
        "start/first/"
    ]
    here = part(site / "start/first/index.html", "nav")
    assert '<a href="./" class="pb-nav__here" aria-current="page">Handbook<' in here


@pytest.mark.parametrize("name", ["start/first", "start/second", "rules"])
def test_the_pages_beside_this_one_are_listed_at_every_level(site: Path, name: str) -> None:
    page = site / name / "index.html"
    aside = part(page, "aside")
    linked = re.findall(r'<a href="([^"]*)"( aria-current="page")?>(\w+)<', aside)
    for address, current, title in linked:
        target = (page.parent / address / "index.html").resolve()
        assert target.is_file()
        assert title.lower() == target.parent.name
        assert bool(current) == (target == page.resolve())
    assert [title for _, _, title in linked] == ["First", "Second", "Rules"]
    start = re.sub(r"\s+", "", aside)
    assert "<li>Start<ul><li><ahref=" in start, "the nested pages are a list within the list"
