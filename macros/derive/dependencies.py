"""Hand-offs: whose answer unblocks whose question."""

from __future__ import annotations

from macros.model.question import Playbook, Question

Handoffs = dict[tuple[str, str], list[tuple[Question, list[Question]]]]


def between_roles(playbook: Playbook) -> Handoffs:
    """Return which answers each role owes each other role, and which questions wait for them.

    Only live questions count.

    Returns:
        For each pair of role ids (who answers, who waits), the needed questions with those that
        wait for them, the most awaited first. A role paired with itself has the waits within it.
    """
    by_id = {question.id: question for question in playbook.live}
    roles = [role.id for role in playbook.vocabulary.roles]
    handoffs: Handoffs = {(giver, taker): [] for giver in roles for taker in roles}
    for needed in playbook.live:
        waiting = [by_id[name] for name in playbook.needed_by[needed.id]]
        for taker in roles:
            own = [question for question in waiting if question.role == taker]
            if own:
                handoffs[needed.role, taker].append((needed, own))
    for answers in handoffs.values():
        answers.sort(key=lambda answer: -len(answer[1]))
    return handoffs


def most_awaited_answers(playbook: Playbook, count: int) -> list[tuple[Question, int]]:
    """Return the live questions that most others wait for, each with how many wait."""
    waiting = [(question, len(playbook.needed_by[question.id])) for question in playbook.live]
    return sorted(waiting, key=lambda pair: -pair[1])[:count]
