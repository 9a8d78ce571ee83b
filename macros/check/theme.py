"""Rules of mkdocs.yml, front matter and overrides/: nothing that is set has no effect.

Pages are made by overrides/ alone. What a template there reads is honoured, so a fork that reads
one more setting need not say so here. The docstring is the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from macros.load.project_files import Project, blank
from macros.load.settings import SETTINGS, Named, Setting
from macros.problems import Problem, SourceLocation, nearest, one_of

_NO_EFFECT = "has no effect: pages are made by overrides/, not by Material for MkDocs"
_NONE = "no such line"
# What MkDocs itself does, whatever the templates read.
_OF_MKDOCS = {
    "theme": {"name", "custom_dir", "static_templates"},
    "front matter": {"title", "template", "render_macros"},
}
# What to do instead. Other names have no more to be said about them.
_INSTEAD = {
    "theme.palette": "colours in docs/assets/playbook.css, where each has a light and a dark one",
    "theme.features": f"{_NONE}: what pages do is in overrides/ and docs/assets/",
    "theme.font": "--sans and --serif in docs/assets/playbook.css",
    "theme.icon": "'logo' or 'favicon' with a picture in docs/assets/",
    "theme.direction": "a 'dir' at the html element in overrides/main.html",
    "theme.locale": "'language'",
    "extra.alternate": "links in overrides/partials/header.html",
    "extra.analytics": f"{_NONE}: the site asks no other host for anything",
    "extra.annotate": _NONE,
    "extra.consent": f"{_NONE}: the site stores nothing that needs consent",
    "extra.generator": f"{_NONE}: no page names its generator",
    "extra.homepage": f"{_NONE}: the name of the site leads to the first page of 'nav'",
    "extra.polyfills": "'extra_javascript'",
    "extra.scope": _NONE,
    "extra.social": "links in overrides/partials/footer.html",
    "extra.status": _NONE,
    "extra.tags": _NONE,
    "extra.version": "a folder for each edition where the site is published",
}
_PLUGINS = {
    "blog": "pages in 'nav'",
    "glightbox": "the picture as a link to a larger one",
    "mermaid2": "the drawing as an SVG file in docs/assets/",
    "offline": "a site that is served",
    "search": f"{_NONE}: macros/export/search_index.py writes the index",
    "social": "CARDS=true, which draws a picture of each page for link previews",
    "tags": "links between the pages",
    "typeset": "titles of plain text",
}
_EXTENSIONS = {
    "pymdownx.arithmatex": "a formula in words, or as an SVG file in docs/assets/",
    "pymdownx.emoji": "the sign itself, which is text",
    "pymdownx.progressbar": "the share in words",
}
# Markup of a page, and what to type instead.
_MARKUP = (
    (re.compile(r"\{:?[^}\n]*?\.(md-button)\b"), "'.pb-button'"),
    (re.compile(r"\{:?[^}\n]*?\.(annotate)\b"), "a footnote, or a part that opens"),
    (re.compile(r'"(grid cards)"'), "a list"),
    (re.compile(r"(:(?:material|fontawesome|octicons|simple)-[\w-]+:)"), "a word"),
)
_DRAWING = re.compile(r"mermaid\b")
_FENCE = re.compile(r"^[ ]*(`{3,}|~{3,})[ ]*([^`\n]*)$", re.MULTILINE)
_READ = {
    "theme": re.compile(r"config\.theme\.(\w+)"),
    "extra": re.compile(r"config\.extra\.(\w+)"),
    "front matter": re.compile(r"\bpage\.meta\.(\w+)"),
    "hide": re.compile(r'"(\w+)" (?:not )?in hidden'),
}
_EXTENDS = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']""")
_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")


