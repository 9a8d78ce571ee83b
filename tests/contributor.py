"""Somebody who changes a copy of the project's data and pages, as a contributor does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

from macros.__main__ import _write_schemas as write_schemas
from macros.contribute import Contribution
from macros.model.question import Question
from macros.playbook import read_playbook, read_project
from macros.problems import DataError, Problem
from tests.tiny import ROOT, real_playbook

PLAYBOOK = real_playbook()
ROLES = [role.id for role in PLAYBOOK.vocabulary.roles]
TODAY = max(question.last_changed for question in PLAYBOOK.questions)
# Two words of its own for each new question, so that no two ask nearly the same.
_SYLLABLES = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "na", "pu", "re", "so", "ti")
_WORDS = ["".join(pair) for pair in product(_SYLLABLES, repeat=2)]


def topics(role: str) -> list[str]:
    """Return what new questions of a role are about; those of two roles have nothing in common."""
    words = _WORDS[ROLES.index(role) :: len(ROLES)]
    return [" ".join(pair) for pair in zip(words[::2], words[1::2], strict=True)]


def id_of(topic: str) -> str:
    """Return the id of the question about a topic."""
    return topic.replace(" ", "-")


def written(role: str, topic: str, **fields: str) -> str:
    """Return a question as somebody might write it, with some fields of its own."""
    title = next(title.id for title in PLAYBOOK.vocabulary.job_titles if title.role == role)
    fields = {"job_titles": f"[{title}]", "priority": "should", **fields}
    others = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"""\
# yaml-language-server: $schema=../../schema/questions.schema.json
title: {topic.capitalize()}
ask: Who looks after the {topic}, and how is that known?
why: >-
  The disk fails in the week before the launch. Only then does the team learn that nobody has ever
  tried to get anything back, and six months of work are gone.
good_answer: >-
  Every night at 02:00, kept for 30 days in another building. Amina’s team restores one table each
  quarter; the last time took 50 minutes.
