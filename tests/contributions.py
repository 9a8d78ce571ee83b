"""What contributors do to the project; test_drill.py sees what follows from each change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from macros.load import project_files
from macros.model.question import Question
from tests.contributor import PLAYBOOK, ROLES, Contributor, id_of, topics
from tests.remembered import remembering
from tests.tiny import ROOT

_PROJECT = project_files.read_project_files(ROOT)
# What pages ask macros for, without the prose between.
PAGES = replace(
    _PROJECT,
    pages=tuple(
        replace(page, text="\n".join(re.findall(r"\{\{.*?\}\}", page.text)))
        for page in _PROJECT.pages
    ),
)


Do = Callable[[Contributor], object]


class Change(NamedTuple):
    """What somebody does; what the check then says, if anything; and what they do about it."""

    name: str
    do: Do
    says: str = ""
    then: Do | None = None


ROLE = ROLES[0]
STARTED, LISTED, CITED, PREVENTS, COVERS, FOR_KIND, FOR_JOB, *MORE = topics(ROLE)
PITFALL = next(each for each in PLAYBOOK.pitfalls if each.context_of == ROLE)
JOB = next(title.id for title in PLAYBOOK.vocabulary.job_titles if title.role == ROLE)
RUN_RECORD = (
    r"a line is missing; expected question \S+: run `make record`, which adds what is missing"
)
RUN_SCHEMA = (
    r"does not offer the \w+ of vocabulary\.yml; expected them as they are now: run `make schema`"
)
# Two of each, so that their number is another even where one is taken away after.
NEW = {
    "glossary.yml": """\
- id: soup-pot
  term: soup pot
  definition: A pot for soup.
""",
    "sources.yml": """
- id: soup-2026
  cite_as: Soup, 2026
  title: On soup
  authors: A. Soup
  year: 2026
  venue: The Kitchen
  url: https://example.com/soup
  kind: report
  basis: primary
  claim: Soup is eaten hot.
""",
    "frameworks.yml": """\
- id: soup-list
  name: The soup list
  url: https://example.com/soup
  items:
  - id: S.1
    topic: a soup is hot
  - id: S.2
    topic: a soup is eaten
    outside: Nobody eats soup at a kickoff.
""",
    "agendas.yml": """
- id: soup-time
  minutes: 140
  choose: Where there is time for soup.
  steps:
    - minutes: 120
      title: Questions
      what: All of them.
      who: Everyone
      priority: must
    - minutes: 20
      title: Soup
      what: Read the open points aloud.
      who: Note-taker
""",
    "kinds": """\
  - id: soup-kitchen
    label: Soup kitchens
    description: Special to kitchens that cook soup.
""",
    "job_titles": f"""\
  - id: soup-cook
    label: Soup cook
    role: {ROLE}
    description: Cooks the soup.