def pages_are_made_by_our_templates(project: Project) -> Iterator[Problem]:
    """The theme is `material` or none, and `overrides/` takes the place of its pages."""
    settings = project.settings
    if not settings.entries:  # No configuration, as in a folder of data alone.
        return
    theme = settings.entries.get(("theme",), Setting(None, SourceLocation(SETTINGS, 1, 1)))
    name = settings.value("theme", "name") if isinstance(theme.value, dict) else theme.value
    if name not in ("material", "null", "~", "", None):
        yield _problem("theme.name", theme, f"'{name}' has no effect", "material, or null")
    if PurePosixPath(settings.value("theme", "custom_dir") or "").name != "overrides":
        message = "leaves the pages to another theme: its 'custom_dir' is not ours"
        yield _problem("theme", theme, message, "custom_dir: overrides")


def settings_have_an_effect(project: Project) -> Iterator[Problem]:
    """A setting of the theme, or one of `extra` that Material has, is read by a template."""
    for group in ("theme", "extra"):
        read = _read(project, group)
        for name, setting in project.settings.inside(group):
            full = f"{group}.{name}"
            if name not in read and (group == "theme" or full in _INSTEAD):
                guess = "" if full in _INSTEAD else nearest(name, read)
                expected = _INSTEAD.get(full) or one_of(sorted(read))
                yield _problem(full, setting, _NO_EFFECT, expected, guess)


def mkdocs_settings_fit_the_site(project: Project) -> Iterator[Problem]:
    """Addresses end with a slash, edit links follow `edit_uri`, and pages ask no other host."""
    settings = project.settings
    directory_urls = settings.entries.get(("use_directory_urls",))
    if directory_urls and str(directory_urls.value).lower() in ("false", "no", "off"):
        message = "would change every address, and those once published must answer"
        yield _problem("use_directory_urls", directory_urls, message, "true")
    template = settings.entries.get(("edit_uri_template",))
    if template:
        message = "has no effect on the links of questions"
        yield _problem("edit_uri_template", template, message, "'edit_uri'")
    for name in ("extra_css", "extra_javascript"):
        setting = settings.entries.get((name,))
        for each in setting.value if setting and isinstance(setting.value, list) else []:
            path = str(each.get("path", "") if isinstance(each, dict) else each)
            if setting and re.match(r"\w+:|//", path):
                message = f"'{path}' would not be loaded: pages ask no other host for anything"
                yield _problem(name, setting, message, "a copy of it in docs/assets/")


def plugins_and_extensions_have_an_effect(project: Project) -> Iterator[Problem]:
    """No plugin or extension of Markdown needs templates, scripts or styles that are not here."""
    for plugin in project.settings.listed.get("plugins", ()):
        expected = _PLUGINS.get(plugin.name.removeprefix("material/"))
        if expected:
            yield Problem(plugin.location, f"plugins.{plugin.name}", _NO_EFFECT, expected)
    for extension in project.settings.listed.get("markdown_extensions", ()):
        for message, expected in _wrong_with(extension):
            item = f"markdown_extensions.{extension.name}"
            yield Problem(extension.location, item, message, expected)


def _wrong_with(extension: Named) -> Iterator[tuple[str, str]]:
    name, options = extension.name, extension.options
    if name in _EXTENSIONS:
        yield "needs what pages do not load", _EXTENSIONS[name]
    if name == "pymdownx.tabbed" and str(options.get("alternate_style")).lower() != "true":
        yield "writes tabs that have no style here", "alternate_style: true"
    if str(options.get("custom_checkbox")).lower() == "true":
        yield "writes boxes that have no style here", "no 'custom_checkbox'"
    if str(options.get("noclasses")).lower() == "true":
        yield "writes styles into pages, which their policy forbids", "no 'noclasses'"
    for fence in options.get("custom_fences") or ():
        if isinstance(fence, dict) and _DRAWING.match(str(fence.get("name"))):
            yield "has a fence for drawings, which no script makes", _PLUGINS["mermaid2"]


