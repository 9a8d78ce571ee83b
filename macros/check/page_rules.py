"""Rules of pages and templates, alone and with the data. The docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.check.style import EXCLAMATION
from macros.load.entries import Draft
from macros.load.project_files import PUBLISHED, Project
from macros.problems import Place, Problem

_STEP = re.compile(r"^\{:[^}\n]*\.pb-next\b[^}\n]*\}[ \t]*$", re.MULTILINE)
_NEXT = "a paragraph such as '**Next:** go to [your role](../roles/index.md).' over '{: .pb-next }'"
_CITED = re.compile(r"\bcite\(\s*[\"']([\w-]+)[\"']")
_EMBEDDED = re.compile(r"\bquestion\(\s*[\"']([\w-]+)[\"']")


def pages_use_plain_words(project: Project, draft: Draft) -> Iterator[Problem]:
    """A page or template holds no word of wording.yml."""
    for page in (*project.pages, *project.templates):
        for wording in (entry.value for entry in draft.wordings if not entry.value.roles):
            for offset, word, instead in wording.found_in(page.prose):
                expected = f"'{instead}'" if instead else wording.advice
                yield Problem(page.place(offset), page.item, f"says '{word}'", expected)


def pages_have_no_exclamation_marks(project: Project, draft: Draft) -> Iterator[Problem]:
    """A page or template has no exclamation mark, and no box of `!!!`, which is shown as typed."""
    for page in (*project.pages, *project.templates):
        for match in EXCLAMATION.finditer(page.prose):
            place = page.place(match.start())
            if match[0] == "!!!":
                yield Problem(place, page.item, "has a box of '!!!'", "a paragraph or a list")
            else:
                message = f"has an exclamation mark: '{match[0]}'"
                yield Problem(place, page.item, message, "a full stop")


def pages_end_with_one_next_step(project: Project, draft: Draft) -> Iterator[Problem]:
    """A page ends with one paragraph that says where to go next."""
    for page in project.pages:
        steps = [match.start() for match in _STEP.finditer(page.text)]
        for offset in steps[:-1]:
            message = "has more than one next step"
            yield Problem(page.place(offset), page.item, message, "one, at the end of the page")
        text = page.text.rstrip()
        last = text.rpartition("\n\n")[2]
        if not steps or "\n" in text[steps[-1] :] or "](" not in last:
            message = "does not end with a link to a next step"
            yield Problem(page.place(len(text)), page.item, message, _NEXT)


def pages_ask_live_questions(project: Project, draft: Draft) -> Iterator[Problem]:
    """A page prints in full only questions that are still asked."""
    retired = {entry.id: entry.value for entry in draft.questions if not entry.value.live}
    for page in project.pages:
        for match in _EMBEDDED.finditer(page.text):
            if match[1] in retired:
                instead = retired[match[1]].instead
                message = f"prints question '{match[1]}', which is retired"
                expected = f"'{instead}'" if instead else "a live question"
                yield Problem(page.place(match.start(1)), page.item, message, expected)


def sources_are_cited(project: Project, draft: Draft) -> Iterator[Problem]:
    """A source is cited by a page or an entry, or is the companion of one that is."""
    cited = {match[1] for page in project.pages for match in _CITED.finditer(page.text)}
    for entries in (draft.questions, draft.terms, draft.claims, draft.failures):
        cited |= {id for entry in entries for id in entry.value.sources}
    for entry in draft.sources:
        if entry.id and entry.id not in cited and entry.value.companion_of not in cited:
            expected = f"it in the 'sources' of an entry, or cite(\"{entry.id}\") on a page"
            yield Problem(entry.place("id"), entry.item, "is cited by nothing", expected)


def what_is_published_is_listed(project: Project, draft: Draft) -> Iterator[Problem]:
    """Every question, under every id it had, and every page is in the list of what answers."""
    if project.published is None:
        return
    names = [
        name
        for entry in draft.questions
        for name in (entry.id, *entry.value.previous_ids)
        if name and "id" not in entry.unsound
    ]
    wanted = [f"question {name}" for name in names]
    wanted += [f"page {page.address}" for page in project.pages]
    end = Place(PUBLISHED, len(project.published) + 1, 1)
    published = frozenset(project.published)
    for line in dict.fromkeys(wanted):
        if line not in published:
            yield Problem(end, "(file)", "a line is missing", f"at the end of the file: {line}")
