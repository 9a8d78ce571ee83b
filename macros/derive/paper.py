"""How much paper the questions of a role take, so that readers know before they print."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from macros.model.question import Question

# Measured on what the style sheet prints; tests/browser/test_print.py prints and compares.
LETTERS_A_PAGE = 3950
# What a question's title, tags, labels and the space around it take, in letters.
LETTERS_OF_FRAME = 420


def pages_of_paper(questions: Iterable[Question]) -> int:
    """Estimate how many pages of A4 the questions take when they are printed in full.

    Args:
        questions: Those that are printed one after the other.

    Returns:
        The number of pages. Fonts and margins differ, so it may be one off.
    """
    return ceil(sum(map(_letters, questions)) / LETTERS_A_PAGE)


def _letters(question: Question) -> int:
    texts = (question.ask, question.why, question.good_answer, question.warning_sign)
    return LETTERS_OF_FRAME + len(question.evidence) + sum(map(len, texts))
