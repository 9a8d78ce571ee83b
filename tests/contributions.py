"""What contributors do to the project; test_drill.py sees what follows from each change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from macros.load import project_files
from macros.model.question import Question
from tests.contributor import PLAYBOOK, ROLES, Contributor, id_of, topics
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


def start_question(role: str) -> Change:
    """Return what README asks of a contributor: a command, and then the texts."""
    about = topics(role)[0]
    return Change(
        f"a question started for {role}",
        lambda c: c.start(role, id_of(about)),
        r"'\w+' is still '\.\.\.'; expected .+",
        lambda c: c.write(role, about),
    )


ADDED = (
    *map(start_question, ROLES),
    Change("a question by hand", lambda c: c.write(ROLE, LISTED), RUN_RECORD, Contributor.record),
    Change("a term", add_two("glossary.yml")),
    Change(
        "a source",
        add_two("sources.yml"),
        r"is cited by nothing; expected it in the 'sources' of an entry, or cite\(.+\) on a page",
        lambda c: c.add(ROLE, CITED, sources="[soup-2026, stew-2026]"),
    ),
    Change("a pitfall's question", lambda c: c.add(ROLE, PREVENTS, pitfalls=f"[{PITFALL.id}]")),
    Change("a checklist", add_two("frameworks.yml")),
    Change(
        "a question that covers an item of it",
        lambda c: c.add(ROLE, COVERS, maps_to="[{item: 'soup-list:S.1', reason: It asks.}]"),
    ),
    Change(
        "an agenda length",
        add_two("agendas.yml"),
    ),
    Change(
        "a kind of project",
        add_two("kinds"),
        RUN_SCHEMA,
        lambda c: c.schema().add(ROLE, FOR_KIND, applies_to="[soup-kitchen, stew-kitchen]"),
    ),
    Change(
        "a job title",
        add_two("job_titles"),
        RUN_SCHEMA,
        lambda c: c.schema().add(ROLE, FOR_JOB, job_titles="[soup-cook, stew-cook]"),
    ),
    Change(
        "a label of every entry",
        lambda c: c.replace(
            r"(?m)^( +(?:label|short): .*)$", r"\1 too", "docs/data/vocabulary.yml"
        ),
    ),
)


# What is taken away is chosen by what relies on it, and not by its name.


def citing(source: str) -> list[Any]:
    """Return the entries that cite a source."""
    lists = (PLAYBOOK.questions, PLAYBOOK.terms, PLAYBOOK.claims, PLAYBOOK.failures)
    return [entry for entries in lists for entry in entries if source in entry.sources]


def on_pages(macro: str) -> list[str]:
    """Return the ids that pages ask a macro for."""
    calls = re.compile(rf'\b{macro}\("([\w-]+)"')
    return [id for page in PAGES.pages for id in calls.findall(page.text)]


def relied_on(question: Question) -> int:
    """Return in how many places of the data a question is named."""
    named = [id for failure in PLAYBOOK.failures for id in failure.questions]
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
UNKNOWN = r"{} '{}' is unknown; expected .+"
# Where something still relies on a question that is retired.
STILL_NEEDED = (
    r"(needs|questions) '{id}' is retired; expected a live question"
    r"|'{id}' is not a live 'must' question; expected one of .+"
    r"|prints question '{id}', which is retired; expected .+"
    r"|no live question of '\S+' prevents it; expected '\S+' in 'pitfalls' of a question in .+"
)

REMOVED = (
    Change(
        "a term that pages explain",
        lambda c: c.remove("glossary.yml", TERM),
        UNKNOWN.format("term", TERM),
    ),
    Change(
        "a source that is cited",
        lambda c: c.remove("sources.yml", SOURCE),
        UNKNOWN.format("(sources|cite)", SOURCE),
    ),
    Change(
        "all of a pitfall's questions",
        lambda c: c.unlist(PITFALL.id, f"docs/data/questions/{ROLE}/*"),
        r"no live question of '\S+' prevents it; expected '\S+' in 'pitfalls' of a question in .+",
    ),
    Change(
        "a checklist",
        lambda c: c.remove("frameworks.yml", CHECKLIST),
        UNKNOWN.format("maps_to", rf"{CHECKLIST}:\S+"),
    ),
    Change(
        "an agenda length",
        lambda c: c.remove("agendas.yml", PLAYBOOK.agendas[0].id),
    ),
    Change(
        "a kind of project",
        lambda c: c.remove("vocabulary.yml", KIND),
        rf"{UNKNOWN.format('applies_to', KIND)}|{RUN_SCHEMA}",
    ),
    Change(
        "a job title",
        lambda c: c.remove("vocabulary.yml", JOB),
        rf"{UNKNOWN.format('job_titles', JOB)}|{RUN_SCHEMA}",
    ),
    *(
        Change(
            f"a question that {why}",
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
CHANGED = (
    Change(
        "another id of a question",
        lambda c: c.rename(RENAMED, f"{RENAMED.id}-anew"),
        rf"{UNKNOWN.format('[a-z_]+', RENAMED.id)}|{STILL_NEEDED.format(id=RENAMED.id)}"
        rf"|is not answered in the worked example; expected .+|{RUN_RECORD}",
    ),
    Change(
        "another role of a question",
        lambda c: c.move(MOVED, ELSEWHERE),
        RUN_RECORD + "|is asked in stage .+",
    ),
)
