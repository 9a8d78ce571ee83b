"""Look up what was asked for by name, or suggest what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from macros.problems import nearest, one_of

Named = TypeVar("Named")


class MacroError(Exception):
    """A macro was asked for something that does not exist. The message is for the page's author."""


def find(items: Iterable[Named], name: object, kind: str) -> Named:
    """Return the item whose id is `name`.

    Args:
        items: The items to choose from; each has an `id`.
        name: What the page's author typed.
        kind: What the items are called in the error message.

    Raises:
        MacroError: No item has that id. The message suggests the nearest one.
    """
    known = {str(getattr(item, "id")): item for item in items}  # noqa: B009
    return known[choose(name, known, kind)]


def choose(name: object, known: Iterable[str], kind: str) -> str:
    """Return `name` if it is one of `known`.

    Raises:
        MacroError: It is not. The message suggests the nearest known name.
    """
    names = list(known)
    if name in names:
        return str(name)
    guess = nearest(name, names)
    hint = f"; did you mean '{guess}'?" if guess else ""
    raise MacroError(f"{kind} '{name}' is unknown; expected {one_of(names)}{hint}")
