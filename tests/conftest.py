"""The built sites, each made once for all tests, and a server that shows one under a sub-path."""

from __future__ import annotations

import fcntl
import functools
import gc
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from xdist import is_xdist_worker

from macros.model.question import Playbook
from macros.playbook import read_playbook
from macros.render.renderer import Renderer
from tests.build_site import PLUGIN, Build
from tests.tiny import TINY, copy_of_tiny, real_playbook

ROOT = Path(__file__).resolve().parent.parent
BASE = "/playbook/"
SOURCES = ("docs", "macros", "overrides", "experiments", "mkdocs.yml")
DEPLOYED_AT = f"https://docs.example{BASE}"
# Where a page gets axe from. Its policy allows scripts of the same host alone; and a file is
# compiled once, where half a megabyte that is sent to each page is compiled for each.
AXE = f"{BASE}axe.js"


def build(folder: Path, **environment: str) -> Path:
    """Build the site of this repository into `folder`; its output is the message if that fails."""
    with Build(folder, **environment) as begun:
        return begun.site()


def copy_sources(folder: Path) -> Path:
    """Copy what the site is built from into a new folder; return it."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def make_build(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `make build` in a copy of the sources, as if its environment had just been set up."""
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    for name in ("bin/python", "site.stamp"):
        (folder / "venv" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "venv" / name).touch()
    unset = ("SITE_URL", "REPO_URL")
    inherited = {key: text for key, text in os.environ.items() if key not in unset}
    return subprocess.run(
        ["make", "build", "VENV=venv", f"RUN={sys.executable}"],
        cwd=folder,
        env={**inherited, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under BASE, with the site's own 404 page for everything else."""

    protocol_version = "HTTP/1.1"
    # Else the end of each answer waits 40 ms until the browser has confirmed its beginning.
    disable_nagle_algorithm = True

    def parse_request(self) -> bool:
        # Connections that a browser keeps open would outlive the server.
        if getattr(self.server, "stopped", False):
            self.close_connection = True
            return False
        return super().parse_request()

    def translate_path(self, path: str) -> str:
        if path == AXE:
            return str(files("axe_playwright_python").joinpath("axe.min.js"))
        if not path.startswith(BASE):
            return os.path.join(self.directory, "outside-the-site")
        return super().translate_path(path.removeprefix(BASE[:-1]))

    def end_headers(self) -> None:
        # A site's files do not change while it is served, but a test may put another page in place.
        if not getattr(self, "path", "/").endswith("/"):
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

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


Fill = Callable[[Path], object]
Once = Callable[[str, Fill], Path]


def fill_once(folder: Path, fill: Fill) -> Path:
    """Fill a folder, unless another process of this run does or did: then wait for it.

    Args:
        folder: Where no folder is yet; its parent is that of the run.
        fill: What fills it.

    Returns:
        The folder. Where `fill` failed, each test that asks for it fails with the same message.
    """
    outcome = folder.with_suffix(".outcome")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not outcome.exists():
            folder.mkdir()
            message = f"{folder.name} was not finished"
            try:
                fill(folder)
                message = ""
            except (Exception, pytest.fail.Exception) as error:
                message = str(error) or repr(error)
            finally:
                outcome.write_text(message, encoding="utf-8")
    message = outcome.read_text(encoding="utf-8")
    if message:
        pytest.fail(message)
    return folder


@pytest.fixture(scope="session")
def once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fill a folder once for a whole run. A session fixture alone would do it in each worker."""
    shared = tmp_path_factory.getbasetemp()
    if is_xdist_worker(request):  # The folder of the run holds one for each worker.
        shared = shared.parent
    return lambda name, fill: fill_once(shared / name, fill)


# What takes longest; it begins first, so that no process is left alone with it at the end.
LONGEST = ("test_firefox.py", "test_bench.py", "test_every_page.py")


def pytest_collection_finish() -> None:
    """Let Python look for garbage less often: a tenth of the time of what reads much data."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest tests first, and last what waits for a site that is still being built."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    if config.pluginmanager.has_plugin(PLUGIN):
        items.sort(key=lambda item: "built_site" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def built_site(request: pytest.FixtureRequest, once: Once) -> Path:
    """A build that knows its repository and not its address."""
    under_way = request.config.pluginmanager.get_plugin(PLUGIN)
    if isinstance(under_way, Build):
        return under_way.site()
    return once("built", lambda folder: build(folder / "site")) / "site"


@pytest.fixture(scope="session")
def changed_project(once: Once) -> Path:
    """A copy of the project after all that a contributor may do, and its site.

    The site takes the place of another. It knows its address, which its 404 page needs, and not its
    repository.
    """
    return once("changed", _change_and_build)


def _change_and_build(folder: Path) -> None:
    # This reads the whole playbook, which most tests do not need.
    from tests.contributions import do_it_all, leave_files

    do_it_all(copy_sources(folder))
    leave_files(folder)
    (folder / "site").mkdir()
    (folder / "site/left-over.html").touch()
    made = make_build(folder, SITE_URL=DEPLOYED_AT)
    if made.returncode:
        pytest.fail(f"the changed project does not build:\n{made.stdout}")


@pytest.fixture(scope="session")
def deployed_site(changed_project: Path) -> Path:
    """The site of the changed project."""
    return changed_project / "site"


@pytest.fixture(scope="session")
def deployed_playbook(changed_project: Path) -> Playbook:
    """The data that it is made from."""
    return read_playbook(changed_project)


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The data that the site is made from."""
    return real_playbook()


@pytest.fixture(scope="session")
def tiny() -> Playbook:
    """The tiny playbook."""
    return read_playbook(TINY, TINY)


@pytest.fixture(scope="session")
def tiny_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tiny playbook, in which a file may hold something else for a while."""
    return copy_of_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def renderer(tiny: Playbook) -> Renderer:
    """What the macros of a page call, for the tiny playbook."""
    return Renderer(tiny)


@pytest.fixture(autouse=True)
def off_github(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the tests run on GitHub, commands print what they print anywhere."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture(scope="session")
def server(built_site: Path) -> Iterator[str]:
    """The address of the built site, which is served under a sub-path."""
    with serve(built_site) as address:
        yield address
