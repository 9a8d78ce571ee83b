"""The hook file: the one place that knows MkDocs itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority


def on_startup(command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
    """Remember whether pages are being served: the live reload writes its own inline script."""
    _state["serving"] = command == "serve"


@event_priority(100)
def on_config(config: MkDocsConfig) -> None:
    """Load the package afresh, so that an edit shows without a restart, and check the data.

    Runs before the macros plugin. Raises PluginError with one line a fault.
    """
    root = str(_root(config))
    if root not in sys.path:
        sys.path.insert(0, root)
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    config.extra["serving"] = _state.get("serving", False)
    if config.repo_url:
        config.edit_uri = f"edit/{os.environ.get('REPO_BRANCH') or 'main'}/docs/"
    _read(config)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the downloads and short links into the site, by the command that anyone can run.

    Raises:
        PluginError: A file cannot be written, or an experiment's results cannot be read.
    """
    from macros.__main__ import main
    from macros.lookup import MacroError
    from macros.problem import reason

    try:
        main(["export", config.site_dir])
    except OSError as error:
        raise PluginError(reason(error)) from None
    except MacroError as error:
        raise PluginError(str(error)) from None


_state: dict[str, bool] = {}


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


def _read(config: MkDocsConfig) -> Any:
    from macros.problem import DataError
    from macros.read import read_playbook

    try:
        return read_playbook(_root(config))
    except DataError as error:
        raise PluginError(str(error)) from None
