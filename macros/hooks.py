"""The hook file: the one place that knows MkDocs itself."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files


def on_startup(command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
    """Remember whether pages are being served: the live reload writes its own inline script."""
    _state["serving"] = _state["starts serving"] = command == "serve"


@event_priority(100)
def on_config(config: MkDocsConfig) -> None:
    """Load the package afresh, so that an edit shows without a restart, and check the data.

    Runs before the macros plugin.

    Raises:
        PluginError: The data has faults, each on a line, or the site cannot be served.
    """
    if _state.pop("starts serving", False):
        _check_port_is_free(*config.dev_addr)
    root = str(_root(config))
    if root not in sys.path:
        sys.path.insert(0, root)
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    config.extra["serving"] = _state.get("serving", False)
    if config.repo_url:
        config.repo_url = without_clone_ending(config.repo_url)
        config.edit_uri = f"edit/{os.environ.get('REPO_BRANCH') or 'main'}/docs/"
    _read(config)


def without_clone_ending(address: str) -> str:
    """Return the address of a repository's page, where somebody gave the one to clone from."""
    return address.rstrip("/").removesuffix(".git").rstrip("/")


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Leave out what editors and systems left in docs/ and overrides/; MkDocs would publish it.

    Hidden files MkDocs leaves out itself, except those that `exclude_docs` asks for.
    """
    from macros.load.data_folder import is_leftover

    for file in list(files):
        parts = file.src_uri.split("/")
        if any(is_leftover(part) and not part.startswith(".") for part in parts):
            files.remove(file)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> None:
    """Build again for what people save, and not for what their editors write beside it."""
    from macros.load.data_folder import is_leftover

    schedule = server.observer.schedule

    def schedule_for_people(handler: Any, path: str, **options: Any) -> Any:
        tell = handler.on_any_event

        def tell_of_work(event: Any) -> None:
            # A rename names two files: some editors save beside the file and move it into place.
            names = [Path(name).name for name in (event.src_path, event.dest_path) if name]
            if not all(map(is_leftover, names)):
                tell(event)

        handler.on_any_event = tell_of_work
        return schedule(handler, path, **options)

    setattr(server.observer, "schedule", schedule_for_people)  # noqa: B010
    for path in (config.docs_dir, config.config_file_path):  # MkDocs watches them already.
        server.unwatch(path)
        server.watch(path)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the downloads and short links into the site, by the command that anyone can run.

    Raises:
        PluginError: A file cannot be written, or an experiment's results cannot be read.
    """
    from macros.__main__ import main
    from macros.lookup import MacroError
    from macros.problems import reason

    try:
        main(["export", config.site_dir])
    except OSError as error:
        raise PluginError(reason(error)) from None
    except MacroError as error:
        raise PluginError(str(error)) from None


_state: dict[str, bool] = {}


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


def _check_port_is_free(host: str, port: int) -> None:
    """Say before the build what MkDocs would find out after it, and show as a traceback."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            # As the server does: a port whose last connections are still fading is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) else "no such port"
        free = port + 1 if 1023 < port < 65535 else 8001
        raise PluginError(
            f"cannot serve on {host}:{port}: {why}; expected a free port: make site PORT={free}"
        ) from None


def _read(config: MkDocsConfig) -> Any:
    from macros.playbook import read_playbook
    from macros.problems import DataError

    try:
        return read_playbook(_root(config))
    except DataError as error:
        raise PluginError(str(error)) from None
