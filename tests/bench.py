"""`make bench`: every figure that has a budget, with the budget beside it.

What is over is said and is no failure; what could not be measured is one. With --short each figure
is taken once, and from little, to see that measuring works.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import posixpath
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from macros.model.question import Playbook, Role
from macros.playbook import read_playbook
from tests.conftest import copy_sources

KB = 1024
RUNS = 5
SIZES = (1_000, 5_000)
SHORT_SIZES = (150, 300)
PATIENCE = 120
"""Seconds after which a server that shows nothing counts as broken."""


# At first, for each kind of page: kilobytes and requests.
BUDGETS = {"reading page": (30, 8), "question": (15, 8), "worksheet": (75, 14)}
ASKED_BY_PAGE = re.compile(r'<(?:script|img|link rel="stylesheet")[^>]*? (?:src|href)="([^"]+)"')
IMPORT = re.compile(r'(?:\bfrom|\bimport)\s*"(\.[^"]+)"')
LATER_IMPORT = re.compile(r'\bimport\(\s*"(\.[^"]+)"')
SEARCH = "assets/search/search.js"


@dataclass(frozen=True)
class Page:
    """A page of the built site, and the compressed size of each file that it fetches."""

    name: str
    sizes: dict[str, int]

    def weight(self, ending: str = "") -> int:
        """Return the bytes of all its files, or of those with an ending."""
        return sum(size for name, size in self.sizes.items() if name.endswith(ending))


@dataclass(frozen=True)
class Figure:
    """One measurement, and at most how much it may be, where there is a budget."""

    what: str
    value: float
    unit: str
    most: float | None = None

    @property
    def over(self) -> bool:
        """Whether it is more than its budget."""
        return self.most is not None and self.value > self.most

    def __str__(self) -> str:
        shown = f"{self.value:8.2f} {self.unit:9}"
        bound = f"at most {self.most:g}" if self.most is not None else "no budget"
        return f"{self.what:58}{shown}{bound}{'  OVER' if self.over else ''}"


class NotMeasuredError(Exception):
    """Something that was to be measured did not work. The text says what."""


def main(arguments: list[str] | None = None) -> int:
    """Print every figure as it is taken, then those over their budget.

    Args:
        arguments: The command line; that of this program where it is left out.

    Returns:
        0 where everything was measured, over budget or not; else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--short", action="store_true", help="once, and from little: seconds")
    short = parser.parse_args(arguments).short
    figures = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            work = copy_sources(Path(folder) / "playbook")
            print(
                f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} jobs waiting or running already"
            )
            for figure in measure(work, short):
                print(figure, flush=True)
                figures.append(figure)
    except NotMeasuredError as error:
        print(f"not measured: {error}", file=sys.stderr)
        return 1
    over = [figure.what for figure in figures if figure.over]
    print(f"\n{len(over)} of {len(figures)} over budget{':' if over else ''} {'; '.join(over)}")
    print("Layout shift, typing and Lighthouse need a browser and are not measured here.")
    return 0


def measure(work: Path, short: bool) -> Iterator[Figure]:
    """Take every figure from a copy of the sources, the light ones first."""
    runs = 1 if short else RUNS
    yield Figure("data check", median(lambda: check(work), runs), "s", 0.5)
    seconds = median(lambda: build(work), runs)
    pages = sum(1 for _ in (work / "site").rglob("*.html"))
    yield Figure(f"clean build, {pages} pages", seconds, "s")
    yield Figure("clean build", 1000 * seconds / pages, "ms/page", 25)
    yield from weigh(work)
    with served(work) as address:
        seconds = median(lambda: edit_and_wait(work, address), runs)
    yield Figure("edit of a question until it shows under live reload", seconds, "s", 1.5)
    few, many = SHORT_SIZES if short else SIZES
    multiply(work, few)
    first = median(lambda: check(work), runs)
    yield Figure(f"data check, {few:,} questions", first, "s", None if short else 2)
    if not short:
        seconds = median(lambda: build(work), 1)
        pages = sum(1 for _ in (work / "site").rglob("*.html"))
        yield Figure(f"clean build, {few:,} questions", 1000 * seconds / pages, "ms/page", 25)
    multiply(work, many)
    second = median(lambda: check(work), runs)
    yield Figure(f"data check, {many:,} questions", second, "s")
    name = f"the same, against {few:,} questions (linear: {many // few})"
    yield Figure(name, second / first, "times", 1.1 * many / few)