""",
}


def add_two(name: str) -> Do:
    """Return what adds two entries to a data file, or to a list of the vocabulary."""
    entries = NEW[name] + NEW[name].replace("soup", "stew").replace("Soup", "Stew")
    if name.endswith(".yml"):
        return lambda c: c.append(name, entries)
    return lambda c: c.edit(c.data / "vocabulary.yml", f"{name}:\n", f"{name}:\n{entries}")


def add_many(contributor: Contributor) -> None:
    """Give one role forty questions, and the others twenty-six."""
    for role, count in zip(ROLES, (40, 26, 26), strict=True):
        contributor.add_up_to(role, count)


def start_question(role: str) -> Change:
    """Return what README asks of a contributor: a command, and then the texts."""
    about = topics(role)[0]
    return Change(
        f"start a question for {role}",
        lambda c: c.start(role, id_of(about)),
        r"'\w+' is still '\.\.\.'; expected .+",
        lambda c: c.write(role, about),
    )


ADDED = (
    *map(start_question, ROLES),
    Change(
        "add a question by hand", lambda c: c.write(ROLE, LISTED), RUN_RECORD, Contributor.record
    ),
    Change("add many questions", add_many),
    Change("add a term", add_two("glossary.yml")),
    Change(
        "add a source",
        add_two("sources.yml"),
        r"is cited by nothing; expected it in the 'sources' of an entry, or cite\(.+\) on a page",
        lambda c: c.add(ROLE, CITED, sources="[soup-2026, stew-2026]"),
    ),
    Change("add a pitfall's question", lambda c: c.add(ROLE, PREVENTS, pitfalls=f"[{PITFALL.id}]")),
    Change(
        "add a checklist, then a question that covers an item of it",
        add_two("frameworks.yml"),
        then=lambda c: c.add(ROLE, COVERS, maps_to="[{item: 'soup-list:S.1', reason: It asks.}]"),
    ),
    Change("add an agenda length", add_two("agendas.yml")),
    Change(
        "add a kind of project",
        add_two("kinds"),
        RUN_SCHEMA,
        lambda c: c.schema().add(ROLE, FOR_KIND, applies_to="[soup-kitchen, stew-kitchen]"),
    ),
    Change(
        "add a job title",
        add_two("job_titles"),
        RUN_SCHEMA,
        lambda c: c.schema().add(ROLE, FOR_JOB, job_titles="[soup-cook, stew-cook]"),
    ),
)


# What is taken away is chosen by what relies on it, and not by its name.


def citing(source: str) -> list[Any]:
    """Return the entries that cite a source."""
    held = PLAYBOOK
    lists = (held.questions, held.terms, held.claims, held.failures, held.duties)
    return [entry for entries in lists for entry in entries if source in entry.sources]


def on_pages(macro: str) -> list[str]:
    """Return the ids that pages ask a macro for."""
    calls = re.compile(rf'\b{macro}\("([\w-]+)"')
    return [id for page in PAGES.pages for id in calls.findall(page.text)]


def relied_on(question: Question) -> int:
    """Return in how many places of the data a question is named."""
    naming: list[Any] = [*PLAYBOOK.failures, *PLAYBOOK.duties]
    named = [id for entry in naming for id in entry.questions]
    return len(PLAYBOOK.needed_by[question.id]) + named.count(question.id)


VOCABULARY = PLAYBOOK.vocabulary
TERM = next(t.id for t in PLAYBOOK.terms if t.id in on_pages("term") and t.term.islower())
SOURCE = next(
    source.id
    for source in PLAYBOOK.sources
    if citing(source.id) and all(len(entry.sources) > 1 for entry in citing(source.id))
)
CHECKLIST = PLAYBOOK.live[0].maps_to[0].item.partition(":")[0]
KIND = next(kind for q in PLAYBOOK.live for kind in q.applies_to if kind != "any")
BY_RELIANCE = sorted(PLAYBOOK.live, key=relied_on, reverse=True)
MUST = next(q for q in BY_RELIANCE if q.priority == "must")
PRINTED, LINKED = (
    next(q for q in BY_RELIANCE if q.id in on_pages(macro) and q.priority != "must")
    for macro in ("question", "question_link")
)
RENAMED = next(q for q in BY_RELIANCE if q.priority == "must" and q is not MUST)
MOVED = next(q for q in BY_RELIANCE if q.priority != "must" and q not in (PRINTED, LINKED))
ELSEWHERE = next(role for role in ROLES if role != MOVED.role)
RETYPED = BY_RELIANCE[-1]
HOSTILE = "Say {{ x }} {% y %} {# z #} <script>alert(1)</script> | *b* _c_ {: #x } & `d` #?"
HOSTILE_TITLE = "<b>{{x}} {: #y}"
UNKNOWN = r"{} '{}' is unknown; expected .+"
# Where something still relies on a question that is retired.
STILL_NEEDED = (
    r"(needs|questions|instead) '{id}' is retired; expected a live question"
    r"|'{id}' is not a live 'must' question; expected one of .+"
    r"|prints question '{id}', which is retired; expected .+"
    r"|no live question of '\S+' prevents it; expected '\S+' in 'pitfalls' of a question in .+"
)

REMOVED = (
    Change(
        "remove a term that pages explain",
        lambda c: c.remove("glossary.yml", TERM),
        UNKNOWN.format("term", TERM),
    ),
    Change(
        "remove a source that is cited",
        lambda c: c.remove("sources.yml", SOURCE),
        UNKNOWN.format("(sources|cite)", SOURCE),
    ),
    Change(
        "remove all of a pitfall's questions",
        lambda c: c.unlist(PITFALL.id, f"docs/data/questions/{ROLE}/*"),
        r"no live question of '\S+' prevents it; expected '\S+' in 'pitfalls' of a question in .+",
    ),
    Change(
        "remove a checklist",
        lambda c: c.remove("frameworks.yml", CHECKLIST),
        UNKNOWN.format("maps_to", rf"{CHECKLIST}:\S+"),
    ),
    Change(
        "remove an agenda length",
        lambda c: c.remove("agendas.yml", PLAYBOOK.agendas[0].id),
    ),
    Change(
        "remove a kind of project",
        lambda c: c.remove("vocabulary.yml", KIND),
        rf"{UNKNOWN.format('applies_to', KIND)}|{RUN_SCHEMA}",
    ),
    Change(
        "remove a job title",
        lambda c: c.remove("vocabulary.yml", JOB),
        rf"{UNKNOWN.format('job_titles', JOB)}|{RUN_SCHEMA}",
    ),
    *(
        Change(
            f"retire a question that {why}",
            partial(Contributor.retire, question=question, instead=RENAMED.id),
            STILL_NEEDED.format(id=question.id),
        )
        for question, why in (
            (MUST, "must be asked"),
            (PRINTED, "a page prints"),
            (LINKED, "a page links"),
        )
    ),
)


def type_any_sign(contributor: Contributor) -> None:
    """Put what may be taken for markup or a macro into a question and its title."""
    file = contributor.file(RETYPED)
    contributor.edit(file, "title: .+", f"title: '{HOSTILE_TITLE}'")
    contributor.edit(file, r"ask: .+\n(?: {2}.+\n)*", f"ask: '{HOSTILE}'\n")


CHANGED = (
    Change(
        "change the label of every entry",
        lambda c: c.replace(
            r"(?m)^( +(?:label|short): .*)$", r"\1 too", "docs/data/vocabulary.yml"
        ),
    ),
    Change(
        "rename a question",
        lambda c: c.rename(RENAMED, f"{RENAMED.id}-anew"),
        rf"{UNKNOWN.format('[a-z_]+', RENAMED.id)}|{STILL_NEEDED.format(id=RENAMED.id)}"
        rf"|is not answered in the worked example; expected .+|{RUN_RECORD}",
    ),
    Change(
        "move a question",
        lambda c: c.move(MOVED, ELSEWHERE),
        RUN_RECORD + "|is asked in stage .+",
    ),
    Change("type any sign into a question", type_any_sign),
)
CHANGES = (*ADDED, *REMOVED, *CHANGED)


def do_it_all(root: Path) -> None:
    """Make all the changes in a copy of the project, and only then do what the check says."""
    contributor = Contributor(root)
    with remembering():
        for change in CHANGES:
            change.do(contributor)
            if change.then:
                change.then(contributor)
        contributor.obey_all(contributor.problems())


# What editors and systems leave beside a file.
LEFT = (".#{}", "#{}#", "{}~", ".{}.swp", "{}.orig", "4913", ".DS_Store", "Thumbs.db")


def leave_files(root: Path) -> None:
    """Leave beside a file of each kind what editors and systems do; none of it may be read."""
    of_each_kind = (
        *("docs/index.md", "docs/assets/playbook.css", "docs/data/glossary.yml"),
        *("overrides/main.html", "experiments/*.py", "experiments/results/*.json"),
        f"docs/data/questions/{RETYPED.role}/{RETYPED.id}.yml",
    )
    for pattern in of_each_kind:
        path = next(iter(root.glob(pattern)))
        for name in LEFT:
            path.with_name(name.format(path.name)).write_bytes(b"\xff{{ no_such_macro() }}")
        path.with_name(f".#{path.name}").unlink()
        path.with_name(f".#{path.name}").symlink_to("somebody@host.4711:1764262800")
