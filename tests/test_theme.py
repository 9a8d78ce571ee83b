"""What MkDocs people set is on the pages, and the site outlives the theme whose name it bears.

MAINTENANCE.md has a table of what works here. Each of its rows is set in one small site, or is
among the faults of `check/test_theme_rules.py`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.built_page import built_page
from tests.check import test_theme_rules
from tests.conftest import ROOT, Once
from tests.tiny import TINY

SET = """site_name: Soup & bread
site_description: What to ask the cook
site_author: The <kitchen>
site_url: https://soup.example/book/
repo_url: https://forge.example/soup/book.git
repo_name: The book
edit_uri: -/edit/trunk/docs/
copyright: Ours
"""
THEME = """theme:
  name: material
  custom_dir: overrides
"""
ALSO = """  language: fr
  logo: assets/ours.svg
  favicon: assets/ours.svg
extra: {company: Soup Ltd}
extra_css: [assets/playbook.css, assets/ours.css]
extra_javascript: [assets/ours.js, {path: assets/module.js, type: module, async: true}]
nav:
  - Home: index.md
  - Book:
      - Soups:
          - Hot:
              - deep/one.md
      - Forum: https://forum.example/
  - words.md
"""
PAGES = {
    "index.md": "# Home\n\n{{ company }}\n",
    "deep/one.md": "---\ntitle: One soup\ndescription: Hot & salty\n---\n# One\n\n## Two\n",
    "bare.md": "---\nhide: [navigation, toc]\n---\n# Bare\n\n## Two\n\nText.\n",
    "recipe.md": "---\ntemplate: recipe.html\n---\n# Recipe\n\nText.\n",
}
# Every block that recipes fill, filled.
BLOCKS = (
    *("site_meta", "htmltitle", "styles", "libs", "extrahead"),
    *("announce", "header", "site_nav", "content", "footer", "scripts"),
)
RECIPE = '{% extends "base.html" %}\n' + "\n".join(
    f"{{% block {name} %}}{{{{ super() }}}}<!-- {name} -->{{% endblock %}}" for name in BLOCKS
)


def small_site(folder: Path, theme: str) -> None:
    """Write the tiny playbook as a site in our templates, in which everything is set."""
    for name in ("macros", "overrides", "experiments"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(TINY, folder / "docs/data")
    shutil.copytree(ROOT / "docs/assets", folder / "docs/assets")
    shutil.copy(ROOT / "docs/contribute/writing-pages.md", folder / "docs/words.md")
    for name in ("ours.svg", "ours.css", "ours.js", "module.js"):
        (folder / "docs/assets" / name).touch()
    for name, text in PAGES.items():
        (folder / "docs" / name).parent.mkdir(exist_ok=True)
        (folder / "docs" / name).write_text(text, "utf-8")
    (folder / "overrides/recipe.html").write_text(RECIPE, "utf-8")
    # The rest, such as the extensions of Markdown, is as it is in the project.
    project = (ROOT / "mkdocs.yml").read_text("utf-8")
    kept = re.search(r"^exclude_docs:.*?(?=^theme:)", project, re.DOTALL | re.MULTILINE)
    rest = re.search(r"^plugins:.*?(?=^nav:)", project, re.DOTALL | re.MULTILINE)
    assert kept
    assert rest
    (folder / "mkdocs.yml").write_text(SET + kept[0] + theme + ALSO + rest[0], "utf-8")


def build(folder: Path, *before: str) -> None:
    """Build the site in a folder, after some lines of Python."""
    code = "; ".join([*before, "from mkdocs.__main__ import cli", "cli(['build', '--quiet'])"])
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    """The small site under Material's name."""

    def fill(folder: Path) -> None:
        small_site(folder, THEME)
        build(folder)

    return once("theme", fill) / "site"


def way_out() -> str:
    """Return the theme that MAINTENANCE.md says to set once Material has come to its end."""
    text = (ROOT / "MAINTENANCE.md").read_text("utf-8")
    found = re.search(r"```yaml\n *(theme:\n(?: +\w.*\n)+?) *```", text)
    assert found
    return re.sub(r"^ *(?=\w+: )", "  ", found[1], flags=re.MULTILINE).lstrip()


