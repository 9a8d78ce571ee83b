"""The macros that pages may call: every public function of the modules listed here.

Each takes the renderer and the page first, then what the page's author writes in the brackets.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType

from macros.pages import (
    checklists,
    evidence,
    experiments,
    handoffs,
    links,
    meeting,
    questions,
    tables,
    welcome,
    words,
    worksheet,
)

MODULES: tuple[ModuleType, ...] = (
    questions,
    words,
    tables,
    welcome,
    links,
    meeting,
    handoffs,
    checklists,
    evidence,
    experiments,
    worksheet,
)


def macros() -> dict[str, Callable[..., str]]:
    """Return the macros by name."""
    return {
        name: function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
