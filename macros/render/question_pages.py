"""The pages of questions, made from the data as Markdown files for any generator of sites.

Each question is one, and so are all questions of a role in full.
"""

from __future__ import annotations

from macros.derive.order import in_page_order
from macros.derive.paper import pages_of_paper
from macros.derive.schedule import lengths_that_ask
from macros.model.question import Playbook, Question, Role
from macros.render.renderer import PageContext, Renderer


def question_pages(playbook: Playbook, repo_url: str, edit_uri: str) -> dict[str, str]:
    """Return the pages by their path among the others: each question's, and each role's in full.

    The pages hold HTML and no macro, so that a build spends little on them.

    Args:
        playbook: The playbook.
        repo_url: The repository's address, or an empty string where it is not known.
        edit_uri: What leads from there to where the forge edits a file of docs/.

    Raises:
        MacroError: A template uses a name that does not exist.
    """
    renderer = Renderer(playbook)
    lengths = lengths_that_ask(playbook)
    live = playbook.live
    pages = {}
    for role in playbook.vocabulary.roles:
        asked = in_page_order([question for question in live if question.role == role.id])
        around = zip([None, *asked[:-1]], asked, [*asked[1:], None], strict=True)
        for before, question, after in around:
            context = PageContext(root="../../", repo_url=repo_url, edit_uri=edit_uri)
            template = "questions/question_page.md.jinja"
            text = renderer.render(
                template,
                context,
                q=question,
                before=before,
                after=after,
                lengths=lengths.get(question.id, []),
                total=len(live),
            )
            pages[path_of(question)] = text
        pages[path_in_full(role)] = renderer.render(
            "questions/in_full.md.jinja",
            PageContext(root="../../../"),
            role=role,
            questions=asked,
            paper=pages_of_paper(asked),
        )
    for question in playbook.questions:
        if not question.live:
            context = PageContext(root="../../", repo_url=repo_url, edit_uri=edit_uri)
            text = renderer.render("questions/retired_page.md.jinja", context, q=question)
            pages[path_of(question)] = text
    return pages


def path_of(question: Question) -> str:
    """Return the path of a question's page among the pages."""
    return f"q/{question.id}.md"


def path_in_full(role: Role) -> str:
    """Return the path of the page that holds all questions of a role in full."""
    return f"roles/{role.id}/all.md"