def median(job: Callable[[], None], runs: int) -> float:
    """Return the middle of several wall-clock times of `job`, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def build(folder: Path) -> None:
    """Build the site of `folder` into its site/."""
    run(folder, "mkdocs", "build", "--no-strict")


def check(folder: Path) -> None:
    """Run the data check of `folder`."""
    run(folder, "macros", "check")


def run(folder: Path, *command: str) -> None:
    """Run a Python module in `folder`.

    Raises:
        NotMeasuredError: It failed; the text holds the end of what it printed.
    """
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=surroundings(),
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise NotMeasuredError(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}")


def surroundings() -> dict[str, str]:
    """Return the environment of a build that knows no address, as on a contributor's machine."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL")}
    return {**inherited, "NO_MKDOCS_2_WARNING": "1"}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the site of `folder` with live reload; yields its address once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = ["mkdocs", "serve", "--livereload", "--no-strict", "--dev-addr", f"127.0.0.1:{port}"]
    log = folder / "serve.log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env=surroundings(),
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        address = f"http://127.0.0.1:{port}/"
        try:
            wait_for(lambda: server.poll() is not None or bool(fetch(address)), "mkdocs serve")
            if server.poll() is not None:
                raise NotMeasuredError(f"mkdocs serve ended:\n{log.read_text()[-3000:]}")
            yield address
        finally:
            server.terminate()


def edit_and_wait(folder: Path, address: str) -> None:
    """Change the title of a question, and wait until the page at its permanent address shows it."""
    playbook = read_playbook(folder)
    question = playbook.questions[0]
    file = folder / playbook.places[question.id].file
    old = file.read_text(encoding="utf-8")
    title = f"Title {time.time_ns() % 1_000_000}"
    start = old.index(f"- id: {question.id}\n")
    new = re.sub(r"^  title: .*$", f"  title: {title}", old[start:], count=1, flags=re.MULTILINE)
    file.write_text(old[:start] + new, encoding="utf-8")
    page = f"{address}q/{question.id}/"
    wait_for(lambda: title in fetch(page), f"an edit of '{question.id}' at {page}")


