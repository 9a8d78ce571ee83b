"""Which questions cover which item of a published checklist. Plain functions, no markup."""

from __future__ import annotations

from dataclasses import dataclass

from macros.model import Playbook, Question
from macros.reference import Framework, FrameworkItem


@dataclass(frozen=True)
class Row:
    """An item of a checklist, with the questions that cover it and why each does."""

    item: FrameworkItem
    questions: list[tuple[Question, str]]


def coverage(playbook: Playbook) -> list[tuple[Framework, list[Row]]]:
    """Return every checklist with its items in their order and the live questions for each."""
    covering: dict[str, list[tuple[Question, str]]] = {}
    for question in playbook.live:
        for mapped in question.maps_to:
            covering.setdefault(mapped.item, []).append((question, mapped.reason))
    return [
        (
            framework,
            [Row(item, covering.get(f"{framework.id}:{item.id}", [])) for item in framework.items],
        )
        for framework in playbook.frameworks
    ]
