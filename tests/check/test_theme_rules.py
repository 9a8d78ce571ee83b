"""What is set and would have no effect is named, all at once, with its line and what to type."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.check import check_settings
from macros.check.theme import _INSTEAD
from macros.load.project_files import read_project_files
from tests.conftest import ROOT

START = "site_name: Soup\ntheme:\n  name: material\n  custom_dir: overrides\n"
MADE_BY = "has no effect: pages are made by overrides/, not by Material for MkDocs; expected "
SVG = "the drawing as an SVG file in docs/assets/"

# What is added to mkdocs.yml, and how the message begins, after the file's name.
SETTINGS = {
    "  palette: {scheme: slate}\n": f"5:3: theme.palette: {MADE_BY}colours in ",
    "  features: [navigation.tabs]\n": f"5:3: theme.features: {MADE_BY}no such line",
    "  font: false\n": f"5:3: theme.font: {MADE_BY}--sans",
    "  icon: {logo: material/home}\n": f"5:3: theme.icon: {MADE_BY}'logo' or 'favicon'",
    "  direction: rtl\n": f"5:3: theme.direction: {MADE_BY}a 'dir'",
    "  locale: de\n": f"5:3: theme.locale: {MADE_BY}'language'",
    "  favcon: a.svg\n": f"5:3: theme.favcon: {MADE_BY}one of custom_dir, favicon, ",
    **{
        f"extra: {{{name}: x}}\n": f"5:9: extra.{name}: {MADE_BY}"
        for name in (each.removeprefix("extra.") for each in _INSTEAD if "extra" in each)
    },
    **{
        f"plugins: [macros, {name}]\n": f"5:19: plugins.{name}: {MADE_BY}"
        for name in ("blog", "tags", "social", "material/tags", "offline", "search", "typeset")
    },
    "plugins:\n  - blog:\n      blog_dir: b\n": f"6:5: plugins.blog: {MADE_BY}pages in 'nav'",
    "plugins:\n  tags: {}\n": f"6:3: plugins.tags: {MADE_BY}links between",
    "markdown_extensions: [pymdownx.emoji]\n": (
        "5:23: markdown_extensions.pymdownx.emoji: needs what pages do not load; expected the sign"
    ),
    "markdown_extensions: [pymdownx.arithmatex]\n": (
        "5:23: markdown_extensions.pymdownx.arithmatex: needs what pages do not load; expected"
    ),
    "markdown_extensions: [pymdownx.tabbed]\n": (
        "5:23: markdown_extensions.pymdownx.tabbed: writes tabs that have no style here; "
        "expected alternate_style: true"
    ),
    "markdown_extensions:\n  - pymdownx.tasklist:\n      custom_checkbox: true\n": (
        "6:5: markdown_extensions.pymdownx.tasklist: writes boxes that have no style here"
    ),
    "markdown_extensions:\n  - pymdownx.highlight:\n      noclasses: true\n": (
        "6:5: markdown_extensions.pymdownx.highlight: writes styles into pages, which their policy"
    ),
    "markdown_extensions:\n  - pymdownx.superfences:\n      custom_fences: [{name: mermaid}]\n": (
        "6:5: markdown_extensions.pymdownx.superfences: has a fence for drawings, which no script"
    ),
    "use_directory_urls: false\n": (
        "5:1: use_directory_urls: would change every address, and those once published must "
        "answer; expected true"
    ),
    "repo_url: https://f.example\nedit_uri_template: edit/{path}\n": (
        "6:1: edit_uri_template: has no effect on the links of questions; expected 'edit_uri'"
    ),
    "extra_javascript:\n  - https://cdn.example/x.js\n": (
        "5:1: extra_javascript: 'https://cdn.example/x.js' would not be loaded: pages ask no other"
    ),
    "extra_css: [//cdn.example/x.css]\n": (
        "5:1: extra_css: '//cdn.example/x.css' would not be loaded: pages ask no other host"
    ),
    "nav: [\n": "6:1: (file): not YAML: ",
}
# The whole of mkdocs.yml.
THEMES = {
    "theme: material\n": "1:1: theme: leaves the pages to another theme: its 'custom_dir' is not",
    "theme: {name: material, custom_dir: mine}\n": "1:1: theme: leaves the pages to another theme",
    "site_name: Soup\n": "1:1: theme: leaves the pages to another theme",
    "theme: {name: readthedocs, custom_dir: overrides}\n": (
        "1:1: theme.name: 'readthedocs' has no effect; expected material, or null"
    ),
}
# What a page holds.
PAGES = {
    "---\nstatus: new\n---\n# Soup\n": (
        "2:1: status: has no effect on a page; expected one of below, description, hide,"
    ),
    "---\ntags: [soup]\nicon: x\n---\n# Soup\n": "2:1: tags: has no effect on a page; expected one",
    "---\ndescripton: x\n---\n# Soup\n": "2:1: descripton: has no effect on a page; ",
    "---\nhide: [footer]\n---\n# Soup\n": "2:1: hide: 'footer' has no effect; expected one of ",
    "---\ntemplate: blog.html\n---\n# Soup\n": (
        "2:1: template: 'blog.html' is not in overrides/; expected one of 404.html, "
    ),
    "---\ntitle: [\n---\n# Soup\n": "3:1: (file): not YAML: ",
    "# Soup\n\n```mermaid\ngraph LR\n```\n": (
        f"3:1: (page): has a fence of mermaid, which no script draws; expected {SVG}"
    ),
    "# Soup\n\n``` {.mermaid}\ngraph LR\n```\n": "3:1: (page): has a fence of mermaid, which no ",
    "[Go](x.md){ .md-button .md-button--primary }\n": (
        "1:14: (page): has 'md-button', which has no style here; expected '.pb-button'"
    ),
    'A\n\n<div class="grid cards" markdown>\n</div>\n': (
        "3:13: (page): has 'grid cards', which has no style here; expected a list"
    ),
    "A :material-check: sign\n": (
        "1:3: (page): has ':material-check:', which has no style here; expected a word"
    ),
}
# What a template of overrides/ holds.
TEMPLATES = {
    '{% extends "base.htm" %}\n': (
        "1:13: (template): extends 'base.htm', which is not in overrides/; expected main.html"
    ),
    '{% extends "base.html" %}\n{% block extrahed %}x{% endblock %}\n': (
        "2:10: (template): block 'extrahed' is on no page; expected announce, "
    ),
}
# All is well with these.
SOUND = {
    "mkdocs.yml": f"{START}  language: de\n  logo: a.svg\n  favicon: a.svg\nextra: {{team: Ours}}\n"
    "edit_uri: -/edit/main/docs/\nsite_url: !ENV [SITE_URL, '']\nsite_author: Jo\n"
    "extra_javascript: [assets/a.js, {path: assets/b.js, type: module}]\n"
    "plugins: [macros, {redirects: {}}]\nmarkdown_extensions:\n  - toc:\n  - pymdownx.tabbed:\n"
    "      alternate_style: true\nnav:\n  - A:\n      - B:\n          - C: index.md\n",
    "docs/index.md": "---\ntitle: Soup\nhide: [navigation, toc]\ntemplate: home.html\nroom: Blue\n"
    "---\n# Soup\n\nIn {{ room }}.\n\n~~~md\n```mermaid\n```\n{ .md-button }\n~~~\n\n"
    "`:material-check:`\n",
    "overrides/recipe.html": '{% extends "base.html" %}\n{% block extrahead %}{{ super() }}\n'
    "{% block own %}{% endblock %}{% endblock %}\n{%- block content -%}x{%- endblock %}\n",
}


def said(folder: Path, **files: str) -> list[str]:
    """Return what is said about a project of one page in our templates, with files replaced."""
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    for name, text in ({"mkdocs.yml": START, "docs/index.md": "# Soup\n"} | files).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return [str(problem) for problem in sorted(check_settings(read_project_files(folder)))]


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        *(("mkdocs.yml", START + added, says) for added, says in SETTINGS.items()),
        *(("mkdocs.yml", text, says) for text, says in THEMES.items()),
        *(("docs/index.md", text, says) for text, says in PAGES.items()),
        *(("overrides/recipe.html", text, says) for text, says in TEMPLATES.items()),
    ],
)
def test_what_would_have_no_effect_is_named(
    tmp_path: Path, file: str, text: str, says: str
) -> None:
    found = said(tmp_path, **{file: text})
    assert found
    assert found[0].startswith(f"{file}:{says}")
    assert len(found) == text.count("icon: x") + 1


def test_what_has_an_effect_is_not_named(tmp_path: Path) -> None:
    assert said(tmp_path, **SOUND) == []


def test_a_setting_that_a_template_reads_is_honoured(tmp_path: Path) -> None:
    """A fork adds one setting and the line that reads it, and need not change the check."""
    mkdocs = f"{START}  palette: {{primary: red}}\nextra: {{social: [a]}}\n"
    page = "---\nstatus: new\n---\n# Soup\n"
    recipe = (
        '{% extends "main.html" %}{% block announce %}{{ config.theme.palette.primary }}'
        "{{ config.extra.social }}{{ page.meta.status }}{% endblock %}"
    )
    files = {"mkdocs.yml": mkdocs, "docs/index.md": page, "overrides/recipe.html": recipe}
    assert said(tmp_path, **files) == []


def test_a_setting_that_is_inherited_is_named_where_it_stands(tmp_path: Path) -> None:
    files = {"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": f"{START}  font: false\n"}
    found = said(tmp_path, **files)
    assert len(found) == 1
    assert re.match(r"base\.yml:5:3: theme\.font: ", found[0])
