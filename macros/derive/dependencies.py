"""Hand-offs: whose answer unblocks whose question. Plain functions, no markup."""

from __future__ import annotations

from macros.model.question import Playbook, Question

Handoffs = dict[tuple[str, str], list[tuple[Question, list[Question]]]]


def between_roles(playbook: Playbook) -> Handoffs:
    """Return, for each pair (who answers, who waits), the answers and what waits for each.

    Only live questions count. A pair of a role with itself holds what waits within that role. The
    answer for which most questions wait comes first.
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
    """Return the live questions for which most others wait, the most awaited first."""
    waiting = [(question, len(playbook.needed_by[question.id])) for question in playbook.live]
    return sorted(waiting, key=lambda pair: -pair[1])[:count]
