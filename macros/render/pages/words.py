"""Terms of the glossary, and sources."""

from __future__ import annotations

from macros.derive.bibliography import known_by
from macros.lookup import find
from macros.render.renderer import PageContext, Renderer


def term(renderer: Renderer, context: PageContext, id: str, text: str | None = None) -> str:
    """Print a term with its explanation; as `text` if the sentence needs another form of it."""
    term = find(renderer.playbook.terms, id, "term")
    return str(renderer.explain_term(context, term, text or term.term))


def cite(renderer: Renderer, context: PageContext, id: str) -> str:
    """Print a citation in brackets that leads to what the source supports and what it does not."""
    source = find(renderer.playbook.sources, id, "source")
    return renderer.render("questions/cite.html.jinja", context, source=source).strip()


def sources(renderer: Renderer, context: PageContext) -> str:
    """Print the list of sources by kind. Each leads to what it supports and what it does not."""
    return renderer.render("reference/sources.md.jinja", context, known_by=known_by)


def glossary(renderer: Renderer, context: PageContext) -> str:
    """Print the list of terms."""
    return renderer.render("reference/glossary.md.jinja", context, terms=renderer.playbook.terms)
