"""Words that need explaining, and works that are cited."""

from __future__ import annotations

from macros.lookup import find
from macros.render.renderer import PageContext, Renderer


def term(renderer: Renderer, context: PageContext, id: str, text: str | None = None) -> str:
    """A word with its explanation at hand; `text` where the sentence needs another form."""
    term = find(renderer.playbook.terms, id, "term")
    return str(renderer.explained(context, term, text or term.term))


def cite(renderer: Renderer, context: PageContext, id: str) -> str:
    """A reference in brackets that leads to the list of sources."""
    source = find(renderer.playbook.sources, id, "source")
    return renderer.render("questions/cite.html.jinja", context, source=source).strip()


def sources(renderer: Renderer, context: PageContext) -> str:
    """The list of sources, each with what it supports and what it does not."""
    return renderer.render(
        "reference/sources.html.jinja", context, sources=renderer.playbook.sources
    )


def glossary(renderer: Renderer, context: PageContext) -> str:
    """The list of terms."""
    return renderer.render("reference/glossary.md.jinja", context, terms=renderer.playbook.terms)
