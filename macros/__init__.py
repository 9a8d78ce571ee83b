"""What the macros plugin loads: see render/for_pages.py for the macros that pages call."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register the macros. The macros plugin calls this function by its name.

    Args:
        env: The plugin's environment.

    Raises:
        DataError: The data is invalid. Under MkDocs this cannot happen, as `hooks.on_config` has
            stopped the build before.
    """
    # Not at the top: `python -m macros check` passes through this file, and templates and pages
    # take longer to import than the check takes to run.
    from macros.render.for_pages import register

    register(env)
