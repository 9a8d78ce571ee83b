"""The outside-link check gives the right verdict, is polite, and fails only on what is dead.

Everything is asked of a small server on this computer that misbehaves as told.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from tests import outside_links as outside
from tests.outside_links import Verdict

QUICK = outside.Patience(timeout=0.3, backoff=0.01, longest_wait=1)
DOI = "https://doi.org/10.1002/(SICI)1234-981X(199707)5:3<305::AID-EURO184>3.0.CO;2-4"
# path: (status and headers to answer with, the verdict it must get, what its detail must hold)
CASES: dict[str, tuple[int, dict[str, str], Verdict, str]] = {
    "/fine": (200, {}, "ok", "200"),
    "/today-elsewhere": (302, {"Location": "/fine"}, "ok", "200"),
    "/down-once": (503, {}, "ok", "200"),
    "/moved": (301, {"Location": "/fine"}, "moved", "/fine"),
    "/moved-308": (308, {"Location": "/fine"}, "moved", "/fine"),
    "/moved-then-today": (301, {"Location": "/today-elsewhere"}, "moved", "/today-elsewhere"),
    "/moved-to-nothing": (301, {"Location": "/gone"}, "broken", "404 after redirect to"),
    "/moved-to-private": (301, {"Location": "/private"}, "unsure", "403"),
    "/loop": (302, {"Location": "/loop"}, "broken", "redirect loop"),
    "/gone": (404, {}, "broken", "404"),
    "/gone-for-good": (410, {}, "broken", "410"),
    "/login": (401, {}, "unsure", "401"),
    "/private": (403, {}, "unsure", "403"),
    "/busy": (429, {"Retry-After": "86400"}, "unsure", "429"),
    "/down": (500, {}, "unsure", "500"),
    "/no-location": (300, {}, "unsure", "300"),
    "/bad-retry-after": (503, {"Retry-After": "soon"}, "unsure", "Retry-After"),
    "/silent": (200, {}, "unsure", "timed out"),
    "/reset": (200, {}, "unsure", "Connection aborted"),
}


class Server(ThreadingHTTPServer):
    """Counts what is asked of it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.closing = threading.Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    """Answers as the path says."""

    server: Server

    def do_HEAD(self) -> None:
        self.send_error(405)  # some hosts do

    def do_GET(self) -> None:
        server = self.server
        server.asked[self.path] += 1
        status, headers = CASES[self.path][:2]
        if self.path == "/silent":
            server.closing.wait(10)
        if self.path == "/reset":
            # a linger time of zero makes closing send a reset
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        if self.path == "/down-once" and server.asked[self.path] > 1:
            status = 200
        if "playbook-link-check/" not in self.headers["User-Agent"]:
            status = 400
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test output clean."""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked through a proxy."""
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def server() -> Iterator[Server]:
    """A fresh server that has been asked nothing yet."""
    with Server() as server:
        # looks often whether to stop, or each test would end with a wait of half a second
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


def verdict(url: str) -> tuple[str, str]:
    answer = outside.check([url], patience=QUICK)[url]
    return answer.verdict, answer.detail


def run(file: Path, text: str, *options: str) -> int:
    file.write_text(text, "utf-8")
    quick = ["--allow-local", "--timeout", "0.3", "--longest-wait", "1"]
    return outside.main(["--docs", str(file), *quick, *options])


def test_an_answer_gets_its_verdict_and_is_asked_for_no_oftener_than_helps(
    server: Server, subtests: pytest.Subtests
) -> None:
    start = time.monotonic()
    answers = outside.check(map(server.url, CASES), patience=QUICK)
    # A host that wants to be left alone for a day cannot hold us up.
    assert time.monotonic() - start < 60
    for path, (_, _, expected, detail) in CASES.items():
        answer = answers[server.url(path)]
        with subtests.test(path):
            assert answer.verdict == expected, answer.detail
            exact = detail.isdigit()
            assert answer.detail == detail if exact else detail in answer.detail
    assert [server.asked[path] for path in ("/gone-for-good", "/down", "/loop")] == [1, 3, 11]


def test_a_refused_connection_is_unsure(server: Server) -> None:
    assert verdict("http://127.0.0.1:1/")[0] == "unsure"


