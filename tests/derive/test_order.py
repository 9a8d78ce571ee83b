"""The order of the questions follows from what they say, and nobody keeps it by hand."""

from __future__ import annotations

import random

import pytest

from macros.derive.order import in_reading_order
from macros.model.question import Playbook, Question


def question(tiny: Playbook, name: str, **fields: object) -> Question:
    """Return a question to the kitchen that every meeting asks at the start, but for `fields`."""
    plain: dict[str, object] = {
        "id": f"a-{name}",
        "title": name.capitalize(),
        "role": "kitchen",
        "stage": "plan",
        "priority": "must",
        "needs": (),
    }
    return tiny.questions[0].model_copy(update={**plain, **fields})


@pytest.mark.parametrize("seed", range(5))
def test_role_then_stage_then_priority_then_need_then_title_decide(
    seed: int, tiny: Playbook
) -> None:
    ordered = [
        question(tiny, "bread"),
        question(tiny, "yeast"),
        question(tiny, "apple", needs=("a-yeast",)),
        question(tiny, "cream", needs=("a-apple",)),
        question(tiny, "anise", priority="should", needs=("a-water",)),
        question(tiny, "acorn", stage="serve"),
        question(tiny, "water", role="hall"),
    ]
    shuffled = random.Random(seed).sample(ordered, len(ordered))
    assert in_reading_order(shuffled, tiny.vocabulary) == ordered
