"""`make site`: where the site is shown while it is written, and what makes it build again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
)

from macros import hooks, live_reload
from tests.conftest import ROOT


def test_a_port_that_is_taken_is_named_before_the_build() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        served = subprocess.run(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{taken}"],
            cwd=ROOT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=60,
        )
    said = f"cannot serve on 127.0.0.1:{taken}: Address already in use; expected a free port: "
    assert f"{said}make site PORT={taken + 1}" in served.stdout
    assert served.returncode != 0
    assert "Traceback" not in served.stdout
    assert "Serving on" not in served.stdout


def test_a_port_that_does_not_exist_is_named() -> None:
    with pytest.raises(PluginError) as caught:
        hooks._check_port_is_free("127.0.0.1", 99999)
    said = "cannot serve on 127.0.0.1:99999: no such port"
    assert str(caught.value) == f"{said}; expected a free port: make site PORT=8001"


@contextmanager
def watching(folder: Path, built: list[float]) -> Iterator[None]:
    """Watch docs/ and mkdocs.yml of `folder` as `mkdocs serve` does; note when it would build."""
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").touch()
    config = MkDocsConfig(config_file_path=str(folder / "mkdocs.yml"))
    config.docs_dir = str(folder / "docs")

    def build() -> None:
        built.append(time.monotonic())

    server = LiveReloadServer(build, "127.0.0.1", 0, str(folder), polling_interval=0.05)
    server.watch(config.docs_dir)
    server.watch(str(config.config_file_path))
    hooks.on_serve(server, config=config, builder=build)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield
    finally:
        server.shutdown(wait=True)
        thread.join()


def save_until_built(built: list[float], save: Callable[[], object]) -> bool:
    """Save again and again: what is saved before the first look of the observer is not noticed."""
    built.clear()
    end = time.monotonic() + 20
    while not built and time.monotonic() < end:
        save()
        time.sleep(0.2)
    return bool(built)


def test_what_editors_write_beside_a_page_does_not_build_the_site_again(tmp_path: Path) -> None:
    built: list[float] = []
    docs = tmp_path / "docs"
    with watching(tmp_path, built):
        assert save_until_built(built, (docs / "page.md").touch)
        time.sleep(0.5)  # What was saved last is built too.
        built.clear()
        for name in (".page.md.swp", "#page.md#", "page.md~", "4913", ".DS_Store"):
            (docs / name).write_text("x", encoding="utf-8")
        time.sleep(0.6)
        assert not built
        assert save_until_built(built, (docs / "page.md").touch)


@pytest.mark.parametrize(
    ("event", "builds"),
    [
        (FileMovedEvent("docs/.page.md.tmp", "docs/page.md"), True),
        (FileMovedEvent("docs/page.md", "docs/page.md~"), True),
        (FileMovedEvent("docs/4913", "docs/page.md~"), False),
        (FileModifiedEvent("mkdocs.yml"), True),
        (FileDeletedEvent("docs/.page.md.swp"), False),
        (FileDeletedEvent("docs/page.md"), True),
    ],
    ids=str,
)
def test_a_file_that_is_moved_into_or_out_of_its_place_builds_the_site_again(
    event: FileSystemEvent, builds: bool
) -> None:
    """Some editors save beside the file first, and some move the old one away."""
    handlers: list[Any] = []
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, ".")
    observer: Any = SimpleNamespace(
        schedule=lambda handler, path, **_: handlers.append(handler), unschedule=lambda _: None
    )
    server.observer = observer
    config = MkDocsConfig(config_file_path="mkdocs.yml")
    config.docs_dir = "docs"
    server.watch("docs")
    server.watch("mkdocs.yml")
    hooks.on_serve(server, config=config, builder=server.builder)
    handlers[-1].on_any_event(event)
    assert server._want_rebuild is builds
    server.server_close()


@pytest.mark.parametrize("edited", ["check/style.py", "render/templates/page.html.jinja"])
def test_what_was_edited_of_the_package_shows_at_the_next_build(
    edited: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = {"macros": 1, "macros.check": 2, "macroscope": 3}
    monkeypatch.setattr(hooks, "_state", {})
    monkeypatch.setattr(hooks, "sys", SimpleNamespace(modules=modules))
    file = tmp_path / edited
    file.parent.mkdir(parents=True)
    file.touch()
    hooks._reload_if_edited(tmp_path)
    assert modules.keys() == {"macroscope"}
    modules["macros"] = 4
    hooks._reload_if_edited(tmp_path)
    assert "macros" in modules, "nothing was edited: what was imported is kept"
    os.utime(file, (1, 1))
    hooks._reload_if_edited(tmp_path)
    assert "macros" not in modules


def test_what_is_left_of_a_build_is_written_before_the_next_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And without waiting for a browser to fetch the page."""

    class BegunError(Exception):
        pass

    def begin(_: MkDocsConfig) -> None:
        raise BegunError

    written: list[str] = []
    monkeypatch.setattr(live_reload, "TO_FETCH", 10)
    late = live_reload.LateWriting()
    monkeypatch.setattr(hooks, "_state", {"late": late})
    monkeypatch.setattr(hooks, "_root", begin)
    late.begin(lambda: written.append("downloads"))
    assert not written, "the page is shown first"
    started = time.monotonic()
    with pytest.raises(BegunError):
        hooks.on_config(MkDocsConfig())
    assert written == ["downloads"]
    assert time.monotonic() - started < 5
    hooks.on_shutdown()
    assert written == ["downloads"]


def test_what_cannot_be_written_is_named_and_live_reload_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse() -> None:
        raise PluginError("downloads: No space left on device")

    late = live_reload.LateWriting()
    late.begin(refuse)
    late.finish()
    assert [record.getMessage() for record in caplog.records] == [
        "downloads: No space left on device"
    ]
