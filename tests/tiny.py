"""The tiny playbook, copies of it with one change, and what the checks say about them."""

from __future__ import annotations

import inspect
import itertools
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import NamedTuple

from macros.export.downloads import files
from macros.model import question as model
from macros.model.base import Model
from macros.playbook import read_playbook
from macros.problems import DataError
from macros.render.made_pages import made_pages
from macros.render.pages import MACROS
from macros.render.renderer import PageContext, Renderer
from tests.remembered import reading_once

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
TINY = FIXTURES / "tiny"
BROKEN = FIXTURES / "broken"
SOUP = "questions/kitchen/soup-heat.yml"
MENU = "questions/hall/menu-colour.yml"

# What many messages hold, so that the tables of faults stay readable.
ABBREVIATIONS = {
    "{today}": str(datetime.now(timezone(timedelta(hours=14))).date()),
    "{fields}": ", ".join(model.QuestionText.model_fields),
    "{versions}": "expected one of the two versions, "
    "without the lines <<<<<<<, ======= and >>>>>>>",
    "{quotes}": "a text that holds ': ' or starts with a sign such as - ? @ % & * ! | > in quotes",
}


class Change(NamedTuple):
    """Whole lines of the tiny playbook that are replaced, and what the checks then say."""

    old: str
    new: str
    says: tuple[str, ...] = ()
    file: str = SOUP


def changes(table: str) -> dict[str, Change]:
    """Read a table of `fixtures/faults/`: by name, the changes it lists.

    A table is written like a patch: `== name`, `@ file` where it is not the soup's, lines that
    go after `-`, lines that come after `+`, messages after `= `. A message that starts with a line
    number is about the changed file. `{about Term.id}` stands for that field's description.
    """
    text = written_out((FIXTURES / "faults" / table).read_text("utf-8"))
    found = {}
    for block in text.split("\n== ")[1:]:
        name, *lines = block.splitlines()
        files = [line[2:] for line in lines if line.startswith("@ ")]
        file = files[0] if files else SOUP
        said = [line[2:] for line in lines if line.startswith("= ")]
        found[name] = Change(
            "".join(f"{line[1:]}\n" for line in lines if line.startswith("-")),
            "".join(f"{line[1:]}\n" for line in lines if line.startswith("+")),
            tuple(f"{file}:{each}" if each[0].isdigit() else each for each in said),
            file,
        )
    return found


def written_out(text: str) -> str:
    """Replace the abbreviations that stand in tables of messages."""
    for short, long in ABBREVIATIONS.items():
        text = text.replace(short, long)
    return re.sub(r"\{about (\w+)\.(\w+)\}", _description, text)


def _description(field: re.Match[str]) -> str:
    owner: type[Model] = getattr(model, field[1])
    return owner.model_fields[field[2]].description or ""


@cache
def real_playbook() -> model.Playbook:
    """The playbook of this repository, read once: tests that read copies push it out of memory."""
    return read_playbook(ROOT)


def copy_of_tiny(folder: Path) -> Path:
    """Copy the tiny playbook into `folder`; return the copy."""
    data = folder / "data"
    shutil.copytree(TINY, data, copy_function=shutil.copyfile)  # Only what they hold matters.
    return data


def with_change(folder: Path, *made: Change) -> Path:
    """Copy the tiny playbook with lines replaced, which must stand there exactly once."""
    data = copy_of_tiny(folder)
    for file, content in _replaced(made).items():
        (data / file).write_bytes(content)
    return data


def with_file(folder: Path, file: str, content: str | bytes) -> Path:
    """Copy the tiny playbook with one file that holds `content`."""
    data = copy_of_tiny(folder)
    (data / file).write_bytes(content.encode() if isinstance(content, str) else content)
    return data


def _replaced(made: Iterable[Change]) -> dict[str, bytes]:
    """Return what the changed files hold, by name."""
    texts: dict[str, str] = {}
    for change in made:
        before = texts.get(change.file) or "\n" + (TINY / change.file).read_text("utf-8")
        assert before.count(f"\n{change.old}") == 1, f"not once in {change.file}: {change.old}"
        texts[change.file] = before.replace(f"\n{change.old}", f"\n{change.new}")
    return {file: text[1:].encode() for file, text in texts.items()}


_writings = itertools.count(1)


@contextmanager
def holding(data: Path, files: dict[str, bytes]) -> Iterator[None]:
    """Let files of a copy of the tiny playbook hold something else for a while.

    To make a copy for each of a thousand changes would take longer than to check them.
    """
    try:
        for file, content in files.items():
            _write(data / file, content)
        yield
    finally:
        for file in files:
            _write(data / file, (TINY / file).read_bytes())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    # The clock may not tell two writings apart, and what is read is kept until a file has changed.
    day = next(_writings) * 10**9
    os.utime(path, ns=(day, day))


def changed(data: Path, *made: Change) -> AbstractContextManager[None]:
    """Replace lines of a copy of the tiny playbook for a while."""
    return holding(data, _replaced(made))


def faults_after(data: Path, *made: Change) -> list[str]:
    """Return what is wrong with a copy of the tiny playbook while lines of it are replaced."""
    with changed(data, *made):
        return faults(data)


def faults_with(data: Path, file: str, content: str | bytes) -> list[str]:
    """Return what is wrong with a copy of the tiny playbook while a file holds `content`."""
    with holding(data, {file: content.encode() if isinstance(content, str) else content}):
        return faults(data)


def faults(data: Path) -> list[str]:
    """Return one message a fault, in order; files are named from the data folder."""
    try:
        with reading_once():
            read_playbook(data, data)
    except DataError as error:
        return [str(problem) for problem in error.problems]
    return []


def every_page(playbook: model.Playbook) -> dict[str, str]:
    """Return what each macro prints for whatever it may be asked for, and every generated file."""
    roles = [role.id for role in playbook.vocabulary.roles]
    stages = [stage.id for stage in playbook.vocabulary.stages]
    pitfalls = [pitfall.id for pitfall in playbook.pitfalls]
    asked_for = {
        "role_questions": roles,
        "role_card": roles,
        "stage_questions": stages,
        "stage_description": stages,
        "pitfall_questions": pitfalls,
        "this_is_you": pitfalls,
        "pitfall_in_short": pitfalls,
        "question": [question.id for question in playbook.live],
        "question_link": [question.id for question in playbook.questions],
        "law": sorted({duty.place for duty in playbook.duties}),
    }
    renderer = Renderer(playbook)
    made = files(playbook) | made_pages(playbook, "", "")
    for name, macro in MACROS.items():
        if not takes_arguments(macro):
            made[name] = macro(renderer, PageContext())
        for argument in asked_for.get(name, ()):
            made[f"{name} {argument}"] = macro(renderer, PageContext(), argument)
    return made


def takes_arguments(macro: Callable[..., str]) -> bool:
    """Whether a macro has to be told what to print."""
    return len(inspect.signature(macro).parameters) > 2


def dead_links(playbook: model.Playbook, made: dict[str, str] | None = None) -> Iterator[str]:
    """Yield each link to a question's page, or place on a role page, where no question stands.

    Args:
        playbook: The playbook.
        made: What `every_page` returns for it, where that is known.
    """
    standing = {f"roles/{question.role}/#{question.id}" for question in playbook.live}
    standing |= {f"q/{question.id}/" for question in playbook.questions}
    for name, text in (made or every_page(playbook)).items():
        for target in re.findall(r'(roles/[a-z-]+/#[a-z0-9-]+|q/[a-z0-9-]+/)"', text):
            if target not in standing:
                yield f"{name}: {target}"
