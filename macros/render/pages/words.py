"""Words that need explaining, and works that are cited."""

from __future__ import annotations

from macros.lookup import find
from macros.render.renderer import PageContext, Renderer


def term(book: Renderer, place: PageContext, id: str, text: str | None = None) -> str:
    """A word with its explanation at hand; `text` where the sentence needs another form."""
    found = find(book.playbook.terms, id, "term")
    return str(book.explained(place, found, text or found.term))


def cite(book: Renderer, place: PageContext, id: str) -> str:
    """A reference in brackets that leads to the list of sources."""
    found = find(book.playbook.sources, id, "source")
    return book.render("questions/cite.html.jinja", place, source=found).strip()


def sources(book: Renderer, place: PageContext) -> str:
    """The list of sources, each with what it supports and what it does not."""
    return book.render("reference/sources.html.jinja", place, sources=book.playbook.sources)


def glossary(book: Renderer, place: PageContext) -> str:
    """The list of terms."""
    return book.render("reference/glossary.md.jinja", place, terms=book.playbook.terms)
