"""The built site, made once for all tests, and a server that shows it as a project site does."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from macros.model.question import Playbook
from macros.playbook import read_playbook

ROOT = Path(__file__).resolve().parent.parent
BASE = "/playbook/"
SOURCES = ("docs", "macros", "overrides", "experiments", "mkdocs.yml")
REPO_URL = "https://forge.example/team/playbook"


def build(folder: Path, **environment: str) -> Path:
    """Build the site of this repository into `folder`; its output is the message if that fails."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_BRANCH")}
    made = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**inherited, "NO_MKDOCS_2_WARNING": "1", "REPO_URL": REPO_URL, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.fail(f"the site does not build (exit code {made.returncode}):\n{made.stdout}")
    return folder


def copy_sources(folder: Path) -> Path:
    """Copy what the site is built from into a new folder; return it."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under BASE, with the site's own 404 page for everything else."""

    protocol_version = "HTTP/1.1"

    def parse_request(self) -> bool:
        # Connections that a browser keeps open would outlive the server.
        if getattr(self.server, "stopped", False):
            self.close_connection = True
            return False
        return super().parse_request()

    def translate_path(self, path: str) -> str:
        if not path.startswith(BASE):
            return os.path.join(self.directory, "outside-the-site")
        return super().translate_path(path.removeprefix(BASE[:-1]))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what the tests need to know, they ask the browser."""


class _Server(http.server.ThreadingHTTPServer):
    stopped = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # A reader who left is no fault.
            super().handle_error(request, client_address)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve `folder` under a sub-path of a free port; yields the site's address, with its slash."""
    handler = functools.partial(_Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{BASE}"
        finally:
            server.stopped = True
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The data that the site is made from."""
    return read_playbook(ROOT)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built once for all tests of a run."""
    return build(tmp_path_factory.mktemp("built") / "site")


@pytest.fixture(scope="session")
def server(built_site: Path) -> Iterator[str]:
    """The address of the built site, which is served under a sub-path."""
    with serve(built_site) as address:
        yield address
