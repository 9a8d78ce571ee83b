"""Links to generated files and into the repository."""

from __future__ import annotations

from macros.export.downloads import downloads
from macros.lookup import choose
from macros.render.renderer import PageContext, Renderer


def download(renderer: Renderer, context: PageContext, file: str, text: str) -> str:
    """Print a link to a generated file."""
    choose(file, downloads(renderer.playbook), "download")
    kind = {"md": "Markdown", "csv": "CSV", "json": "JSON", "atom": "Atom"}[file.rpartition(".")[2]]
    return renderer.render(
        "reference/download.html.jinja", context, file=file, text=text, kind=kind
    ).strip()


def forge_link(renderer: Renderer, context: PageContext, to: str, text: str) -> str:
    """Print a link into the repository, or only the text if this site does not know its address."""
    targets = {"suggest": "issues/new?template=suggest-a-question.yml", "repository": ""}
    target = targets[choose(to, targets, "target")]
    address = f"{context.repo_url}/{target}".rstrip("/") if context.repo_url else ""
    return renderer.render(
        "questions/forge_link.html.jinja", context, address=address, text=text
    ).strip()
