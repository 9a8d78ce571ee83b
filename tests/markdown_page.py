"""A page as a reader gets it: Markdown made into HTML as the site does, and what that holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import markdown  # type: ignore[import-untyped]
import yaml

from tests.tiny import ROOT

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# Elements that stand in a sentence and are no part of it.
ASIDE = ("headerlink", "pb-term__text")
VOID = {"br", "hr", "img", "input", "link", "meta"}

# Pieces of text that mean something to a template, to Markdown, to HTML or to a spreadsheet.
PIECES = [
    *"\\`*_{}[]()#+-.!|~<>&;:=\"'/@^$%?1ax",
    *[
        "{{ x }}",
        "{% y %}",
        "{# z #}",
        "{: #x }",
        "{ .x }",
        "&amp;",
        "&#35;",
        "&copy",
        "```",
        "~~~",
    ],
    *["<b>", "</b>", "</section>", "</div>", "<!--", "-->", "<script>", "<?x", "<![CDATA[", "]]>"],
    *["[a](b)", "![a](b)", "[^1]", "[a]: b", "<http://a.b>", "http://a.b", "a@b.c", "www.a.b"],
    *["***", "---", "===", "1. ", "> ", "+ ", "\\#", "wzxhzdk:0", "klzzwxh:0000", "--8<--"],
]


def typed_text() -> SearchStrategy[str]:
    """Return any text a data file may hold: nothing that cannot be seen, white space squeezed."""
    # Not at the top: `make check` looks at pages, makes up no texts, and is to take ten seconds.
    from tests.made_up import st

    seen = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff")
    pieces = st.lists(seen | st.sampled_from(PIECES), min_size=1, max_size=10)
    return pieces.map(lambda found: " ".join("".join(found).split())).filter(bool)


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml, where some values come from the environment."""


_Settings.add_constructor("!ENV", lambda loader, node: None)


def plain_markdown(text: str) -> str:
    """Return text as HTML, as any Markdown program makes it."""
    return str(markdown.markdown(text))


@cache
def site_markdown(*left_out: str) -> markdown.Markdown:
    """Return what makes the site's pages, without some of its extensions."""
    listed = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=_Settings)
    settings: dict[str, Any] = {}
    for entry in listed["markdown_extensions"]:
        settings.update(entry if isinstance(entry, dict) else {entry: {}})
    kept = {name: values or {} for name, values in settings.items() if name not in left_out}
    return markdown.Markdown(extensions=list(kept), extension_configs=kept)


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str | None]
    parent: Element | None
    said: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its text, white space squeezed."""
        return " ".join("".join(self.said).split())


class Page(HTMLParser):
    """The elements of a page, in order. Every element must be closed, and in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: Element | None = None
        self.feed(html)
        self.close()
        open_still = [element.tag for element in self._around()]
        assert open_still == [], f"not closed: {open_still}"

    def _around(self) -> Iterator[Element]:
        """The elements that are open, the innermost first."""
        here = self._open
        while here:
            yield here
            here = here.parent

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), self._open)
        assert len(element.attributes) == len(attrs), f"an attribute of <{tag}> appears twice"
        self.elements.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), self._open))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.tag == tag, f"</{tag}> closes <{self._open.tag}>"
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        for element in self._around():
            if element.attributes.get("class") in ASIDE:
                element.aside.append(data)
                return
            element.said.append(data)

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of those names."""
        return [element for element in self.elements if element.tag in tags]

    def texts(self, *tags: str) -> list[str]:
        """Return the text of each such element."""
        return [element.text for element in self.all(*tags)]

    @property
    def tags(self) -> set[str]:
        """The names of all elements."""
        return {element.tag for element in self.elements}

    @property
    def links(self) -> list[str]:
        """Where the links lead, those of the headings to themselves left out."""
        found = [element.attributes for element in self.all("a")]
        return [str(each.get("href")) for each in found if each.get("class") != "headerlink"]

    @property
    def ids(self) -> list[str]:
        """The ids of all elements."""
        found = [element.attributes.get("id") for element in self.elements]
        return [id for id in found if id is not None]

    @property
    def meta(self) -> dict[str, str]:
        """What the page says about itself, by name or property."""
        found = [element.attributes for element in self.all("meta")]
        return {
            str(each.get("name") or each.get("property")): str(each.get("content"))
            for each in found
        }

    @property
    def refresh(self) -> str | None:
        """Where the page leads on to by itself."""
        found = [element.attributes for element in self.all("meta")]
        lead = [each["content"] for each in found if each.get("http-equiv") == "refresh"]
        return lead[0] if lead else None
