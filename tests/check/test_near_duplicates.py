"""The rule that finds near duplicates finds those that comparing each with each would find."""

from __future__ import annotations

from macros.check.style import SIMILAR, questions_differ
from macros.load.entries import Entry, LoadedData
from macros.load.yaml_file import Document
from macros.model.question import Question
from macros.playbook import read_playbook
from tests.made_up import given, st
from tests.tiny import TINY

SOME = read_playbook(TINY, TINY).questions[0]
# Few words, and asks that are changed copies of others, so that many pairs are at the border.
WORDS = [f"w{number}" for number in range(14)]
ASKS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=14, unique=True), min_size=2, max_size=12
)


def loaded_of(asks: list[list[str]]) -> LoadedData:
    values = [SOME.model_copy(update={"ask": " ".join(words)}) for words in asks]
    document = Document("asks.yml", [{"id": f"ask-{number}"} for number in range(len(asks))])
    entries: list[Entry[Question]] = [
        Entry(value, document, (number,)) for number, value in enumerate(values)
    ]
    return LoadedData(questions=entries)


@given(ASKS)
def test_no_near_duplicate_is_missed_and_none_is_made_up(asks: list[list[str]]) -> None:
    kept: list[set[str]] = []
    expected = []
    for number, words in enumerate(asks):
        own = set(words)
        if any(len(own & other) / len(own | other) >= SIMILAR for other in kept):
            expected.append(f"ask-{number}")
        else:
            kept.append(own)
    assert [problem.item for problem in questions_differ(loaded_of(asks))] == expected


def test_questions_that_are_still_to_be_written_are_not_compared() -> None:
    assert list(questions_differ(loaded_of([["..."], ["..."]]))) == []
