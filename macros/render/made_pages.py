"""All pages that are made from the data alone, as Markdown files."""

from __future__ import annotations

from macros.model.question import Playbook
from macros.render.checklist_pages import checklist_pages
from macros.render.question_pages import question_pages
from macros.render.source_pages import source_pages


def made_pages(playbook: Playbook, repo_url: str, edit_uri: str) -> dict[str, str]:
    """Return the pages by their path among the others. They hold HTML and no macro.

    Args:
        playbook: The data.
        repo_url: The address of the repository, or nothing.
        edit_uri: What follows it in the address where a file is edited.

    Raises:
        MacroError: A template uses a name that does not exist.
    """
    asked = question_pages(playbook, repo_url, edit_uri)
    return asked | source_pages(playbook) | checklist_pages(playbook)
