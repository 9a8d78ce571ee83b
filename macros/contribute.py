"""What a contributor asks for: a new file to fill in, and a line in the list of addresses."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from pathlib import Path

from macros.check.page_rules import lines_to_publish
from macros.check.references import role_folders_are_known
from macros.load.data_folder import QUESTIONS
from macros.load.entries import load
from macros.load.project_files import Page, read_project_files
from macros.load.published import PUBLISHED
from macros.model.base import ID_PATTERN, QUESTION_ID_PATTERN
from macros.model.question import Vocabulary
from macros.problems import DataError, nearest, one_of
from macros.render.escaping import environment


class RefusedError(Exception):
    """What was asked for cannot be made. The text says why and what to type instead."""


class Contribution:
    """Adds to the data folder of a project, and to its pages. Nothing is ever overwritten."""

    def __init__(self, data: Path, root: Path, today: date) -> None:
        """Read what is there; what is half written may be at fault.

        Args:
            data: The data folder. The pages are beside it.
            root: The folder that messages name files from.
            today: The day that a new question is published.

        Raises:
            DataError: A file breaks off, or the vocabulary cannot be read.
        """
        self.data, self.root, self.today = data, root, today
        self.loaded, problems = load(data, root)
        if self.loaded.absent & set(Vocabulary.model_fields):
            raise DataError(problems)
        self.problems = problems

    def question(self, role: str, id: str) -> list[Path]:
        """Write a question to fill in, and put its address into the list.

        Args:
            role: The role that is asked.
            id: The question's id.

        Returns:
            The files that were written or added to.

        Raises:
            RefusedError: There is no such role, the id is no id, or it is or was somebody's.
        """
        roles = [entry.id for entry in self.loaded.roles]
        if role not in roles:
            guess = nearest(role, roles)
            raise RefusedError(f"role '{role}' is unknown; expected {one_of(roles)}{_hint(guess)}")
        example = "two to four words in small letters, such as 'backups-and-restore'"
        _refuse_bad_id(id, QUESTION_ID_PATTERN, example)
        for entry in self.loaded.questions:
            if id in (entry.id, *entry.value.previous_ids):
                file = entry.document.file
                raise RefusedError(f"'{id}' is taken: {file}; expected an id of its own")
        published = self.loaded.published
        if published and id in published.questions:
            raise RefusedError(
                f"'{id}' was published before ({published.file}:{published.questions[id]}) and is "
                "never given to another question; expected an id of its own"
            )
        path = self.data / QUESTIONS / role / f"{id}.yml"
        titles = [entry.id for entry in self.loaded.job_titles if entry.value.role == role]
        self._create(
            path,
            "question.yml",
            title=_as_title(id),
            job_titles=titles,
            stages=[entry.id for entry in self.loaded.stages],
            priorities=[entry.id for entry in self.loaded.priorities],
            today=self.today.isoformat(),
        )
        return [path, *self._list([f"question {role}/{id}"])]

    def term(self, id: str) -> list[Path]:
        """Add a word to the glossary, to be explained. Raises RefusedError as `question` does."""
        return self._append(
            "glossary.yml", "term.yml", id, [entry.id for entry in self.loaded.terms]
        )

    def source(self, id: str) -> list[Path]:
        """Add a work to cite, to be filled in. Raises RefusedError as `question` does."""
        return self._append(
            "sources.yml", "source.yml", id, [entry.id for entry in self.loaded.sources]
        )

    def page(self, name: str) -> list[Path]:
        """Write a page to fill in, and put its address into the list.

        Args:
            name: The page's path below docs/, such as `why/our-way`.

        Returns:
            The files that were written or added to.

        Raises:
            RefusedError: The path is none, or the page is there or was.
        """
        parts = name.removeprefix("docs/").removesuffix(".md").strip("/").split("/")
        for part in parts:
            _refuse_bad_id(part, ID_PATTERN, "a path such as 'why/our-way'")
        path = self.data.parent.joinpath(*parts).with_suffix(".md")
        address = Page("/".join(("docs", *parts)) + ".md", "").address
        published = self.loaded.published
        if (
            path.exists()
            or path.with_suffix("").is_dir()
            or (published and address in published.pages)
        ):
            raise RefusedError(f"'{address}' is or was a page; expected an address of its own")
        self._create(path, "page.md", title=_as_title(parts[-1]), up="../" * (len(parts) - 1))
        return [path, *self._list([f"page {address}"])]

    def record(self) -> list[str]:
        """Add to the list what it lacks.

        Returns:
            The lines that were added.

        Raises:
            DataError: A file cannot be read, or has no place of its own, so that what is to be
                listed is not known.
        """
        problems = [*self.problems, *role_folders_are_known(self.loaded)]
        if problems:
            raise DataError(sorted(problems))
        lines = lines_to_publish(read_project_files(self.root).pages, self.loaded)
        self._list(lines)
        return lines

    def _append(self, name: str, template: str, id: str, known: Collection[str]) -> list[Path]:
        _refuse_bad_id(id, ID_PATTERN, "small letters and digits joined by hyphens")
        if id in known:
            raise RefusedError(f"'{id}' is in {name} already; expected an id of its own")
        path = self.data / name
        with path.open("a", encoding="utf-8") as file:
            file.write(_filled(template, id=id, word=id.replace("-", " ")))
        return [path]

    def _create(self, path: Path, template: str, **values: object) -> None:
        text = _filled(template, **values)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            raise RefusedError(f"{path} is there already; expected a name of its own") from None

    def _list(self, lines: list[str]) -> list[Path]:
        """Add lines to the list, if the project keeps one."""
        path, published = self.data / PUBLISHED, self.loaded.published
        lacking = published.lacks(lines) if published else []
        if not lacking:
            return []
        whole = path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8") as file:
            file.write(("" if whole else "\n") + "".join(f"{line}\n" for line in lacking))
        return [path]


def _filled(template: str, **values: object) -> str:
    return environment().get_template(f"contribute/{template}.jinja").render(**values) + "\n"


def _refuse_bad_id(id: str, pattern: str, expected: str) -> None:
    if not re.fullmatch(pattern, id):
        meant = re.sub(r"[^a-z0-9]+", "-", id.casefold()).strip("-")
        guess = meant if re.fullmatch(pattern, meant) else ""
        raise RefusedError(f"'{id}' is no id; expected {expected}{_hint(guess)}")


def _hint(guess: str) -> str:
    return f"; did you mean '{guess}'?" if guess else ""


def _as_title(id: str) -> str:
    return id.replace("-", " ").capitalize()
