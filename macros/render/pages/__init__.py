"""The macros that pages may call: every public function of the modules listed here.

Each takes the renderer and the page first, then what the page's author writes in the brackets.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType

from macros.render.pages import (
    checklists,
    evidence,
    hand_offs,
    kickoff,
    links,
    pitfalls,
    questions,
    tables,
    welcome,
    words,
    worksheet_form,
)

MODULES: tuple[ModuleType, ...] = (
    questions,
    words,
    tables,
    welcome,
    links,
    kickoff,
    hand_offs,
    checklists,
    evidence,
    pitfalls,
    worksheet_form,
)


def macros() -> dict[str, Callable[..., str]]:
    """Return the macros by name."""
    return {
        name: function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
