"""Ask every link that leads out of this project whether it still answers.

    python -m tests.outside_links [--docs PATH ...] [--cache FILE]

Not a test: the world outside changes on its own days, so a dead link elsewhere must never stop
somebody's work here. Run it on a schedule. Only what is surely dead ("broken") fails; a site that
turns scripts away or is down today is "unsure", and a link that moved for good still works.
"""

from __future__ import annotations

import argparse
import json
import re
import socket
import textwrap
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import LocationParseError, NameResolutionError
from urllib3.util import Retry

Verdict = Literal["ok", "moved", "broken", "unsure"]

DEFAULT_PLACES = ("README.md", "CONTRIBUTING.md", "MAINTENANCE.md", "CHANGELOG.md", "docs")
USER_AGENT = "playbook-link-check/1.0 (asks whether the links in our documentation still work)"
AT_ONCE = 4
RETRIES = 2
MOST_REDIRECTS = 10

HOUR = 3600
# A weekly run asks everything again; a second run soon after only what was not well.
LIFETIME: dict[Verdict, int] = {
    "ok": 6 * 24 * HOUR,
    "moved": 24 * HOUR,
    "unsure": 6 * HOUR,
    "broken": HOUR,
}

_START = re.compile(r"https?://(?=[\w\[])", re.IGNORECASE)
_PAIRS = {"(": ")", "[": "]", "<": ">", "{": "}"}
_NEVER_IN_A_URL = set('"`|\\^“”‘’«»')
_TRAILING = ".,;:!?'*_~"
# Some DOIs hold <305::AID-EURO184>; any other "<" after an address starts a tag or ends a template.
_DOI_ANGLE = re.compile(r"<\d[^<>\s]*>")
_PLACEHOLDER = re.compile(r"\{|\$[A-Za-z(]|…|\.{3}|<(?!br\b)[A-Za-z][\w -]*>")
_EXAMPLE_HOST = re.compile(r"(.+\.)?(example(\.(com|net|org))?|invalid|test)")
_LOCAL_HOST = re.compile(r"(.+\.)?localhost|127(\.\d+){3}|0\.0\.0\.0|::1")


@dataclass(frozen=True)
class Answer:
    """What became of one link, why, and when it was asked (seconds since 1970)."""

    verdict: Verdict
    detail: str
    asked: float


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: for an answer, and between two tries at most."""

    timeout: float = 15.0
    backoff: float = 1.0
    longest_wait: int = 20


def find_urls(text: str) -> Iterator[tuple[int, str]]:
    """Find the http(s) addresses in Markdown, YAML or HTML text.

    In: the text. Out: (line number, address) pairs in order, without what belongs to the text
    around them (brackets, quotes, the full stop of a sentence) and without those that hold a
    template placeholder. Raises nothing.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        position = 0
        while match := _START.search(line, position):
            start = match.start()
            position, is_whole = _end_of_url(line, start)
            if is_whole:
                yield number, line[start:position].rstrip(_TRAILING).replace("&amp;", "&")


def _end_of_url(line: str, start: int) -> tuple[int, bool]:
    """Where the address that starts at `start` ends, and whether it is free of placeholders."""
    quote = "'" if line[:start].endswith("'") else None
    opened: list[tuple[str, int]] = []
    index = start
    for index, char in enumerate(line[start:], start):
        if _PLACEHOLDER.match(line, index):
            return index + 1, False
        if char.isspace() or char in _NEVER_IN_A_URL or char == quote:
            break
        if char == "<" and not _DOI_ANGLE.match(line, index):
            break
        if char in _PAIRS:
            opened.append((_PAIRS[char], index))
        elif char in _PAIRS.values() and (not opened or opened.pop()[0] != char):
            break  # it closes a bracket that stands before the address
    else:
        index = len(line)
    # A bracket left open belongs to the sentence: "https://elsewhere.test(see below)".
    return (opened[0][1] if opened else index), True


def collect(places: Iterable[Path], allow_local: bool = False) -> dict[str, list[str]]:
    """Gather the outside links of some files.

    In: files, and directories to search for Markdown and YAML files; whether to keep links to this
    very computer. Out: for each address (without its #fragment) where it stands, as "file:line".
    Raises OSError or UnicodeDecodeError if a file cannot be read.
    """
    found: dict[str, list[str]] = {}
    for place in places:
        inside = (f for f in sorted(place.rglob("*")) if f.suffix in (".md", ".yml"))
        for file in inside if place.is_dir() else [place]:
            for line, url in find_urls(file.read_text(encoding="utf-8")):
                if not _is_skipped(url, allow_local):
                    found.setdefault(urldefrag(url)[0], []).append(f"{file.as_posix()}:{line}")
    return found


def _is_skipped(url: str, allow_local: bool) -> bool:
    host = _host(url)
    if _LOCAL_HOST.fullmatch(host):
        return not allow_local
    return _EXAMPLE_HOST.fullmatch(host) is not None


def _host(url: str, with_port: bool = False) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""  # asking will say that it is no valid address
    return (parts.netloc if with_port else parts.hostname or "").lower()


def check(
    urls: Iterable[str], cache: dict[str, Answer] | None = None, patience: Patience | None = None
) -> dict[str, Answer]:
    """Ask each address once, some at the same time but never two of one host.

    In: the addresses; answers of earlier runs, taken instead of asking while they are fresh; how
    long to wait. Out: an answer for each address. Raises nothing that a link could cause.
    """
    answers: dict[str, Answer] = {}
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        known = (cache or {}).get(url)
        if known and _is_fresh(known):
            answers[url] = known
        else:
            by_host[_host(url, with_port=True)].append(url)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for some in pool.map(partial(_ask_host, patience or Patience()), by_host.values()):
            answers.update(some)
    return answers


