"""The pages that tell the sources in full, made from the data as Markdown files."""

from __future__ import annotations

from macros.derive.bibliography import citing, sources_by_page
from macros.model.question import Playbook
from macros.render.renderer import PageContext, Renderer


def source_pages(playbook: Playbook) -> dict[str, str]:
    """Return the pages by their path among the others. They hold HTML and no macro.

    Raises:
        MacroError: A template uses a name that does not exist.
    """
    renderer = Renderer(playbook)
    return {
        _path(address): renderer.render(
            "reference/source_page.md.jinja",
            PageContext(root="../../../"),
            letter=address.rstrip("/")[-1].upper(),
            sources=sources,
            citing=citing,
        )
        for address, sources in sources_by_page(playbook).items()
    }


def paths_of_sources(playbook: Playbook) -> list[str]:
    """Return the paths of these pages among the others."""
    return [_path(address) for address in sources_by_page(playbook)]


def _path(address: str) -> str:
    return f"{address.rstrip('/')}.md"
