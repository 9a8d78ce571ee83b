"""Finding what was asked for by name, or saying what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from macros.problems import nearest, one_of

Named = TypeVar("Named")


class MacroError(Exception):
    """A macro was asked for something that is not there. The text is for the page's author."""


def find(items: Iterable[Named], name: object, kind: str) -> Named:
    """Return the item whose id is `name`. Raises MacroError with the nearest known id."""
    known = {str(getattr(item, "id")): item for item in items}  # noqa: B009
    return known[choose(name, known, kind)]


def choose(name: object, known: Iterable[str], kind: str) -> str:
    """Return `name` if it is one of `known`. Raises MacroError with the nearest of them."""
    names = list(known)
    if name in names:
        return str(name)
    guess = nearest(name, names)
    hint = f"; did you mean '{guess}'?" if guess else ""
    raise MacroError(f"{kind} '{name}' is unknown; expected {one_of(names)}{hint}")
