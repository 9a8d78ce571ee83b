"""`make bench`: the figures behind the budgets in MAINTENANCE.md. Figures, never a verdict."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import jinja2

from macros.pages import macros
from macros.read import read_playbook
from macros.render import PageContext, Renderer

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5


def main() -> None:
    """Print every figure. In: nothing. Raises CalledProcessError where a build fails."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "playbook"
        for name in ("docs", "macros", "overrides"):
            shutil.copytree(ROOT / name, work / name)
        shutil.copy(ROOT / "mkdocs.yml", work)
        site = work / "site"
        print(f"clean build        {median(lambda: build(work)):6.2f} s   (median of {RUNS})")
        rendered = already_rendered(work)
        print(f"same, no macros    {median(lambda: build(rendered)):6.2f} s")
        print(f"data check         {median(lambda: check(work)):6.2f} s")
        weigh(site)
        questions = work / "docs/data/questions/business.yml"
        original = questions.read_text(encoding="utf-8")
        for copies in (10, 277):
            questions.write_text(multiplied(original, copies), encoding="utf-8")
            count = len(read_playbook(work).questions)
            print(f"data check, {count:5} {median(lambda: check(work)):6.2f} s")
            if copies == 10:
                print(f"build, {count:5}      {median(lambda: build(work)):6.2f} s")


def median(job: Callable[[], None]) -> float:
    """Return the middle of several wall-clock times of `job`, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def build(folder: Path) -> None:
    """Build the site of `folder` into its site/."""
    run(folder, "mkdocs", "build", "--quiet", "--no-strict")


def check(folder: Path) -> None:
    """Run the data check of `folder`."""
    run(folder, "macros", "check")


def run(folder: Path, *command: str) -> None:
    """Run a Python module in `folder`. Raises CalledProcessError where it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def already_rendered(work: Path) -> Path:
    """Return a copy whose pages hold the macros' output as text, built without the plugin."""
    copy = work.parent / "rendered"
    shutil.copytree(work, copy, ignore=shutil.ignore_patterns("site"))
    renderer = Renderer(read_playbook(ROOT))
    for page in (copy / "docs").rglob("*.md"):
        place = PageContext(root="../" * len(page.relative_to(copy / "docs").with_suffix("").parts))
        names = {name: partial(method, renderer, place) for name, method in macros().items()}
        text = jinja2.Template(page.read_text(encoding="utf-8")).render(names)
        page.write_text(text, encoding="utf-8")
    settings = (copy / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"  - macros:\n(?:      .*\n)+", "", settings)
    settings = settings.replace("hooks: [macros/hooks.py]\n", "")
    (copy / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return copy


def multiplied(questions: str, copies: int) -> str:
    """Return the questions so many times, each copy with ids and titles of its own."""
    entries = re.sub(r"^    from_post: true$", "", questions, flags=re.MULTILINE)
    parts = [entries]
    for number in range(1, copies):
        copy = re.sub(r"^- id: ([a-z]+)", rf"- id: \g<1>{number}", entries, flags=re.MULTILINE)
        copy = re.sub(r"^  title: (\w+)", rf"  title: \g<1>{number}", copy, flags=re.MULTILINE)
        parts.append(copy.replace("priority: must", "priority: should"))
    return "\n".join(parts)


def weigh(site: Path) -> None:
    """Print what the first view of each page weighs, compressed, with all it asks for."""
    for page in sorted(site.rglob("*.html")):
        if page.relative_to(site).parts[0] == "q":
            continue
        text = page.read_text(encoding="utf-8")
        asked = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+\.(?:css|js|svg))"', text)
        files = [page, *((page.parent / address).resolve() for address in asked)]
        size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files if file.is_file())
        name = page.relative_to(site).as_posix()
        print(f"{name:35} {size / 1024:6.1f} KB in {len(files):2} requests")
    index = gzip.compress((site / "search/search_index.json").read_bytes(), 9)
    print(f"{'search index, on demand':35} {len(index) / 1024:6.1f} KB")


if __name__ == "__main__":
    main()
