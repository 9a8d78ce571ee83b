"""Links to generated files and into the repository."""

from __future__ import annotations

from macros.export.downloads import downloads
from macros.lookup import choose
from macros.render.renderer import PageContext, Renderer


def download(book: Renderer, place: PageContext, file: str, text: str) -> str:
    """A link to a generated file."""
    choose(file, downloads(book.playbook), "download")
    kind = {"md": "Markdown", "csv": "CSV", "json": "JSON"}[file.rpartition(".")[2]]
    return book.render(
        "reference/download.html.jinja", place, file=file, text=text, kind=kind
    ).strip()


def forge_link(book: Renderer, place: PageContext, to: str, text: str) -> str:
    """A link into the repository, or the bare text where this copy has none."""
    targets = {"suggest": "issues/new?template=suggest-a-question.yml", "repository": ""}
    target = targets[choose(to, targets, "target")]
    address = f"{place.repo_url}/{target}".rstrip("/") if place.repo_url else ""
    return book.render("questions/forge_link.html.jinja", place, address=address, text=text).strip()
