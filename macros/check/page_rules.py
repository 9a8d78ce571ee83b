"""Rules of the pages, and of pages and data together. The docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.check.style import EXCLAMATION
from macros.load.entries import Draft
from macros.load.project_files import PUBLISHED, Project
from macros.problems import Place, Problem

PAGE = "(page)"
_STEP = re.compile(r"^\{:[^}\n]*\.pb-next\b[^}\n]*\}[ \t]*$", re.MULTILINE)
_NEXT = "a paragraph such as '**Next:** go to [your role](../roles/index.md).' over '{: .pb-next }'"
_CITED = re.compile(r"\bcite\(\s*[\"']([\w-]+)[\"']")
_EMBEDDED = re.compile(r"\bquestion\(\s*[\"']([\w-]+)[\"']")


def pages_use_plain_words(project: Project, draft: Draft) -> Iterator[Problem]:
    """A page holds no word of wording.yml."""
    for page in project.pages:
        for wording in (entry.value for entry in draft.wordings if not entry.value.roles):
            for offset, word, instead in wording.found_in(page.prose):
                expected = f"'{instead}'" if instead else wording.advice
                yield Problem(page.place(offset), PAGE, f"says '{word}'", expected)


def pages_have_no_exclamation_marks(project: Project, draft: Draft) -> Iterator[Problem]:
    """A page has no exclamation mark, and no box of `!!!`, which the site would print as it is."""
    for page in project.pages:
        for found in EXCLAMATION.finditer(page.prose):
            place = page.place(found.start())
            if found[0] == "!!!":
                yield Problem(place, PAGE, "has a box of '!!!'", "a paragraph or a list")
            else:
                yield Problem(place, PAGE, f"has an exclamation mark: '{found[0]}'", "a full stop")


def pages_end_with_one_next_step(project: Project, draft: Draft) -> Iterator[Problem]:
    """A page ends with one paragraph that says where to go next."""
    for page in project.pages:
        steps = [found.start() for found in _STEP.finditer(page.text)]
        for offset in steps[:-1]:
            message = "has more than one next step"
            yield Problem(page.place(offset), PAGE, message, "one, at the end of the page")
        text = page.text.rstrip()
        last = text.rpartition("\n\n")[2]
        if not steps or "\n" in text[steps[-1] :] or "](" not in last:
            message = "does not end with a link to a next step"
            yield Problem(page.place(len(text)), PAGE, message, _NEXT)


def pages_ask_live_questions(project: Project, draft: Draft) -> Iterator[Problem]:
    """A page prints in full only questions that are still asked."""
    retired = {entry.id: entry.value for entry in draft.questions if not entry.value.live}
    for page in project.pages:
        for found in _EMBEDDED.finditer(page.text):
            if found[1] in retired:
                instead = retired[found[1]].instead
                message = f"prints question '{found[1]}', which is retired"
                expected = f"'{instead}'" if instead else "a live question"
                yield Problem(page.place(found.start(1)), PAGE, message, expected)


def sources_are_cited(project: Project, draft: Draft) -> Iterator[Problem]:
    """A source is cited by a page or an entry, or is the companion of one that is."""
    cited = {found[1] for page in project.pages for found in _CITED.finditer(page.text)}
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
