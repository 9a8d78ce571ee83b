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
    """The running text of an article, with a mark where a term is explained.

    With `unfolded` the text that readers must open first is left out, and so are forms.
    """

    def __init__(self, unfolded: bool = False) -> None:
        super().__init__()
        self.unfolded = unfolded
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
        inside = set(self.open)
        folded = "form" in inside or ("details" in inside and "summary" not in inside)
        if self.in_article and not SKIPPED & inside and not (self.unfolded and folded):
            self.parts.append(data)


def prose(page: Path, unfolded: bool = False) -> str:
    parser = Prose(unfolded)
    parser.feed(page.read_text(encoding="utf-8"))
    return "".join(parser.parts)