def fetch(address: str) -> str:
    """Return what stands at an address, or nothing while a server is busy or not yet there."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode())
    except (OSError, http.client.HTTPException):
        return ""


def wait_for(happened: Callable[[], bool], what: str) -> None:
    """Wait until something happened. Raises NotMeasuredError where it never does."""
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            raise NotMeasuredError(f"{what}: nothing came in {PATIENCE} seconds")
        time.sleep(0.02)


def weigh(work: Path) -> Iterator[Figure]:
    """Yield what the heaviest page of each kind asks for by itself, and what search adds.

    From the built files: what a page and its modules name is followed. Search is left to readers
    who turn to it, so what only its script fetches is not counted.
    """
    site, assets = work / "site", work / "docs/assets"
    kinds: dict[str, list[Page]] = {kind: [] for kind in BUDGETS}
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' not in text:  # Such a page leads on at once.
            name = path.relative_to(site).as_posix()
            worksheet = "data-worksheet" in text
            kind = "worksheet" if worksheet else "question" if name[:2] == "q/" else "reading page"
            kinds[kind].append(Page(name, asked_for(site, name, text, with_later=worksheet)))
    for kind, pages in kinds.items():
        if pages:
            most, requests = BUDGETS[kind]
            page = max(pages, key=lambda page: page.weight())
            yield Figure(f"heaviest {kind} ({page.name})", page.weight() / KB, "KB", most)
            page = max(pages, key=lambda page: len(page.sizes))
            yield Figure(f"requests of a {kind} ({page.name})", len(page.sizes), "", requests)
    every = [page for pages in kinds.values() for page in pages]
    page = max(every, key=lambda page: page.weight(".css"))
    yield Figure(f"our own CSS ({page.name})", page.weight(".css") / KB, "KB", 8)
    scripts = {path.relative_to(assets): compressed(path) for path in assets.rglob("*.js")}
    ours = {path: size for path, size in scripts.items() if "vendor" not in path.parts}
    script = max(ours, key=lambda path: ours[path])
    yield Figure(f"heaviest script ({script})", ours[script] / KB, "KB", 12)
    yield Figure("search index", compressed(site / "search/search_index.json") / KB, "KB", 130)


def asked_for(site: Path, name: str, text: str, with_later: bool) -> dict[str, int]:
    """Return what a page fetches by itself, each with its compressed size.

    Args:
        site: The built site.
        name: The page's file in it.
        text: What it holds.
        with_later: Whether to count modules that its scripts import once they run.
    """
    text = re.sub(r"<noscript>.*?</noscript>", "", text, flags=re.DOTALL)
    found = {name: compressed(site / name)}
    waiting = [(name, address) for address in ASKED_BY_PAGE.findall(text)]
    while waiting:
        by, address = waiting.pop()
        file = posixpath.normpath(posixpath.join("/", posixpath.dirname(by), address))[1:]
        if ":" in address or file in found:
            continue
        found[file] = compressed(site / file)
        if file.endswith(".js"):
            code = (site / file).read_text(encoding="utf-8")
            waiting += [(file, each) for each in IMPORT.findall(code)]
            if with_later and file != SEARCH:
                waiting += [(file, each) for each in LATER_IMPORT.findall(code)]
    return found


def compressed(file: Path) -> int:
    """Return how many bytes a file has as a server sends it."""
    return len(gzip.compress(file.read_bytes(), 9))


def multiply(folder: Path, total: int) -> None:
    """Add made-up questions to each role until the playbook of `folder` has `total`.

    They keep every rule of the data, so their words are those of the real ones, in another order.
    """
    playbook = read_playbook(folder)
    chance = random.Random(total)
    words = plain_words(playbook)
    roles = playbook.vocabulary.roles
    for number in range(len(playbook.questions), total):
        role = roles[number % len(roles)]
        made = made_up(
            playbook, role, number, lambda count: some_words(playbook, words, chance, count)
        )
        path = folder / f"docs/data/questions/{role.id}/made-up-{number}.yml"
        path.write_text(yaml.safe_dump(made, sort_keys=False, allow_unicode=True), "utf-8")


def plain_words(playbook: Playbook) -> list[str]:
    """Return the words of the real questions that a made-up one may hold anywhere."""
    texts = " ".join(f"{question.ask} {question.why}" for question in playbook.live)
    words = sorted(set(re.findall(r"\b[a-z]{3,}\b", texts)))
    return [word for word in words if not any(list_.found_in(word) for list_ in playbook.wordings)]


def some_words(playbook: Playbook, words: list[str], chance: random.Random, count: int) -> str:
    """Return so many words, of which no two make up a phrase that the rules refuse."""
    while True:
        text = " ".join(chance.sample(words, count))
        if not any(list_.found_in(text) for list_ in playbook.wordings):
            return text


def made_up(
    playbook: Playbook, role: Role, number: int, say: Callable[[int], str]
) -> dict[str, object]:
    """Return the fields of a question that nobody asks."""
    titles = [title.id for title in playbook.vocabulary.job_titles if title.role == role.id]
    stages = [stage.id for stage in playbook.vocabulary.stages]
    priorities = [each.id for each in playbook.vocabulary.priorities if each.id != "must"]
    return {
        "title": f"{say(1).capitalize()} {say(1)} {number}"[-40:],
        "ask": f"Which {say(12)}?",
        "why": f"The {say(14)}. The {say(12)}.",
        "good_answer": f"The {say(14)}. The {say(12)}.",
        "warning_sign": f"The {say(12)}.",
        "evidence": f"The {say(6)}.",
        "search_phrases": [say(3), say(4), say(5)],
        "job_titles": titles[:1],
        "stage": stages[number % len(stages)],
        "priority": priorities[0],
        "needs": [playbook.questions[0].id] if number % 3 == 0 else [],
        "since": "2026-11-23",
    }


if __name__ == "__main__":
    sys.exit(main())
