"""`make bench`: every figure that has a budget, with the budget beside it.

What is over is said and is no failure; what could not be measured is one. With --short each figure
is taken once, and from little, to see that measuring works. With --tests the times of `make check`
and `make test` are taken too.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import random
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from macros.model.question import Playbook, Role
from macros.model.word_list import any_word
from macros.playbook import read_playbook
from tests.bench_figures import KB, Figure, NotMeasuredError
from tests.bench_pages import in_browser
from tests.conftest import ROOT, copy_sources

RUNS = 3
SIZES = (1_000, 5_000)
A_FEW_MORE = 10
"""So many questions are made up for the short form, which says nothing of growth."""
PATIENCE = 120
"""Seconds after which a server that shows nothing counts as broken."""


def main(arguments: list[str] | None = None) -> int:
    """Print every figure as it is taken, then those over their budget.

    Args:
        arguments: The command line; that of this program where it is left out.

    Returns:
        0 where everything was measured, over budget or not; else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--short", action="store_true", help="once, and from little: seconds")
    parser.add_argument("--tests", action="store_true", help="time make check and make test too")
    options = parser.parse_args(arguments)
    figures = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            work = copy_sources(Path(folder) / "playbook")
            print(
                f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} jobs waiting or running already"
            )
            for figure in measure(work, options.short, options.tests):
                print(figure, flush=True)
                figures.append(figure)
    except NotMeasuredError as error:
        print(f"not measured: {error}", file=sys.stderr)
        return 1
    over = [figure.what for figure in figures if figure.over]
    print(f"\n{len(over)} of {len(figures)} over budget{':' if over else ''} {'; '.join(over)}")
    return 0


def measure(work: Path, short: bool, tests: bool = False) -> Iterator[Figure]:
    """Take every figure from a copy of the sources, the light ones first."""
    runs = 1 if short else RUNS
    if tests:
        yield Figure("make check", median(lambda: make("check"), runs), "s", 10)
        yield Figure("make test", median(lambda: make("test"), 1), "s", 240)
    playbook = read_playbook(work)
    seconds = median(lambda: check(work), runs, processor_time)
    yield Figure("data check", seconds, "s", 0.5)
    builds = [(yield from built("clean build", work, runs))]
    yield from weigh_files(work)
    yield from in_browser(work / "site", playbook, short)
    copy = copy_sources(work.with_name("edited"))
    if short:
        leave_few_pages(copy)
    with served(copy) as address:
        edited = median(lambda: edit_and_wait(copy, playbook, address), runs)
    yield Figure("edit of a question until it shows under live reload", edited, "s", 1.5)
    sizes, checks = [len(playbook.questions)], [seconds]
    for total in (sizes[0] + A_FEW_MORE,) if short else SIZES:
        add_questions(work, playbook, range(sizes[-1], total))
        sizes.append(total)
        checks.append(median(lambda: check(work), runs, processor_time))
        most = 2 if total == SIZES[0] else None
        yield Figure(f"data check, {total:,} questions", checks[-1], "s", most)
        if not short:
            builds.append((yield from built(f"clean build, {total:,} questions", work, 1)))
    if not short:
        yield growth("data check", sizes, checks)
        yield growth("clean build", sizes, builds)


def growth(name: str, sizes: list[int], seconds: list[float]) -> Figure:
    """Return what a question more costs among many, in times of what it costs among few.

    Where that is once, the time grows linearly.

    Args:
        name: What is timed.
        sizes: How many questions there are, at three times.
        seconds: How long it takes with so many.
    """
    few, many = (
        (seconds[end] - seconds[end - 1]) / (sizes[end] - sizes[end - 1]) for end in (1, 2)
    )
    asked = f"a question more, up to {sizes[2]:,} against up to {sizes[1]:,}"
    return Figure(f"{name}: {asked}", many / few, "times", 1.2)


def built(name: str, work: Path, runs: int) -> Generator[Figure, None, float]:
    """Build the site of `work`; yield how long that takes, in all and a page, and return it."""
    seconds = median(lambda: build(work), runs, processor_time)
    pages = sum(1 for _ in (work / "site").rglob("*.html"))
    yield Figure(f"{name}: {pages:,} pages", seconds, "s")
    yield Figure(f"{name}, a page", 1000 * seconds / pages, "ms", 25)
    return seconds


