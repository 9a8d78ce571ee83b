"""MkDocs' hooks. Beside live_reload.py, the only module that imports MkDocs."""

from __future__ import annotations

import gc
import os
import socket
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

import mkdocs
from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.theme import Theme

# How often, in seconds, live reload looks for edits. MkDocs does so every half second.
LOOK_EVERY = 0.2


def on_startup(command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
    """Remember whether this is `mkdocs serve`: live reload adds an inline script to each page."""
    _state["serving"] = _state["starts serving"] = command == "serve"


@event_priority(100)
def on_config(config: MkDocsConfig) -> None:
    """Reload this package if it was edited, so that this shows without a restart; check the data.

    Runs before the macros plugin.

    Raises:
        PluginError: The data is invalid, or something that is set would have no effect, with one
            line for each problem; the port is in use; or pictures cannot be made.
    """
    _finish_writing()
    gc.disable()  # It would take a tenth of a build, which ends before memory does.
    if _state.pop("starts serving", False):
        _check_port_is_free(*config.dev_addr)
    root = str(_root(config))
    if root not in sys.path:
        sys.path.insert(0, root)
    _reload_if_edited(Path(root, "macros"))
    _leave_out_theme(config.theme)
    config.extra["serving"] = _state.get("serving", False)
    if config.repo_url:
        config.repo_url = without_clone_ending(config.repo_url)
        if ("edit_uri",) not in _settings(config).entries:
            config.edit_uri = f"edit/{os.environ.get('REPO_BRANCH') or 'main'}/docs/"
    _plan_cards(config, _checked(config))
    _keep_blocks_from_markdown(config)


def without_clone_ending(address: str) -> str:
    """Return the address of a repository's page, given that or the address to clone from."""
    return address.rstrip("/").removesuffix(".git").rstrip("/")


def on_pre_build(config: MkDocsConfig) -> None:
    """Keep pages as the macros plugin compiles them: they are templates to it."""
    from macros.live_reload import compiled_page

    plugin: Any = config.plugins["macros"]
    plugin.env.from_string = partial(compiled_page, plugin, FileSystemBytecodeCache())


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the pages that are made from the data, and leave out what editors and systems left.

    MkDocs itself leaves out hidden files, except those that `exclude_docs` asks for.

    Raises:
        PluginError: A template of the pages is at fault.
    """
    from macros.load.data_folder import is_leftover

    for file in list(files):
        parts = file.src_uri.split("/")
        if any(is_leftover(part) and not part.startswith(".") for part in parts):
            files.remove(file)
    for path, text in _made_pages(config).items():
        written = files.get_file_from_path(path)
        if written:  # By `python -m macros pages`, for another generator.
            files.remove(written)
        files.append(File.generated(config, path, content=text))


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Place what is made from the data beside a page: it is in no menu, and belongs somewhere."""
    from macros.render.checklist_pages import path_of_checklist
    from macros.render.question_pages import path_in_full, path_of
    from macros.render.source_pages import paths_of_sources

    playbook = _read(config)
    made = [(path_of(question), f"roles/{question.role}.md") for question in playbook.questions]
    made += [(path_in_full(role), f"roles/{role.id}.md") for role in playbook.vocabulary.roles]
    made += [(path_of_checklist(each), "reference/checklists.md") for each in playbook.frameworks]
    made += [(path, "reference/sources.md") for path in paths_of_sources(playbook)]
    for path, beside in made:
        file = files.get_file_from_path(path)
        listed = files.get_file_from_path(beside)
        if file and listed and listed.page:
            _MadePage(None, file, config).parent = listed.page.parent


@event_priority(-100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Take a page whose Markdown is the same from the last build. Runs after the macros plugin."""
    from macros.live_reload import render_once

    if not isinstance(page, _MadePage):
        render = partial(render_once, _root(config), page, markdown)
        setattr(page, "render", render)  # noqa: B010


def on_env(env: Environment, **_: Any) -> None:
    """Keep the compiled templates of overrides/, as those of macros/ are kept."""
    env.bytecode_cache = FileSystemBytecodeCache()
    env.auto_reload = False  # Each build has an environment of its own.


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> None:
    """Rebuild when people save a file, and not when their editors write a backup beside it."""
    from macros.load.data_folder import is_leftover

    setattr(server.observer, "_timeout", LOOK_EVERY)  # noqa: B010
    schedule = server.observer.schedule

    def schedule_for_edits(handler: Any, path: str, **options: Any) -> Any:
        rebuild = handler.on_any_event

        def rebuild_after_edit(event: Any) -> None:
            # A rename has two paths: some editors write a temporary file and rename it.
            names = [Path(name).name for name in (event.src_path, event.dest_path) if name]
            if not all(map(is_leftover, names)):
                rebuild(event)

        handler.on_any_event = rebuild_after_edit
        return schedule(handler, path, **options)

    setattr(server.observer, "schedule", schedule_for_edits)  # noqa: B010
    for path in (config.docs_dir, config.config_file_path):  # MkDocs watches them already.
        server.unwatch(path)
        server.watch(path)


def on_post_build(config: MkDocsConfig) -> None:
    """Write what is published beside the pages, under live reload once these are shown.

    Raises:
        PluginError: A file cannot be written, or an experiment's results cannot be read.
    """
    from macros.live_reload import LateWriting

    if not _state.get("shown"):
        _export(config)
    else:
        _state["late"] = LateWriting()
        _state["late"].begin(partial(_export, config))
    if config.extra["serving"]:
        gc.enable()
        _state["shown"] = True


def on_shutdown() -> None:
    """Leave nothing to be written into a folder that MkDocs deletes."""
    _finish_writing()


def on_build_error(**_: Any) -> None:
    """Look for waste again: live reload goes on."""
    gc.enable()


class _MadePage(Page):
    """A page that holds HTML: Markdown would take as long as all else, and change nothing."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = (self.markdown or "").strip()
        self.toc = get_toc([])
        self.present_anchor_ids = set()


def _export(config: MkDocsConfig) -> None:
    """Write what is published beside the pages, as `python -m macros export` does."""
    from macros.__main__ import draw_cards, main
    from macros.lookup import MacroError
    from macros.problems import reason

    try:
        draw_cards(_cards, Path(config.site_dir))
        options = ["--site-url", config.site_url or "", "--site-name", config.site_name]
        if _cards:
            options.append("--has-cards")
        if config.extra["serving"]:
            options.append("--readable")
        main(["export", config.site_dir, *options])
    except OSError as error:
        raise PluginError(reason(error)) from None
    except MacroError as error:
        raise PluginError(str(error)) from None


_state: dict[str, Any] = {}
# The pictures for link previews that this build makes, by the address of the page.
_cards: dict[str, Any] = {}


def _finish_writing() -> None:
    late = _state.pop("late", None)
    if late:
        late.finish()


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


def _plan_cards(config: MkDocsConfig, playbook: Any) -> None:
    """Tell templates which pages have a picture for link previews, if CARDS asks for them."""
    from macros.__main__ import planned_cards
    from macros.export.cards import asked_for, path_of

    _cards.clear()
    config.extra["cards"] = {}
    if not asked_for(os.environ.get("CARDS", "")):
        return
    if not config.site_url:
        raise PluginError(
            "CARDS asks for pictures, and the site does not know its address, which programs need "
            "that show previews; expected SITE_URL=https://..., or no CARDS"
        )
    if find_spec("PIL") is None:
        raise PluginError(
            "CARDS asks for pictures, and Pillow is not installed; expected it: run `make cards`"
        )
    _cards.update(planned_cards(playbook, config.site_name))
    for address, card in _cards.items():
        picture = urljoin(f"{config.site_url.rstrip('/')}/", path_of(address))
        config.extra["cards"][address] = {"url": picture, "alt": card.alt}


def _reload_if_edited(package: Path) -> None:
    """Forget this package, to import it anew, if one of its files changed since the last build."""
    files = (path for path in package.rglob("*") if "__pycache__" not in path.parts)
    edited = sorted((str(path), path.stat().st_mtime_ns) for path in files if path.is_file())
    if _state.get("edited") != edited:
        _state["edited"] = edited
        for name in [name for name in sys.modules if name.split(".")[0] == "macros"]:
            del sys.modules[name]


def _leave_out_theme(theme: Theme) -> None:
    """Leave only our templates, and MkDocs' own: it would list the theme's ten thousand files."""
    ours = (theme.custom_dir, str(Path(mkdocs.__file__).parent / "templates"))
    theme.dirs[:] = [folder for folder in theme.dirs if folder in ours]


def _keep_blocks_from_markdown(config: MkDocsConfig) -> None:
    from macros.live_reload import kept_ids
    from macros.render.html_blocks import HtmlBlocks

    kept_ids.clear()
    config.markdown_extensions.append(HtmlBlocks(kept_ids))


def _check_port_is_free(host: str, port: int) -> None:
    """Report a port in use before the build. MkDocs would do so after it, with a traceback."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            # As the server does: a port whose old connections are still closing counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) else "no such port"
        free = port + 1 if 1023 < port < 65535 else 8001
        raise PluginError(
            f"cannot serve on {host}:{port}: {why}; expected a free port: make site PORT={free}"
        ) from None


def _settings(config: MkDocsConfig) -> Any:
    from macros.load.settings import read_settings

    path = Path(config.config_file_path)
    return read_settings(path, path.name)


def _made_pages(config: MkDocsConfig) -> dict[str, str]:
    from macros.lookup import MacroError
    from macros.render.made_pages import made_pages

    playbook = _read(config)
    try:
        return made_pages(playbook, config.repo_url or "", config.edit_uri or "")
    except MacroError as error:
        raise PluginError(str(error)) from None


def _checked(config: MkDocsConfig) -> Any:
    """Return the playbook, if neither the data nor what is set has a fault."""
    from macros.playbook import setting_problems

    path = Path(config.config_file_path)
    faults = [str(problem) for problem in setting_problems(_root(config), path.name)]
    try:
        playbook = _read(config)
    except PluginError as error:
        faults.append(str(error))
    if faults:
        raise PluginError("\n".join(faults))
    return playbook


def _read(config: MkDocsConfig) -> Any:
    from macros.playbook import read_playbook
    from macros.problems import DataError

    try:
        return read_playbook(_root(config))
    except DataError as error:
        raise PluginError(str(error)) from None
