"""What makes live reload quick: pages are kept between builds, and downloads are written last.

Beside hooks.py, this is the only module that imports MkDocs.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import mkdocs
from jinja2 import Environment, FileSystemBytecodeCache, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from macros.render.markdown_cache import MarkdownCache

# Where pages are kept from one build to the next.
CACHE = ".cache/markdown"
# How long, in seconds, a browser has to fetch an edited page before the downloads are written.
TO_FETCH = 0.5

log = logging.getLogger("mkdocs.hooks")

# The anchors in the HTML of the page in hand that Markdown did not read.
kept_ids: set[str] = set()


class _Heard(logging.Handler):
    """Notes whether anything was logged."""

    anything = False

    def emit(self, record: logging.LogRecord) -> None:
        self.anything = True


@contextmanager
def _hearing(logger: logging.Logger) -> Iterator[_Heard]:
    heard = _Heard()
    logger.addHandler(heard)
    try:
        yield heard
    finally:
        logger.removeHandler(heard)


def compiled_page(plugin: Any, cache: FileSystemBytecodeCache, source: str) -> Template:
    """Return a page as a template, compiled when this was first asked for.

    Args:
        plugin: The macros plugin, which has the page in hand.
        cache: What was compiled before.
        source: The page's Markdown.
    """
    env: Environment = plugin.env
    kept = cache.get_bucket(env, plugin.page.file.src_uri, None, source)
    if kept.code is None:
        kept.code = env.compile(source)
        cache.set_bucket(kept)
    return Template.from_code(env, kept.code, env.make_globals(None))


def render_once(root: Path, page: Page, markdown: str, config: MkDocsConfig, files: Files) -> None:
    """Render a page, unless the last build did so from the same Markdown.

    Args:
        root: The project's folder.
        page: The page.
        markdown: Its Markdown, with what its macros print.
        config: The configuration.
        files: The files of the site.
    """

    def render() -> tuple[tuple[Any, ...], bool]:
        kept_ids.clear()
        with _hearing(logging.getLogger(Page.__module__)) as heard:
            Page.render(page, config, files)
        ids = (page.present_anchor_ids or set()) | kept_ids
        links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
        # Links to what is not there are warned of: the next build has to do so again.
        return (page.content, page.toc, page._title_from_render, ids, links), not heard.anything

    names = [each for each in config.markdown_extensions if isinstance(each, str)]
    settings = (names, config.mdx_configs, config.validation, config.use_directory_urls)
    paths = sorted(file.src_uri for file in files)
    cache = MarkdownCache(root / CACHE, (mkdocs.__version__, *settings, *paths))
    made = cache.page(page.file.src_uri, markdown, render)
    page.content, page.toc, page._title_from_render, page.present_anchor_ids, links = made
    page.links_to_anchors = {files.src_uris[path]: found for path, found in links.items()}


class LateWriting:
    """Writes what is left to write when the pages of a build are already shown."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._hurry = threading.Event()

    def begin(self, write: Callable[[], None]) -> None:
        """Write it when the browser has had time to fetch the page."""
        self._hurry.clear()
        self._thread = threading.Thread(target=self._write, args=[write])
        self._thread.start()

    def finish(self) -> None:
        """Write it now, and wait for that."""
        self._hurry.set()
        if self._thread:
            self._thread.join()
            self._thread = None

    def _write(self, write: Callable[[], None]) -> None:
        self._hurry.wait(TO_FETCH)
        try:
            write()
        except PluginError as error:
            log.error(str(error))
