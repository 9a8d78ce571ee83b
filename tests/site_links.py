"""Check every address of a built site, without asking the network.

MkDocs checks the links it can see in Markdown. It cannot see those of templates, scripts, styles,
the sitemap and the search index, nor ids that clash. This reads what was built, as a browser would.
It is ours because link checkers want a server, and know nothing of ids that a page refers to.
What it does not read is refused, so that nothing goes unchecked.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

Kind = Literal[
    "dangling idref",
    "duplicate id",
    "empty link",
    "missing anchor",
    "missing file",
    "no trailing slash",
    "outside base",
    "refused",
    "relative on 404 page",
]

_ADDRESSES = {"a href", "button data-index", "img src", "link href", "script src"}
_IDREFS = {"aria-controls", "aria-describedby", "aria-labelledby", "for", "list", "popovertarget"}
# Other ways to name an address, and what the content security policy would stop.
_REFUSED_TAGS = {"area", "audio", "base", "embed", "frame", "iframe", "object", "style", "video"}
_REFUSED_ATTRIBUTES = re.compile(
    r"action|archive|background|cite|classid|codebase|data|formaction|href|imagesrcset|longdesc"
    r"|manifest|on\w+|ping|poster|profile|src|srcdoc|srcset|style|usemap|xlink:href"
)
# What a preview of a link names by its address.
_PREVIEWS = {"og:image", "og:url"}
_REFRESH = re.compile(r"0; ?url=(.+)", re.IGNORECASE)
_NOT_IN_AN_ADDRESS = re.compile(r"[\s\\]")
_IN_STYLE = re.compile(r"""(?:@import\s+|\burl\()["']?([^"')]+)""")
_IN_SCRIPT = re.compile(
    r"""^\s*(?:import|export)\b[^;"'(=]*\bfrom\s*["']([^"']+)"""
    r"""|^\s*import\s*["']([^"']+)|\bimport\(\s*["']([^"']+)""",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one file; `target` is the address or id as the file has it."""

    page: str
    kind: Kind
    target: str
    message: str

    def __str__(self) -> str:
        return f"{self.page}: {self.kind}: {self.target}: {self.message}"


class _Page(HTMLParser):
    """What one page offers (`ids`), what it points at, and what it may not hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        # Each with where it stands ("img src"), for the message.
        self.links: list[tuple[str, str]] = []
        self.idrefs: list[tuple[str, str]] = []
        self.refused: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip() for name, value in attrs}
        if tag in _REFUSED_TAGS or (tag == "script" and "src" not in values):
            self.refused.append(tag)
        for name, text in values.items():
            where = f"{tag} {name}"
            if name == "id":
                self.ids[text] += 1
            elif where in _ADDRESSES:
                self.links.append((where, text))
            elif name in _IDREFS:
                self.idrefs += [(where, idref) for idref in text.split() or [""]]
            elif where == "meta content" and values.get("property") in _PREVIEWS:
                self.links.append((where, text))
            elif where == "meta content" and (match := _REFRESH.fullmatch(text)):
                self.links.append((where, match[1]))
            elif _REFUSED_ATTRIBUTES.fullmatch(name) or (where == "meta content" and "://" in text):
                self.refused.append(where)


class _Site:
    """The names of a built site's files, and its pages parsed once."""

    def __init__(self, root: Path, base: str, site_url: str | None) -> None:
        self.root, self.base, self.own = root, base, site_url
        # Names are compared as text, so a wrong case is a fault on any file system.
        self.files = {f.relative_to(root).as_posix() for f in root.rglob("*") if f.is_file()}
        self.pages = {
            name: _Page(self.read(name)) for name in sorted(self.files) if name.endswith(".html")
        }

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def faults(self) -> Iterator[Fault]:
        code: dict[str, None] = {}
        for name, page in self.pages.items():
            for id_, count in page.ids.items():
                if count > 1:
                    yield Fault(name, "duplicate id", id_, f"{count} elements have this id")
            for where, idref in page.idrefs:
                if idref not in page.ids:
                    yield Fault(name, "dangling idref", idref, f"no such id for {where}")
            for what in page.refused:
                yield Fault(name, "refused", what, "not used here, and so not checked")
            for where, target in page.links:
                yield from self.judge(name, target, where)
                if where in ("link href", "script src"):
                    code[self.file_of(urljoin(self.base + name, target))] = None
        yield from self.code_faults(list(code))
        for target in re.findall(r"<loc>(.*?)</loc>", self.read("sitemap.xml")):
            yield from self.judge("sitemap.xml", target, "loc")
        for entry in json.loads(self.read("search/index.json"))["entries"]:
            # The search script resolves these against the root of the site.
            for fault in self.judge("index.html", entry["at"] or ".", "search result"):
                yield Fault("search/index.json", fault.kind, fault.target, fault.message)

    def code_faults(self, waiting: list[str]) -> Iterator[Fault]:
        """Follow scripts and styles to what they load."""
        seen = set(waiting)
        while waiting:
            name = waiting.pop()
            pattern = {".js": _IN_SCRIPT, ".css": _IN_STYLE}.get(Path(name).suffix)
            if pattern is None or name not in self.files:
                continue
            for match in pattern.finditer(self.read(name)):
                target = next(filter(None, match.groups()))
                if target.startswith("data:"):
                    continue
                if name.endswith(".js") and not target.startswith(("./", "../")):
                    yield Fault(name, "refused", target, "browsers know no module of that name")
                    continue
                yield from self.judge(name, target, "import or url()")
                file = self.file_of(urljoin(self.base + name, target))
                if file not in seen:
                    seen.add(file)
                    waiting.append(file)

    def file_of(self, path: str) -> str:
        """Return the file that a server sends for a path under the base."""
        name = unquote(urlsplit(path).path.removeprefix(self.base))
        return f"{name}index.html" if not name or name.endswith("/") else name

    def judge(self, page: str, target: str, where: str) -> Iterator[Fault]:
        """Yield what is wrong with one address, if anything is."""
        if verdict := self.verdict(page, target, where):
            yield Fault(page, verdict[0], target, f"{verdict[1]} ({where})")

    def verdict(self, page: str, target: str, where: str) -> tuple[Kind, str] | None:
        if not target:
            return "empty link", "points at nothing"
        if target.startswith("data:") and where in ("img src", "link href"):
            return None
        try:
            parts = urlsplit(target)
        except ValueError as error:
            return "refused", str(error)
        if parts.scheme not in ("", "http", "https") or _NOT_IN_AN_ADDRESS.search(target):
            return "refused", "not a web address"
        if self.own and target.startswith(self.own):
            # A preview may be served elsewhere than the address that the site knows.
            path = self.base + urlsplit(target.removeprefix(self.own)).path
        elif parts.scheme or parts.netloc:
            if where != "a href":
                return "refused", "asks another host"
            return None if parts.scheme and parts.netloc else ("refused", "names no scheme or host")
        elif page == "404.html" and parts.path and not parts.path.startswith("/"):
            return "relative on 404 page", "the page is shown at any depth, so this leads astray"
        else:
            # Browsers put up with a link that climbs above the root; under a sub-path it is dead.
            path = urljoin(self.base + page, parts.path)
        if f"{path}/" == self.base:
            return "no trailing slash", f"write {self.base}"
        if not path.startswith(self.base):
            return "outside base", f"leads out of {self.base}, where the site is served"
        name = self.file_of(path)
        if f"{name}/index.html" in self.files:
            return "no trailing slash", "some hosts redirect a directory, some do not"
        if name not in self.files:
            return "missing file", f"no file {name}"
        # What follows :~: is an instruction to the browser, not an id.
        anchor = parts.fragment.partition(":~:")[0]
        if anchor and name in self.pages and unquote(anchor) not in self.pages[name].ids:
            return "missing anchor", f"no such id on {name}"
        return None


def check_site(site: Path, base: str = "/", site_url: str | None = None) -> list[Fault]:
    """Find every dead or doubtful address in what a build wrote.

    Args:
        site: The folder that the build wrote.
        base: The path it is served under, with its slashes, such as "/playbook/".
        site_url: Its full address with the final slash; links that start with it are checked like
            internal ones. Other full addresses are not.

    Returns:
        The faults in order of page, each once; an empty list if all is well.

    Raises:
        FileNotFoundError: There is no HTML page, and checking nothing proves nothing.
    """
    built = _Site(site, base, site_url)
    if not built.pages:
        raise FileNotFoundError(f"no HTML page under {site}")
    return list(dict.fromkeys(built.faults()))
