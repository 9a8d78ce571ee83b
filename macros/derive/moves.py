"""What once stood on a role's page and does not any more."""

from __future__ import annotations

from macros.model.question import Playbook, Question


def gone_from(playbook: Playbook, role: str) -> list[tuple[str, Question]]:
    """Return what a role's page was published with and no longer has.

    Args:
        playbook: The playbook.
        role: The id of a role.

    Returns:
        Each id under which a question stood there, with the question that has it now: of another
        role, or retired.
    """
    holders = {
        name: question
        for question in playbook.questions
        for name in (question.id, *question.previous_ids)
    }
    listed = [id for published_in, id in playbook.published if published_in == role]
    found = [(id, holders[id]) for id in listed if id in holders]
    return [(id, held) for id, held in found if held.role != role or not held.live]
