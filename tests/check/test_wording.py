"""Words to avoid are found as they are written, and spared where they are the right ones."""

from __future__ import annotations

import pytest

from macros.model.word_list import Wording

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
