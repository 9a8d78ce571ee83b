"""The pages of published checklists, made from the data as Markdown files."""

from __future__ import annotations

from macros.derive.coverage import coverage
from macros.model.question import Playbook
from macros.model.reference import Framework
from macros.render.renderer import PageContext, Renderer


def checklist_pages(playbook: Playbook) -> dict[str, str]:
    """Return the pages by their path among the others. They hold HTML and no macro.

    Raises:
        MacroError: A template uses a name that does not exist.
    """
    renderer = Renderer(playbook)
    return {
        path_of_checklist(framework): renderer.render(
            "reference/checklist_page.md.jinja",
            PageContext(root="../../../"),
            framework=framework,
            rows=rows,
        )
        for framework, rows in coverage(playbook)
    }


def path_of_checklist(framework: Framework) -> str:
    """Return the path of a checklist's page among the others."""
    return f"reference/checklists/{framework.id}.md"