@pytest.mark.parametrize(("name", "expected"), [("EAI_NONAME", "broken"), ("EAI_AGAIN", "unsure")])
def test_an_unknown_host_is_dead_but_not_for_want_of_network(
    monkeypatch: pytest.MonkeyPatch, name: str, expected: str
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror(getattr(socket, name), "said the resolver")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert verdict("https://no-such-host.test/")[0] == expected


@pytest.mark.parametrize("url", ["http://[x", "https://a..b/", "http://elsewhere.test:port/"])
def test_an_address_nobody_can_read_is_broken(url: str) -> None:
    found, why = verdict(url)
    assert (found, "not a valid address" in why) == ("broken", True), why


def test_one_at_a_time_of_a_host_and_four_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = threading.Lock()
    now: Counter[str] = Counter()
    seen: list[Counter[str]] = []

    def slow(_: requests.Session, url: str, **__: Any) -> None:
        host = url.split("/")[2]
        with lock:
            now[host] += 1
            seen.append(+now)
        time.sleep(0.03)
        with lock:
            now[host] -= 1
        raise requests.Timeout

    monkeypatch.setattr(requests.Session, "get", slow)
    outside.check(f"https://host-{host}.test/{page}" for host in range(6) for page in range(3))
    assert len(seen) == 18
    assert max(max(hosts.values()) for hosts in seen) == 1
    assert 1 < max(len(hosts) for hosts in seen) <= 4


def test_the_report_says_where_what_and_how_many(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    fine, moved, gone = (server.url(path) for path in ("/fine", "/moved", "/gone"))
    assert run(page, f"# Page\n<{fine}>\n[a]({gone}#part) [b]({moved})\n\n{gone}.\n") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{page}:3: broken: {gone}: 404 (also {page}:5)",
        f"{page}:3: moved: {moved}: now at {fine}",
        "3 links: 1 ok, 1 moved, 0 unsure, 1 broken (0 answers from the cache)",
    ]


def test_what_is_not_dead_for_certain_fails_nothing(server: Server, tmp_path: Path) -> None:
    fine = " ".join(server.url(path) for path in ("/fine", "/moved", "/private"))
    assert run(tmp_path / "page.md", fine) == 0


def test_a_second_run_takes_its_answers_from_the_cache(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, cache = f"{server.url('/fine')} {server.url('/gone')}", f"--cache={tmp_path}/cache.json"
    assert [run(tmp_path / "page.md", text, cache) for _ in range(2)] == [1, 1]
    assert server.asked == {"/fine": 1, "/gone": 1}
    assert capsys.readouterr().out.endswith("1 broken (2 answers from the cache)\n")


@pytest.mark.parametrize("kind", outside.LIFETIME)
def test_an_answer_is_asked_again_when_its_time_is_over(server: Server, kind: Verdict) -> None:
    url, life = server.url("/fine"), outside.LIFETIME[kind]
    for age, asked in ((life - 60, 0), (life + 60, 1), (-3600, 2)):
        outside.check([url], {url: outside.Answer(kind, "", time.time() - age)})
        assert server.asked["/fine"] == asked


def test_an_unusable_cache_is_no_cache(tmp_path: Path) -> None:
    cache = tmp_path / "cache.json"
    for text in ("{", "[]", '{"a": 1}', '{"a": {}}', '{"a": {"verdict": "", "asked": 0}}'):
        cache.write_text(text, "utf-8")
        assert outside.read_cache(cache) == {}


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        (f"[a]({DOI})", DOI),
        (f"[a](<{DOI}>)", DOI),
        (f'doi: "{DOI}"  # why', DOI),
        (f"See {DOI}, or <{DOI}>.", f"{DOI} {DOI}"),
        (f'<a href="{DOI}">a</a>', DOI),
        ("[a](https://a.dev/b_(c)), (https://b.dev/d).", "https://a.dev/b_(c) https://b.dev/d"),
        ("[https://a.dev](https://b.dev 'Title')", "https://a.dev https://b.dev"),
        ("{a: 'https://a.dev','b': https://b.dev}", "https://a.dev https://b.dev"),
        ("**https://a.dev**, `https://b.dev`!", "https://a.dev https://b.dev"),
        ("https://a.dev|https://b.dev<br>", "https://a.dev https://b.dev"),
        ("https://a.dev(see below)", "https://a.dev"),
        ("https://archive.dev/https://a.dev/", "https://archive.dev/https://a.dev/"),
        ("https://a.dev/?b=1&amp;c=2", "https://a.dev/?b=1&c=2"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
        ("https://a.dev/{{ b }}/ https://a.dev/<owner>/ https://a.dev/$B https://a.dev/…", ""),
        ("https:// https://… https://{host}/ https://<host>/ git@a.dev:b", ""),
    ],
)
def test_an_address_is_cut_out_of_its_text(text: str, urls: str) -> None:
    assert list(outside.find_urls(f"\n{text}\n")) == [(2, url) for url in urls.split()]


def test_markdown_and_data_files_are_searched_but_no_made_up_hosts(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sources.yml").write_text("a: https://a.dev/b#c\n", "utf-8")
    (tmp_path / "a.md").write_text("https://www.example.org http://localhost:8000/\n", "utf-8")
    (tmp_path / "b.md").write_text("https://a.test http://127.0.0.1/ https://a.dev/b", "utf-8")
    (tmp_path / "c.js").write_text("https://c.dev/", "utf-8")
    places = [f"{tmp_path}/b.md:1", f"{tmp_path}/data/sources.yml:1"]
    assert outside.collect([tmp_path]) == {"https://a.dev/b": places}
    local = ["http://localhost:8000/", "http://127.0.0.1/"]
    assert list(outside.collect([tmp_path], allow_local=True)) == [*local, "https://a.dev/b"]


@pytest.mark.parametrize("arguments", [["--docs", "no-such-file.md"], []])
def test_having_nothing_to_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        outside.main(arguments)
    assert stop.value.code == 2