FEED = "downloads/changes.atom"
# The rows of the table: what is set, and where it shows.
Shown = Callable[[Path], bool]
TITLES = {"deep/one": "One soup - Soup &amp; bread", "": "Soup &amp; bread"}
HONOURED: dict[str, Shown] = {
    "site_name": lambda site: (
        all(f"<title>{title}</title>" in head(site, name) for name, title in TITLES.items())
        and "<span>Soup &amp; bread</span></a>" in body(site)
        and "<title>Soup &amp; bread: what changed<" in (site / FEED).read_text("utf-8")
    ),
    "site_description": lambda site: 'name="description" content="What to ask' in head(site),
    "site_author": lambda site: 'name="author" content="The &lt;kitchen&gt;"' in head(site),
    "site_url": lambda site: (
        'rel="canonical" href="https://soup.example/book/deep/one/"' in head(site, "deep/one")
    ),
    "repo_url": lambda site: '"https://forge.example/soup/book">' in body(site),
    "repo_name": lambda site: ">Repository: The book</a>" in body(site),
    "edit_uri": lambda site: all(
        f'"https://forge.example/soup/book/-/edit/trunk/docs/{file}' in body(site, name)
        for name, file in {
            "deep/one": 'deep/one.md"',
            "q/soup-heat": "data/questions/kitchen/soup-heat.yml",
        }.items()
    ),
    "copyright": lambda site: "<p>Ours " in body(site),
    "theme.language": lambda site: '<html lang="fr">' in head(site),
    "theme.logo": lambda site: '<img src="assets/ours.svg"' in body(site),
    "theme.favicon": lambda site: 'rel="icon" href="assets/ours.svg"' in head(site),
    "extra": lambda site: "<p>Soup Ltd</p>" in body(site),
    "extra_css": lambda site: (
        'rel="stylesheet" href="../../assets/ours.css"' in head(site, "deep/one")
    ),
    "extra_javascript": lambda site: all(
        f'<script src="../../assets/{script}></script>' in body(site, "deep/one")
        for script in ('ours.js"', 'module.js" type="module" async')
    ),
    "nav": lambda site: all(
        link in re.sub(r"\s+", " ", body(site, "deep/one"))
        for link in ('<a href="./" aria-current="page">One', '<a href="https://forum.example/">')
    ),
    "title": lambda site: "<title>One soup - " in head(site, "deep/one"),
    "description": lambda site: 'content="Hot &amp; salty"' in head(site, "deep/one"),
    "hide": lambda site: (
        "<aside" in body(site, "deep/one")
        and "<nav" not in body(site, "bare").split("</header>")[1]
        and "pb-single" in body(site, "bare")
    ),
    "template": lambda site: "<!-- content -->" in body(site, "recipe"),
    "blocks": lambda site: all(
        f"<!-- {name} -->" in (site / "recipe/index.html").read_text("utf-8") for name in BLOCKS
    ),
    "previous and next": lambda site: (
        'rel="prev" href="../..">' in head(site, "deep/one")
        and 'rel="next" href="../../words/"' in head(site, "deep/one")
    ),
    "404": lambda site: (
        'href="/book/assets/ours.css"' in (site / "404.html").read_text("utf-8").split("</head>")[0]
    ),
}
# The forms of text, and what of each is on the page that shows them.
FORMS = {
    "admonition": "div.admonition.warning > p.admonition-title",
    "pymdownx.details": "details.question > summary",
    "pymdownx.tabbed": ".tabbed-set > input + input",
    "footnotes": ".footnote li",
    "pymdownx.tasklist": ".task-list-item > input[aria-label=done][checked]",
    "abbr": "abbr[title]",
    "pymdownx.keys": ".keys kbd",
    "def_list": "dl > dt + dd",
    "pymdownx.mark": "mark",
    "pymdownx.tilde": "sub",
    "pymdownx.caret": "sup, ins",
    "pymdownx.highlight": ".highlight .hll .linenos",
    "pymdownx.superfences": ".highlight > .filename + pre > code",
    "pymdownx.inlinehilite": "p code.highlight > .mf",
}


def head(site: Path, page: str = "") -> str:
    return (site / page / "index.html").read_text("utf-8").split("<body")[0]


def body(site: Path, page: str = "") -> str:
    return "<body" + (site / page / "index.html").read_text("utf-8").split("<body")[1]


@pytest.mark.parametrize("name", HONOURED)
def test_what_is_set_is_on_the_page(site: Path, name: str) -> None:
    assert HONOURED[name](site)


def test_every_form_of_text_has_a_style_and_pages_without_one_do_not_load_it(site: Path) -> None:
    page = built_page(site, "words/")
    assert [name for name, selector in FORMS.items() if not page.select(selector)] == []
    assert "assets/authoring.css" in head(site, "words")
    assert "assets/copy-code.js" in head(site, "words")
    assert "authoring.css" not in head(site, "deep/one")
    assert "copy-code.js" not in head(site, "deep/one")
    assert "authoring.css" in head(site, "recipe"), "an announcement has its style"


def test_nothing_of_the_theme_is_published(site: Path) -> None:
    theme = find_spec("material")
    assert theme
    assert theme.submodule_search_locations
    theirs = Path(theme.submodule_search_locations[0]) / "templates"
    published = [path.relative_to(site) for path in site.rglob("*") if path.suffix != ".html"]
    assert [path for path in published if (theirs / path).is_file()] == []


def test_without_the_theme_the_same_site_is_built(once: Once, site: Path) -> None:
    """Its package is not there, either."""

    def fill(folder: Path) -> None:
        small_site(folder, way_out())
        build(folder, "import sys", "sys.modules['material'] = None")

    other = once("without-theme", fill) / "site"
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(other) for path in other.rglob("*") if path.is_file()}
    assert Path("404.html") in files
    differing = [
        path for path in files if (other / path).read_bytes() != (site / path).read_bytes()
    ]
    assert differing == []


def test_the_table_of_what_works_here_is_true() -> None:
    """Each of its rows is tried: what works above, what stops the build with the checks."""
    text = (ROOT / "MAINTENANCE.md").read_text("utf-8")
    table = text.split("## What of MkDocs and Material works here", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    assert rows
    named = {
        verdict: {
            name for row in rows if row[1] == verdict for name in re.findall("`(.+?)`", row[0])
        }
        for verdict in ("works", "stops the build")
    }
    assert named["works"] == set(HONOURED) | set(FORMS)
    faults = "".join([*test_theme_rules.SETTINGS, *test_theme_rules.PAGES])
    missing = [name for name in named["stops the build"] if name.split(".")[-1] not in faults]
    assert missing == []