def _is_fresh(answer: Answer) -> bool:
    return 0 <= time.time() - answer.asked < LIFETIME[answer.verdict]


def _ask_host(patience: Patience, urls: list[str]) -> dict[str, Answer]:
    retry = Retry(
        total=RETRIES,
        status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods={"GET"},
        backoff_factor=patience.backoff,
        backoff_max=patience.longest_wait,
        # Without this cap a "Retry-After: 86400" would keep us for a day.
        retry_after_max=patience.longest_wait,
        respect_retry_after_header=True,
        raise_on_status=False,
    )
    with requests.Session() as session:
        session.headers["User-Agent"] = USER_AGENT
        session.max_redirects = MOST_REDIRECTS
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=retry))
        return {url: _ask(session, url, patience.timeout) for url in urls}


def _ask(session: requests.Session, url: str, timeout: float) -> Answer:
    try:
        # GET, since some hosts refuse HEAD; streamed, since only the first line matters.
        with session.get(url, stream=True, timeout=timeout) as response:
            verdict, detail = _judge(url, response)
    except requests.TooManyRedirects:
        verdict, detail = "broken", f"redirect loop (more than {MOST_REDIRECTS})"
    except (requests.exceptions.InvalidURL, LocationParseError) as error:
        verdict, detail = "broken", f"not a valid address: {error}"
    except requests.RequestException as error:
        verdict, detail = _judge_failure(error)
    return Answer(verdict, detail, time.time())


def _judge(url: str, response: requests.Response) -> tuple[Verdict, str]:
    status = response.status_code
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        after = f" after redirect to {response.url}" if response.history else ""
        return "broken", f"{status}{after}"
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return "unsure", str(status)
    # Follow the moves that are for good, up to the first that is only for today.
    new = url
    for hop, following in pairwise([*response.history, response]):
        if not hop.is_permanent_redirect:
            break
        new = following.url
    return ("ok", str(status)) if new == url else ("moved", f"now at {new}")


def _judge_failure(error: requests.RequestException) -> tuple[Verdict, str]:
    # The client wraps the cause twice: ConnectionError(MaxRetryError(reason=the cause)).
    cause = error.args[0] if error.args else error
    cause = getattr(cause, "reason", cause)
    if isinstance(cause, NameResolutionError) and _is_unknown_name(cause.__cause__):
        return "broken", "no such host"
    return "unsure", textwrap.shorten(f"{type(cause).__name__}: {cause}", 200)


def _is_unknown_name(error: BaseException | None) -> bool:
    # "Try again later" (EAI_AGAIN) is what a computer that is offline says of every name.
    return isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN


def read_cache(file: Path) -> dict[str, Answer]:
    """Read the answers of earlier runs.

    In: the file. Out: the answers by address; none if the file is missing or unusable, since a
    cache may be thrown away at any time. Raises nothing but OSError for an unreadable file.
    """
    try:
        return {
            url: Answer(entry["verdict"], str(entry["detail"]), float(entry["asked"]))
            for url, entry in json.loads(file.read_text("utf-8")).items()
            if entry["verdict"] in LIFETIME
        }
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def write_cache(file: Path, answers: dict[str, Answer]) -> None:
    """Write answers for the next run, but for the stale. In: file, answers. Raises OSError."""
    entries = {url: asdict(answer) for url, answer in sorted(answers.items()) if _is_fresh(answer)}
    file.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Check the links and print what is not well.

    In: the command line. Out: 1 if a link is broken, else 0. Raises SystemExit(2) for a wrong
    command line.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.outside_links", description=__doc__)
    parser.add_argument("--docs", nargs="+", type=Path, metavar="PATH", help="files, directories")
    parser.add_argument("--cache", type=Path, metavar="FILE", help="keep answers between runs")
    parser.add_argument("--allow-local", action="store_true", help="ask this computer too")
    parser.add_argument("--timeout", type=float, default=Patience.timeout, metavar="S")
    parser.add_argument("--longest-wait", type=int, default=Patience.longest_wait, metavar="S")
    args = parser.parse_args(argv)
    places = args.docs or [Path(place) for place in DEFAULT_PLACES if Path(place).exists()]
    if missing := [str(place) for place in places if not place.exists()]:
        parser.error(f"no such file or directory: {', '.join(missing)}")
    if not places:
        parser.error("nothing to read here: run it from the top of the project or give --docs")
    links = collect(places, args.allow_local)
    cache = read_cache(args.cache) if args.cache else {}
    answers = check(links, cache, Patience(args.timeout, longest_wait=args.longest_wait))
    if args.cache:
        write_cache(args.cache, cache | answers)
    for url, where in links.items():
        if (answer := answers[url]).verdict != "ok":
            also = f" (also {', '.join(where[1:])})" if where[1:] else ""
            print(f"{where[0]}: {answer.verdict}: {url}: {answer.detail}{also}")
    count = Counter(answer.verdict for answer in answers.values())
    parts = [f"{count[verdict]} {verdict}" for verdict in LIFETIME]
    reused = sum(cache.get(url) is answer for url, answer in answers.items())
    print(f"{len(links)} links: {', '.join(parts)} ({reused} answers from the cache)")
    return 1 if count["broken"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
