"""Keep the HTML that macros print away from Markdown, which would take most of a build to read it.

Markdown parses every tag of a block of HTML to find its end, and then leaves the block as it is.
This extension finds the end by counting tags of one name, and puts the block where Markdown would.
Without it the same pages are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]

_START = re.compile(r"<([a-z][a-z0-9]*)[\s>]")
_NEXT = re.compile(r"\n\s*\n(?=<[a-z])")
_EMPTY_LINE = re.compile(r" *\n *\n")
_MARKDOWN = re.compile(r"\smarkdown\b")
_ID = re.compile(r"""(?:\sid|<a\s[^>]*?\bname)=["']?([^"'\s>]+)""")
_LINE_START = re.compile(r"^ {0,3}</?([a-z][a-z0-9]*)", re.IGNORECASE | re.MULTILINE)
_ATTRIBUTES = r"""(?:[^<>"']++|"[^"<>]*"|'[^'<>]*')*+"""
# A script that holds something may hold what looks like a tag.
_TAG = re.compile(
    rf"<(?:(script|style)\b{_ATTRIBUTES}></\1>|/?(?!script\b|style\b)[a-z]{_ATTRIBUTES}>)",
    re.IGNORECASE,
)
_NO_TAG = re.compile(r"<[a-z/!?]", re.IGNORECASE)


class HtmlBlocks(Extension):  # type: ignore[misc]
    """Take blocks of HTML out of a page before Markdown reads it, where it is plain where they end.

    Args:
        ids: Where the anchors in these blocks are noted.
    """

    def __init__(self, ids: set[str]) -> None:
        super().__init__()
        self.ids = ids

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register what reads the page: after fences of code, before the first parser of HTML."""
        md.preprocessors.register(_Blocks(md, self.ids), "html_blocks", 22)


class _Blocks(Preprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, ids: set[str]) -> None:
        super().__init__(md)
        self.ids = ids

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        parts, done = [], 0
        for start, end in self._found_in(text):
            html = text[start:end]
            self.ids.update(_ID.findall(html))
            # As Markdown's own parser of HTML does.
            line_end = "\n" if _EMPTY_LINE.match(text, end) else ""
            parts += [text[done:start], "\n", self.md.htmlStash.store(html + line_end), "\n\n"]
            done = end
        return "".join([*parts, text[done:]]).split("\n")

    def _found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where blocks start and end, up to where that is no longer plain."""
        at, keeps = 0, True
        while True:
            opened = _START.match(text, at)
            if opened and self.md.is_block_level(opened[1]):
                end = _end(text, opened)
                if not end or not _is_plain(text[at:end]):
                    return
                # Markdown also looks at whether another block follows the one that it reads.
                keeps = keeps and not _MARKDOWN.search(text, at, end)
                if keeps:
                    yield at, end
                if _START.match(text, end + 1):  # on the next line
                    at = end + 1
                    continue
                at = end
            gap = _NEXT.search(text, at)
            if not gap or not self._holds_no_block(text[at : gap.start()]):
                return
            at, keeps = gap.end(), True

    def _holds_no_block(self, text: str) -> bool:
        """Whether Markdown, too, finds no start of a block in what is between two of them."""
        return _is_plain(text) and not any(map(self.md.is_block_level, _LINE_START.findall(text)))


def _is_plain(text: str) -> bool:
    """Whether there is nothing in a text that looks like a tag and is none."""
    return not _NO_TAG.search(_TAG.sub("", text))


def _end(text: str, opened: re.Match[str]) -> int | None:
    """Return where the element ends that is opened, if nothing follows on that line."""
    depth = 0
    for tag in re.compile(rf"<(/?){opened[1]}(?=[\s>])[^>]*>").finditer(text, opened.start()):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end() if text[tag.end() : tag.end() + 1] in ("", "\n") else None
    return None
