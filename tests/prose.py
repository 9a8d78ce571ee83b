"""The running text of a built page, for tests and reports that read it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

SKIPPED = {
    "code",
    "pre",
    "h1",
    "h2",
    "h3",
    "a",
    "button",  # What it does, and to what: a title that is read above it. Terms are told apart.
    "script",
    "style",
    "title",
    "svg",
    "select",
    "cite",
}
# Phrases are what others type: no rule of ours holds for them.
TEASERS = {"pb-tags", "pb-door__text", "pb-phrases"}
VOID = {"meta", "link", "br", "hr", "img", "input", "source", "wbr"}


class Prose(HTMLParser):
    """The running text of an article, with a mark where a term is explained."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.parts: list[str] = []
        self.in_article = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        found = dict(attrs)
        self.in_article = self.in_article or tag == "article"
        explains = (found.get("popovertarget") or "").removeprefix("def-")
        if explains:
            self.parts.append(f" \x00{explains}\x00 ")
        hidden = "popover" in found or explains or found.get("class") in TEASERS
        self.open.append("a" if hidden else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self.open:
            return
        self.open.pop()
        if tag == "article":
            self.in_article = False

    def handle_data(self, data: str) -> None:
        if self.in_article and not SKIPPED & set(self.open):
            self.parts.append(data)


def prose(page: Path) -> str:
    parser = Prose()
    parser.feed(page.read_text(encoding="utf-8"))
    return "".join(parser.parts)
