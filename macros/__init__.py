"""What the macros plugin loads: it hands each page the macros of pages/.

The rest of the package is imported where it is used: whoever runs `python -m macros check` passes
through this file and needs neither templates nor pages, which take longer to import than the check.
"""

from __future__ import annotations

import functools
import inspect
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.render.renderer import PageContext

# A child of this logger counts as a warning or error of the build, so a strict build fails.
log = logging.getLogger("mkdocs.plugins.playbook")


def define_env(env: Any) -> None:
    """Register the macros.

    In: the plugin's environment. Raises DataError where the data files have faults; hooks.py has
    said so before, in the words of the build.
    """
    from macros.playbook import read_playbook
    from macros.render.pages import macros as page_macros
    from macros.render.renderer import Renderer

    renderer = Renderer(read_playbook(Path(__file__).resolve().parent.parent))
    for name, method in page_macros().items():
        env.macro(_for_page(env, name, functools.partial(method, renderer)), name)


def _for_page(env: Any, name: str, method: Callable[..., str]) -> Callable[..., str]:
    """Give a macro its page, and turn its faults into one line each that fails the build."""
    from macros.lookup import MacroError
    from macros.render.escaping import environment

    def macro(*arguments: Any, **named: Any) -> str:
        context = _page_context(env)
        try:
            _check_arguments(method, context, arguments, named)
            return method(context, *arguments, **named)
        except MacroError as error:
            message = f"{_page_name(env.page)}: {name}: {error}"
            log.error(message)
            return environment().get_template("fault.html.jinja").render(message=message)

    return macro


def _check_arguments(
    method: Callable[..., str],
    context: PageContext,
    arguments: tuple[Any, ...],
    named: dict[str, Any],
) -> None:
    from macros.lookup import MacroError
    from macros.problems import nearest

    signature = inspect.signature(method)
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


def _page_context(env: Any) -> PageContext:
    from macros.render.renderer import PageContext

    page = env.page
    explained = page.meta.setdefault("explained_terms", [])
    return PageContext(
        root="../" * page.url.count("/"),
        repo_url=(env.conf.get("repo_url") or "").rstrip("/"),
        branch=os.environ.get("REPO_BRANCH") or "main",
        explained=explained,
    )


def _page_name(page: Any) -> str:
    """The page's file; a generator without files of its own has only the address."""
    file = getattr(page, "file", None)
    return str(file.src_uri if file else page.url or "index.md")
