"""Which questions cover which item of a published checklist."""

from __future__ import annotations

from dataclasses import dataclass

from macros.model.question import Playbook, Question
from macros.model.reference import Framework, FrameworkItem


@dataclass(frozen=True)
class Row:
    """A checklist item, and the questions that cover it wholly or in part, each with the reason."""

    item: FrameworkItem
    whole: list[tuple[Question, str]]
    part: list[tuple[Question, str]]

    @property
    def together(self) -> bool:
        """Whether live questions cover the item between them, as `together` of the item says."""
        parts = {question.id for question, _ in self.part}
        return bool(self.item.together) and parts.issuperset(self.item.together)

    @property
    def state(self) -> str:
        """How far the item is covered: `covered`, `together`, `part`, `outside` or `gap`."""
        if self.whole:
            return "covered"
        if self.together:
            return "together"
        if self.part:
            return "part"
        return "outside" if self.item.outside else "gap"


def coverage(playbook: Playbook) -> list[tuple[Framework, list[Row]]]:
    """Return every checklist with its items, in order, and the live questions that cover each."""
    covering: dict[tuple[str, str], list[tuple[Question, str]]] = {}
    for question in playbook.live:
        for mapped in question.maps_to:
            covered_by = covering.setdefault((mapped.item, mapped.extent), [])
            covered_by.append((question, mapped.reason))

    def row(framework: Framework, item: FrameworkItem) -> Row:
        name = f"{framework.id}:{item.id}"
        return Row(item, covering.get((name, "whole"), []), covering.get((name, "part"), []))

    return [
        (framework, [row(framework, item) for item in framework.items])
        for framework in playbook.frameworks
    ]