def weigh_files(work: Path) -> Iterator[Figure]:
    """Yield what needs no browser to be weighed: the heaviest script, and the search index."""
    assets = work / "docs/assets"
    script = max(assets.rglob("*.js"), key=compressed)
    name = f"heaviest script ({script.relative_to(assets)})"
    yield Figure(name, compressed(script) / KB, "KB", 12)
    index = work / "site/search/index.json"
    yield Figure("search index", compressed(index) / KB, "KB", 130)


def compressed(file: Path) -> int:
    """Return how many bytes a file has as a server sends it."""
    return len(gzip.compress(file.read_bytes(), 9))


def make(target: str) -> None:
    """Make a target of this very project."""
    execute(ROOT, "make", target)


def median(
    job: Callable[[], None], runs: int, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return the middle of several times of `job`, in seconds of a clock."""
    times = []
    for _ in range(runs):
        start = clock()
        job()
        times.append(clock() - start)
    return statistics.median(times)


def processor_time() -> float:
    """Return the processor seconds of all programs that were run from here and have ended.

    What uses one core for as long as it runs is measured by this clock, because a busy machine does
    not change it.
    """
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def build(folder: Path) -> None:
    """Build the site of `folder` into its site/, with nothing kept from the last build."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    run(folder, "mkdocs", "build", "--no-strict")


def check(folder: Path) -> None:
    """Run the data check of `folder`."""
    run(folder, "macros", "check")


def run(folder: Path, *command: str) -> None:
    """Run a Python module in `folder`."""
    execute(folder, sys.executable, "-m", *command)


def execute(folder: Path, *command: str) -> None:
    """Run a command in `folder`.

    Raises:
        NotMeasuredError: It failed; the text holds the end of what it printed.
    """
    done = subprocess.run(
        command,
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
    """Return a contributor's environment: no address, and Python keeps what it has compiled."""
    left = ("SITE_URL", "REPO_URL", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if name not in left}
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


def edit_and_wait(folder: Path, playbook: Playbook, address: str) -> None:
    """Change the title of a question, and wait until the page at its permanent address shows it."""
    question = playbook.questions[0]
    file = folder / playbook.locations[question.id].file
    title = f"Title {time.time_ns() % 1_000_000}"
    old = file.read_text(encoding="utf-8")
    new = re.sub(r"^title: .*$", f"title: {title}", old, count=1, flags=re.MULTILINE)
    file.write_text(new, encoding="utf-8")
    page = f"{address}q/{question.id}/"
    wait_for(lambda: title in fetch(page), f"an edit of '{question.id}' at {page}")


def leave_few_pages(work: Path) -> None:
    """Take most pages out of `work`: whether a change shows does not depend on them."""
    for path in (work / "docs").iterdir():
        if path.is_dir() and path.name not in ("assets", "data"):
            shutil.rmtree(path)
    settings = work / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"^nav:\n(?:[ -].*\n)+", "", text, flags=re.MULTILINE), "utf-8")


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
        time.sleep(0.05)  # Each look keeps the server from its work.


def add_questions(folder: Path, playbook: Playbook, numbers: range) -> None:
    """Add made-up questions to the playbook in `folder`, which are numbered like this.

    They keep every rule of the data, so their words are those of the real ones, in another order.
    """
    chance = random.Random(numbers.start)
    refused = any_word(playbook.wordings)
    words = plain_words(playbook, refused)
    roles = playbook.vocabulary.roles
    for number in numbers:
        role = roles[number % len(roles)]
        made = made_up(
            playbook, role, number, lambda count: some_words(refused, words, chance, count)
        )
        file = folder / f"docs/data/questions/{role.id}/made-up-{number}.yml"
        file.write_text(yaml.safe_dump(made, sort_keys=False, allow_unicode=True), "utf-8")
    run(folder, "macros", "record")


def plain_words(playbook: Playbook, refused: re.Pattern[str]) -> list[str]:
    """Return the words of the real questions that a made-up one may hold anywhere."""
    texts = " ".join(f"{question.ask} {question.why}" for question in playbook.live)
    words = sorted(set(re.findall(r"\b[a-z]{3,}\b", texts)))
    return [word for word in words if not refused.search(word)]


def some_words(
    refused: re.Pattern[str], words: list[str], chance: random.Random, count: int
) -> str:
    """Return so many words, of which no two make up a phrase that the rules refuse."""
    while True:
        text = " ".join(chance.sample(words, count))
        if not refused.search(text):
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
