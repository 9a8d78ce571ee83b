"""A page of the built site as a tree, for tests that need no browser to see what is on it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@cache
def built_page(site: Path, address: str) -> BeautifulSoup:
    """Return the page that the site has at an address, which ends with a slash."""
    text = (site / address / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


def only(node: Tag, selector: str) -> Tag:
    """Return the one element that a CSS selector finds."""
    found = node.select(selector)
    assert len(found) == 1, f"{selector}: expected one element, found {len(found)}"
    return found[0]


def words_of(*nodes: PageElement) -> str:
    """Return what a reader reads in these nodes: explanations stay closed, space is squeezed."""
    return " ".join("".join(map(_text, nodes)).split())


def _text(node: PageElement) -> str:
    if not isinstance(node, Tag):
        return str(node)
    if node.has_attr("popover"):
        return ""
    return "".join(map(_text, node.children))


def under(heading: Tag) -> list[PageElement]:
    """Return a heading and what follows it, up to the next heading of its rank or above."""
    ends = HEADINGS[: HEADINGS.index(heading.name) + 1]
    part: list[PageElement] = [heading]
    for node in heading.next_siblings:
        if isinstance(node, Tag) and (node.name in ends or node.find(ends)):
            break
        part.append(node)
    return part


def forwarded_to(page: Tag) -> str | None:
    """Return where a short page sends its reader at once, from the root of the site."""
    found = page.select("meta[http-equiv=refresh]")
    if not found:
        return None
    return f"q/{str(found[0]['content']).partition('url=../')[2]}"