warning_sign: “The cloud does that for us.” It may, but nobody has tried it.
evidence: The note of the last time it was tried.
search_phrases: [RPO of {topic}, "{topic}!", how safe is it]
{others}stage: {PLAYBOOK.vocabulary.stages[0].id}
since: {TODAY}
"""


class Contributor:
    """Works in a copy of the project's folder, by editing files and running commands."""

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "docs/data"
        self.playbook = PLAYBOOK

    @classmethod
    def with_copy(cls, folder: Path) -> Contributor:
        """Give a contributor a copy of the data and the pages, and what else the check reads."""
        shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("assets"))
        for name in ("docs/assets", "macros", "overrides", "mkdocs.yml"):
            (folder / name).symlink_to(ROOT / name)
        return cls(folder)

    # What the commands say and do

    def problems(self) -> list[Problem]:
        """Return what `make check` names. Where that is nothing, keep the playbook."""
        try:
            self.playbook = read_project(self.root)
        except DataError as error:
            return list(error.problems)
        return []

    def record(self) -> None:
        """Run `make record`."""
        Contribution(self.data, self.root, TODAY).record()

    def schema(self) -> Contributor:
        """Run `make schema`."""
        write_schemas(read_playbook(self.root), self.data / "schema")
        return self

    # Questions

    def start(self, role: str, id: str) -> Path:
        """Run `python -m macros new question`; return the file to fill in."""
        return Contribution(self.data, self.root, TODAY).question(role, id)[0]

    def write(self, role: str, *about: str, **fields: str) -> None:
        """Write a question of a role about each topic."""
        for topic in about:
            path = self.data / f"questions/{role}/{id_of(topic)}.yml"
            path.write_text(written(role, topic, **fields), "utf-8")

    def add(self, role: str, *about: str, **fields: str) -> None:
        """Write questions, and have them listed."""
        self.write(role, *about, **fields)
        self.record()

    def add_up_to(self, role: str, count: int) -> None:
        """Add as many questions of a role as it lacks to have so many."""
        there = {path.stem for path in (self.data / "questions" / role).iterdir()}
        new = [topic for topic in topics(role) if id_of(topic) not in there]
        self.add(role, *new[: max(count - len(there), 0)])

    def file(self, question: Question) -> Path:
        """Return the file in which a question of today's stands."""
        return self.data / f"questions/{question.role}/{question.id}.yml"

    def retire(self, question: Question, instead: str = "") -> None:
        """Retire a question of today's."""
        lines = "status: retired\nretired_because: Nobody could say what its answer changed.\n"
        self.write_down(question, "retired")
        lines += f"instead: {instead}\n" if instead else ""
        self.edit(self.file(question), "title: ", f"{lines}title: ")

    def rename(self, question: Question, id: str) -> None:
        """Give a question of today's another id."""
        path = self.file(question)
        self.write_down(question, "renamed")
        self.edit(path, "title: ", f"previous_ids: [{question.id}]\ntitle: ")
        path.rename(path.with_name(f"{id}.yml"))

    def move(self, question: Question, role: str) -> None:
        """Move a question of today's to another role, to be asked of its first job title."""
        path = self.file(question)
        self.write_down(question, "moved")
        title = next(each.id for each in PLAYBOOK.vocabulary.job_titles if each.role == role)
        self.edit(path, r"job_titles: .*", f"job_titles: [{title}]")
        path.rename(self.data / f"questions/{role}/{path.name}")

    def write_down(self, question: Question, kind: str) -> None:
        """Write down when something happened to a question of today's."""
        path, change = self.file(question), f"  - {{day: {TODAY}, kind: {kind}}}\n"
        text = path.read_text("utf-8")
        text, count = re.subn(r"(?m)^changes:\n(?:  .*\n)+", rf"\g<0>{change}", text)
        path.write_text(text if count else f"{text.rstrip()}\nchanges:\n{change}", "utf-8")

    def answer(self, id: str) -> None:
        """Answer a question in the worked example."""
        answer = f"\n- id: {id}\n  status: answered\n  answer: Yes, we do.\n  owner: Cook\n"
        self.append("example.yml", answer)

    # Any file

    def append(self, name: str, text: str) -> None:
        """Add text to the end of a data file."""
        with (self.data / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def edit(self, path: Path, pattern: str, new: str) -> None:
        """Replace what a pattern matches at the start of one line."""
        text, count = re.subn(rf"^{pattern}", new, path.read_text("utf-8"), flags=re.MULTILINE)
        assert count == 1, f"{count} times in {path}: {pattern}"
        path.write_text(text, "utf-8")

    def replace(self, pattern: str, new: str, files: str = "docs/**/*.*") -> None:
        """Replace what a pattern matches, wherever it does."""
        for path in self.root.glob(files):
            text = path.read_text("utf-8")
            changed = re.sub(pattern, new, text)
            if changed != text:
                path.write_text(changed, "utf-8")

    def remove(self, name: str, id: str) -> None:
        """Take an entry out of a data file."""
        path = self.data / name
        entry = rf"^( *)- id: {id}\n(?:\1 .*\n|\n)*"
        text, count = re.subn(entry, "", path.read_text("utf-8"), flags=re.MULTILINE)
        assert count == 1, f"{count} times in {path}: {id}"
        path.write_text(text, "utf-8")

    def unlist(self, id: str, files: str = "docs/data/**/*.yml") -> None:
        """Take an id out of every list in brackets that names it."""
        self.replace(rf"(?<=: )\[{id}\]", "[]", files)
        self.replace(rf"(?<=\[){id}, |(?<=[\w-]), {id}(?=[],])", "", files)

    # What the check says

    def obey(self, problem: Problem) -> None:
        """Do what the check says, at the line that it names.

        A rule that says something new, or no longer says what to do, has no step here.
        """
        path = self.root / problem.location.file
        for sentence, step in _STEPS.items():
            match = re.search(sentence, str(problem))
            if match:
                step(self, path, problem, match[1] if match.re.groups else "")
                return
        raise AssertionError(f"it is not clear what to do: {problem}")

    def obey_all(self, problems: list[Problem]) -> None:
        """Do what the check says until it says nothing: commands last, and each file from its end.

        So a line stands where the check has seen it until it is its turn.
        """
        for _ in range(4):
            by_hand = [problem for problem in problems if "run `make" not in problem.expected]
            for problem in sorted(by_hand or problems, key=_from_the_end):
                self.obey(problem)
            problems = self.problems()
            if not problems:
                return
        raise AssertionError(f"what the check says does not help: {problems[0]}")

    def _mend_line(self, path: Path, problem: Problem, id: str) -> None:
        """Write the id that was meant, or take out the one that is unknown."""
        lines = path.read_text("utf-8").splitlines(keepends=True)
        at = problem.location.line - 1
        one_of = re.search(r"one of ([\w-]+)", problem.expected)
        if problem.guess:
            lines[at] = lines[at].replace(id, problem.guess)
        elif path.suffix == ".md":
            lines[at] = re.sub(rf'\{{\{{ \w+\("{id}".*?\}}\}}', "soup", lines[at])
        else:
            alone = one_of[1] if one_of else next(q.id for q in PLAYBOOK.live if q.id != id)
            alone = "" if problem.message.startswith("needs") else alone
            kept = re.sub(rf"(?<=\[){id}, |(?<=[\w-]), {id}(?=[],])", "", lines[at])
            lines[at] = kept if kept != lines[at] else lines[at].replace(id, alone)
        path.write_text("".join(lines), "utf-8")

    def _unmap(self, path: Path, problem: Problem, id: str) -> None:
        text = path.read_text("utf-8")
        text = re.sub(rf" *- item: {id}\n(?: {{4}}.*\n)+", "", text)
        path.write_text(re.sub(r"^maps_to:\n(?! )", "", text, flags=re.MULTILINE), "utf-8")

    def _prevent(self, path: Path, problem: Problem, id: str) -> None:
        role = problem.expected.rstrip("/").rpartition("/")[2]
        other = next(q for q in reversed(PLAYBOOK.live) if q.role == role and not q.pitfalls)
        self.edit(self.file(other), "title: ", f"pitfalls: [{id}]\ntitle: ")

    def _answer(self, path: Path, problem: Problem, id: str) -> None:
        if not re.search(rf"^- id: {id}$", (self.data / "example.yml").read_text("utf-8"), re.M):
            self.answer(id)

    def _print_another(self, path: Path, problem: Problem, id: str) -> None:
        instead = problem.expected.strip("'")
        self.replace(rf'question\("{id}"\)', f'question("{instead}")', problem.location.file)


def _from_the_end(problem: Problem) -> tuple[str, int]:
    return problem.location.file, -problem.location.line


Step = Callable[[Contributor, Path, Problem, str], object]
_STEPS: dict[str, Step] = {
    r"run `make record`": lambda c, path, problem, id: c.record(),
    r"run `make schema`": lambda c, path, problem, id: c.schema(),
    r"maps_to '(\S+)' is unknown": Contributor._unmap,
    r"'(\S+)' is (?:unknown|retired)(?:; expected|$)": Contributor._mend_line,
    r"prints question '(\S+)', which is retired": Contributor._print_another,
    r"prevents it; expected '(\S+)' in": Contributor._prevent,
    r"is not answered in the worked example; expected '(\S+)'": Contributor._answer,
    r"'(\S+)' is not a live 'must' question; .+; did you mean": Contributor._mend_line,
    r"'(\S+)' is not a live 'must' question": (
        lambda c, path, problem, id: c.remove("example.yml", id)
    ),
    r"is cited by nothing; expected it in the 'sources' of an entry": (
        lambda c, path, problem, id: c.remove("sources.yml", problem.item)
    ),
    r"needs '(\S+)' of the later": Contributor._mend_line,
}
