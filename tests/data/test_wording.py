"""Words to avoid are found as they are written, and spared where they are the right ones."""

from __future__ import annotations

import pytest

from macros.model.word_list import Wording
from macros.playbook import read_playbook
from tests.data.helpers import ROOT

WORN = Wording(
    id="worn",
    advice="a plain word",
    words=("key → main", "keys", "impact*", "leverag* → us*"),
    exceptions=("primary key", "impact assessment"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The key point", [(4, "key", "main")]),
        ("Impactful, leveraged", [(0, "Impactful", ""), (11, "leveraged", "used")]),
        ("the Primary\n  Key, its primary keys", []),
        ("an impact assessment, and its impact", [(30, "impact", "")]),
        ("a turnkey, key-value, monkeys", []),
    ],
)
def test_a_word_is_found_where_it_stands_unless_its_phrase_is_right(
    text: str, found: list[tuple[int, str, str]]
) -> None:
    assert WORN.found_in(text) == found


@pytest.mark.content
def test_every_word_of_our_lists_is_found_and_every_exception_spares_one() -> None:
    for wording in read_playbook(ROOT).wordings:
        bare = Wording.model_validate({**wording.model_dump(), "exceptions": ()})
        for pair in wording.words:
            word = pair.partition(" → ")[0]
            assert bare.found_in(word.replace("*", "")), f"{wording.id}: {word}"
        for phrase in wording.exceptions:
            assert bare.found_in(phrase), f"{wording.id}: {phrase}: nothing in it is to be spared"
            assert not wording.found_in(phrase), f"{wording.id}: {phrase}"
