"""Check every link of a built site, without asking the network.

MkDocs checks the links it can see in Markdown. It cannot see those written by a template or as raw
HTML, nor ids that clash, nor a script that is not there. This reads the finished HTML instead, the
way a browser would, so it does not matter who wrote a link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

Kind = Literal[
    "dangling idref",
    "duplicate id",
    "empty link",
    "empty mailto",
    "javascript link",
    "malformed address",
    "missing anchor",
    "missing file",
    "no trailing slash",
    "outside base",
    "relative on 404 page",
]

_URL_ATTRIBUTES = {"action", "cite", "formaction", "href", "poster", "src", "xlink:href"}
_SRCSET_ATTRIBUTES = {"imagesrcset", "srcset"}
_IDREF_ATTRIBUTES = {"aria-controls", "aria-describedby", "aria-labelledby", "for", "popovertarget"}
_META_URLS = {"og:image", "og:url", "twitter:image"}

# A comma ends a candidate only at the end of its address or descriptor: addresses may hold commas.
_SRCSET_CANDIDATE = re.compile(r"([^\s,](?:\S*[^\s,])?)(?:\s+[^,]*)?(?:,|$)")
_REFRESH = re.compile(r"""[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?(["']?)(.*?)\1""", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?|[\da-f:.]*:[\da-f:.]*", re.IGNORECASE)
_NOT_IN_A_URL = re.compile(r"[\s\\]")


@dataclass(frozen=True)
class Fault:
    """One thing wrong on one page; `target` is the link or id as the page has it."""

    page: str
    kind: Kind
    target: str
    message: str

    def __str__(self) -> str:
        return f"{self.page}: {self.kind}: {self.target}: {self.message}"


class _Page(HTMLParser):
    """What one page offers (`ids`, `names`) and what it points at (`links`, `idrefs`)."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.names: set[str] = set()
        # (where, target): where is "img src" or the like, for the message
        self.links: list[tuple[str, str]] = []
        self.idrefs: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            where, text = f"{tag} {name}", (value or "").strip()
            if name == "id":
                self.ids[value or ""] += 1
            elif name == "name" and tag == "a":
                self.names.add(text)
            elif name in _URL_ATTRIBUTES or where == "object data":
                self.links.append((where, text))
            elif name in _SRCSET_ATTRIBUTES:
                # an empty srcset has no candidate, but it is an empty link all the same
                urls = [match[1] for match in _SRCSET_CANDIDATE.finditer(text)] or [""]
                self.links.extend((where, url) for url in urls)
            elif name in _IDREF_ATTRIBUTES:
                self.idrefs.extend((where, ref) for ref in text.split() or [""])
        if tag == "meta":
            self._read_meta({name: value or "" for name, value in attrs})

    def _read_meta(self, meta: dict[str, str]) -> None:
        content = meta.get("content", "").strip()
        if meta.get("http-equiv", "").lower() == "refresh":
            if match := _REFRESH.fullmatch(content):
                self.links.append(("meta refresh", match[2]))
        elif (key := meta.get("property") or meta.get("name", "")) in _META_URLS:
            self.links.append((f"meta {key}", content))

    def has_anchor(self, fragment: str) -> bool:
        # browsers try the fragment as it stands first, then decoded
        return any(f in self.ids or f in self.names for f in (fragment, unquote(fragment)))


class _Site:
    """A built site in memory: the names of its files, and its pages parsed once."""

    def __init__(self, root: Path, base: str, site_url: str | None) -> None:
        # Names are compared as text, so a wrong case is a fault on any file system.
        self.files = {f.relative_to(root).as_posix() for f in root.rglob("*") if f.is_file()}
        self.any_case = {name.lower(): name for name in self.files}
        self.base = _with_slashes(base)
        self.own = urlsplit(site_url) if site_url else None
        self.pages: dict[str, _Page] = {}
        for name in sorted(self.files):
            if name.endswith(".html"):
                page = self.pages[name] = _Page()
                page.feed((root / name).read_text(encoding="utf-8", errors="replace"))
                page.close()

    def faults(self) -> Iterator[Fault]:
        for name, page in self.pages.items():
            for target, count in page.ids.items():
                if count > 1:
                    yield Fault(name, "duplicate id", target, f"{count} elements have this id")
            for where, target in page.idrefs:
                if target not in page.ids:
                    yield Fault(name, "dangling idref", target, f"no such id for {where}")
            for where, target in page.links:
                if verdict := self._judge(name, target):
                    yield Fault(name, verdict[0], target, f"{verdict[1]} ({where})")

    def _judge(self, page: str, target: str) -> tuple[Kind, str] | None:
        """What is wrong with one link, or None; offers each kind of address to its own check."""
        if not target:
            return "empty link", "points at nothing"
        if target.lower().startswith(("data:", "tel:")):
            return None
        if target.lower().startswith("javascript:"):
            return "javascript link", "does nothing without scripts, and our policy forbids it"
        if found := _NOT_IN_A_URL.search(target):
            return "malformed address", f"{found[0]!r} cannot stand in an address"
        try:
            parts = urlsplit(target)
            _ = parts.port  # a bad port is only noticed when asked for
        except ValueError as error:
            return "malformed address", str(error)
        if parts.scheme == "mailto":
            # without an address but with a subject it is a "send this to somebody" link
            return None if parts.path or parts.query else ("empty mailto", "has no address")
        if parts.scheme not in ("", "http", "https"):
            return "malformed address", f"unknown scheme {parts.scheme!r}"
        if parts.scheme or target.startswith("//"):
            return self._judge_full(parts)
        if page == "404.html" and parts.path and not parts.path.startswith("/"):
            return "relative on 404 page", "the page is shown at any depth, so this leads astray"
        # A link that climbs above the root comes back without its leading slash, so it counts as
        # outside even where browsers would put up with it: under a sub-path it is dead.
        return self._judge_path(urljoin(self.base + page, parts.path), parts.fragment)

    def _judge_full(self, parts: SplitResult) -> tuple[Kind, str] | None:
        host = parts.hostname or ""
        if not _HOST.fullmatch(host):
            return "malformed address", f"{host!r} is no host name"
        if not parts.scheme and "." not in host:
            return "malformed address", f"{host!r} is read as a host name; doubled slash?"
        if self.own is None or parts.netloc.lower() != self.own.netloc.lower():
            return None
        own_path = _with_slashes(self.own.path)
        if not f"{parts.path}/".startswith(own_path):
            return None  # a neighbour under the same host
        # The two prefixes may differ: a preview is served elsewhere but names the real address.
        return self._judge_path(
            self.base.rstrip("/") + parts.path[len(own_path) - 1 :], parts.fragment
        )

    def _judge_path(self, path: str, fragment: str) -> tuple[Kind, str] | None:
        if f"{path}/" == self.base:
            return "no trailing slash", f"write {self.base}"
        if not path.startswith(self.base):
            return "outside base", f"leads out of {self.base}, where the site is served"
        name = unquote(path[len(self.base) :])
        if not name or name.endswith("/"):
            name += "index.html"
        if f"{name}/index.html" in self.files:
            return "no trailing slash", "some hosts redirect a directory, some do not"
        if name not in self.files:
            near = self.any_case.get(name.lower())
            return "missing file", f"no file {name}" + (f", but there is {near}" if near else "")
        # what follows :~: is an instruction to the browser, not an id
        anchor = fragment.partition(":~:")[0]
        if name not in self.pages or anchor.lower() in ("", "top"):
            return None
        if not self.pages[name].has_anchor(anchor):
            return "missing anchor", f"no such id on {name}"
        return None


def check_site(site: Path, base: str = "/", site_url: str | None = None) -> list[Fault]:
    """Find every dead or doubtful link in the built HTML under a directory.

    In: `site`, the directory a build wrote; `base`, the path it is served under, such as
    "/playbook/"; `site_url`, its full address: links that start with it are checked like internal
    ones. Other full addresses are only checked for their form.
    Out: the faults in order of page, each once; an empty list if all is well.
    Raises FileNotFoundError if there is no HTML page, since checking nothing proves nothing.
    """
    built = _Site(site, base, site_url)
    if not built.pages:
        raise FileNotFoundError(f"no HTML page under {site}")
    return list(dict.fromkeys(built.faults()))


def _with_slashes(path: str) -> str:
    inner = path.strip("/")
    return f"/{inner}/" if inner else "/"
