"""Make the functions in pages/ callable from pages.

`{{ role_questions("business") }}` on a page calls `role_questions` of pages/questions.py;
MACROS in pages/__init__.py lists them all.
"""

from __future__ import annotations

import functools
import inspect
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from macros.lookup import MacroError
from macros.playbook import read_playbook
from macros.problems import nearest
from macros.render.escaping import environment
from macros.render.pages import MACROS
from macros.render.renderer import PageContext, Renderer

# A child of this logger counts as a warning or error of the build, so a strict build fails.
log = logging.getLogger("mkdocs.plugins.playbook")


def register(env: Any) -> None:
    """Register every macro with the macros plugin.

    Args:
        env: The plugin's environment.

    Raises:
        DataError: The data is invalid. Under MkDocs this cannot happen, as `hooks.on_config` has
            stopped the build before.
    """
    renderer = Renderer(read_playbook(Path(__file__).resolve().parents[2]))
    for name, function in MACROS.items():
        env.macro(_for_page(env, name, functools.partial(function, renderer)), name)


def _for_page(env: Any, name: str, function: Callable[..., str]) -> Callable[..., str]:
    """Bind a macro to the current page, and report its errors as one line that fails the build."""

    def macro(*arguments: Any, **named: Any) -> str:
        context = _page_context(env)
        try:
            _check_arguments(function, context, arguments, named)
            return function(context, *arguments, **named)
        except MacroError as error:
            message = f"{_page_name(env.page)}: {name}: {error}"
            log.error(message)
            return environment().get_template("fault.html.jinja").render(message=message)

    return macro


def _check_arguments(
    function: Callable[..., str],
    context: PageContext,
    arguments: tuple[Any, ...],
    named: dict[str, Any],
) -> None:
    signature = _signature(function)
    known = list(signature.parameters)[1:]
    wanted = ", ".join(known) or "no arguments"
    for argument in named:
        if argument not in known:
            guess = nearest(argument, known)
            hint = f"; did you mean '{guess}'?" if guess else ""
            raise MacroError(f"argument '{argument}' is unknown; expected {wanted}{hint}")
    try:
        signature.bind(context, *arguments, **named)
    except TypeError as error:
        raise MacroError(f"{error}; expected {wanted}") from error


@functools.cache
def _signature(function: Callable[..., str]) -> inspect.Signature:
    return inspect.signature(function)


def _page_context(env: Any) -> PageContext:
    page = env.page
    explained = page.meta.setdefault("explained_terms", [])
    # Settled by the hooks. A generator without hooks has a dictionary here, and its own guess.
    edit_uri = getattr(env.conf, "edit_uri", None)
    if edit_uri is None:
        edit_uri = f"edit/{os.environ.get('REPO_BRANCH') or 'main'}/docs/"
    return PageContext(
        root="../" * page.url.count("/"),
        repo_url=(env.conf.get("repo_url") or "").rstrip("/").removesuffix(".git"),
        edit_uri=edit_uri,
        explained=explained,
    )


def _page_name(page: Any) -> str:
    """Return the page's file. Under a generator without files, return its address."""
    file = getattr(page, "file", None)
    return str(file.src_uri if file else page.url or "index.md")