def front_matter_has_an_effect(project: Project) -> Iterator[Problem]:
    """What the first lines of a page set is read by a template, or printed on the page itself."""
    read = _read(project, "front matter")
    hidden = _read(project, "hide")
    templates = {each.file.removeprefix("overrides/") for each in project.templates}
    for page in project.pages:
        for names, setting in page.front_matter.entries.items():
            name = names[0]
            if len(names) > 1:
                continue
            if name not in read and not re.search(
                rf"\{{[{{%][^}}]*\b{re.escape(name)}\b", page.text
            ):
                expected, guess = one_of(sorted(read - {"render_macros"})), nearest(name, read)
                yield _problem(name, setting, "has no effect on a page", expected, guess)
            elif name == "template" and setting.value not in templates:
                message = f"'{setting.value}' is not in overrides/"
                yield _problem(name, setting, message, one_of(sorted(_whole_pages(project))))
            elif name == "hide":
                listed = setting.value if isinstance(setting.value, list) else [setting.value]
                for each in listed:
                    if each not in hidden:
                        message = f"'{each}' has no effect"
                        yield _problem(name, setting, message, one_of(sorted(hidden)))


def pages_use_markup_that_has_a_style(project: Project) -> Iterator[Problem]:
    """A page has no drawing that a script would have to make, and no class of Material's."""
    for page in project.pages:
        fences = list(_outer_fences(page.text))
        text = page.text
        for start, end, info in fences:
            if _DRAWING.match(info.lstrip("{ .")):
                message = "has a fence of mermaid, which no script draws"
                yield Problem(page.location(start), page.item, message, _PLUGINS["mermaid2"])
            text = text[:start] + blank(text[start:end]) + text[end:]
        text = re.sub(r"`[^`\n]+`", lambda code: " " * len(code[0]), text)
        for pattern, expected in _MARKUP:
            for match in pattern.finditer(text):
                message = f"has '{match[1]}', which has no style here"
                yield Problem(page.location(match.start(1)), page.item, message, expected)


def templates_fill_blocks_that_exist(project: Project) -> Iterator[Problem]:
    """A template of overrides/ extends one that is there, and fills only blocks that pages have."""
    by_name = {each.file.removeprefix("overrides/"): each for each in project.templates}
    main = by_name.get("main.html")
    known = set(_BLOCK.findall(main.text)) if main else set()
    for template in by_name.values():
        extends = _EXTENDS.search(template.text)
        if not main or not extends or not template.file.startswith("overrides/"):
            continue
        if extends[1] not in by_name:
            message = f"extends '{extends[1]}', which is not in overrides/"
            yield Problem(template.location(extends.start(1)), template.item, message, "main.html")
            continue
        own = set[str]()
        for block in _BLOCK.finditer(template.text):
            # A block within another is the template's own.
            before = template.text[: block.start()]
            inside = len(_BLOCK.findall(before)) > len(re.findall(r"\{%-?\s*endblock", before))
            own |= {block[1]} if inside else set()
            if block[1] not in known | own:
                message, guess = f"block '{block[1]}' is on no page", nearest(block[1], known)
                location = template.location(block.start(1))
                yield Problem(location, template.item, message, ", ".join(sorted(known)), guess)


def _read(project: Project, group: str) -> set[str]:
    """Return the names of a group that MkDocs or a template of overrides/ reads."""
    found = set(_OF_MKDOCS.get(group, ()))
    for template in project.templates:
        if template.file.startswith("overrides/"):
            found |= set(_READ[group].findall(template.text))
    return found


def _whole_pages(project: Project) -> list[str]:
    names = [each.file.removeprefix("overrides/") for each in project.templates]
    return [name for name in names if name.endswith(".html") and "/" not in name]


def _outer_fences(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each block of code starts and ends, and what stands after its first fence."""
    opening: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opening is None:
            opening = match
        elif match[1].startswith(opening[1]) and not match[2].strip():
            yield opening.start(), match.end(), opening[2]
            opening = None


def _problem(item: str, setting: Setting, message: str, expected: str, guess: str = "") -> Problem:
    return Problem(setting.location, item, message, expected, guess)
