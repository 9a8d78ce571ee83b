"""Where the glossary's words are found in a text, and where they are not."""

from __future__ import annotations

import pytest

from macros.derive.glossary_matcher import TermFinder
from macros.model.reference import Term


def term(id: str, word: str, also: tuple[str, ...] = (), forms: tuple[str, ...] = ()) -> Term:
    """Return a term of the glossary."""
    return Term(id=id, term=word, also=also, forms=forms, definition="A word.")


FINDER = TermFinder(
    [
        term("dish", "dish", also=("plate",), forms=("dishes",)),
        term("dish-of-the-day", "dish of the day"),
        term("pos", "POS", also=("point of sale",)),
        term("mlops", "MLOps"),
        term("ai", "artificial intelligence", also=("AI",)),
        term("c", "C++"),
        term("skew", "dish-washer skew"),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    """Return the words found in `text`, each with the id of its term."""
    return [(match.group(), term.id) for match, term in FINDER.found_in(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A dish.", [("dish", "dish")]),
        ("Dish first", [("Dish", "dish")]),
        ("DISH", [("DISH", "dish")]),
        ("three dishes and a plate", [("dishes", "dish"), ("plate", "dish")]),
        ("(dish), “dish”; dish’s", [("dish", "dish")] * 3),
        ("the dish of the day", [("dish of the day", "dish-of-the-day")]),
        ("the dish of that day", [("dish", "dish")]),
        ("the POS and a Point of Sale", [("POS", "pos"), ("Point of Sale", "pos")]),
        ("AI is Artificial Intelligence", [("AI", "ai"), ("Artificial Intelligence", "ai")]),
        ("MLOps", [("MLOps", "mlops")]),
        ("in C++, C++", [("C++", "c")] * 2),
        ("a dish-washer skew", [("dish-washer skew", "skew")]),
    ],
)
def test_a_word_is_found(text: str, words: list[tuple[str, str]]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dishonest",
        "radish",
        "dish_1",
        "dish-washer",
        "half-dish",
        "dishes2",
        "the pos",
        "ai",
        "mlops",
        "point ofsale",
    ],
)
def test_a_part_of_another_word_is_not_found(text: str) -> None:
    assert found(text) == []


def test_an_empty_glossary_finds_nothing() -> None:
    assert list(TermFinder([]).found_in("a dish")) == []
