"""Rules of pages and templates, alone and with the data. The docstring is the rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from macros.check.style import exclamations
from macros.derive.bibliography import LIST, page_of_source
from macros.load.entries import FILES, LoadedData
from macros.load.project_files import QUESTION_SCHEMA, Page, Project
from macros.model.question import QuestionText
from macros.model.word_list import any_word
from macros.problems import Problem, SourceLocation, nearest, one_of

_STEP = re.compile(r"^\{:[^}\n]*\.pb-next\b[^}\n]*\}[ \t]*$", re.MULTILINE)
_NEXT = "a paragraph such as '**Next:** go to [your role](../roles/index.md).' over '{: .pb-next }'"
_BOX = re.compile(r"(?<=\n)!!!(?= \w)")
_PRINTED = re.compile(r"\{\{\s*(\w+)\(")
# What prints a whole list, and the list.
PRINTED_LISTS = {
    "agendas": "agendas",
    "worksheet": "agendas",
    "worked_example": "answers",
    "open_points": "answers",
    "claims": "claims",
    "failures": "failures",
    "law": "duties",
    "law_as_of": "duties",
    "checklist_summary": "frameworks",
    "glossary": "terms",
    "sources": "sources",
    "pitfall_list": "pitfalls",
}
# The macros that are told an id, and the list that it is from.
_ASKED_FOR = {
    "question": "questions",
    "question_link": "questions",
    "role_questions": "roles",
    "role_card": "roles",
    "stage_questions": "stages",
    "stage_description": "stages",
    "pitfall_questions": "pitfalls",
    "this_is_you": "pitfalls",
    "pitfall_in_short": "pitfalls",
    "term": "terms",
    "cite": "sources",
}
# What prints an entry of a list, at the place that other pages link to.
_HOMES = {
    "role_questions": "roles",
    "stage_questions": "stages",
    "pitfall_questions": "pitfalls",
}
_WORD = re.compile(r"[a-z0-9]+")


def pages_use_plain_words(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """A page or template holds no word of wording.yml."""
    lists = [entry.value for entry in loaded.wordings if not entry.value.roles]
    some = any_word(tuple(lists))
    for page in (*project.pages, *project.templates):
        # What the whole text lacks is not in its prose either, which takes longer to find.
        for wording in lists if some.search(page.text.lower()) else ():
            for offset, word, instead in wording.found_in(page.prose):
                expected = f"'{instead}'" if instead else wording.advice
                yield Problem(page.location(offset), page.item, f"says '{word}'", expected)


def pages_have_no_exclamation_marks(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """A page or template has no exclamation mark, but for the `!!!` that starts a box."""
    for page in (*project.pages, *project.templates):
        if not any(exclamations(page.text)):
            continue  # So there is none in its prose, which takes longer to find.
        for match in exclamations(_BOX.sub("   ", page.prose)):
            message = f"has an exclamation mark: '{match[0]}'"
            yield Problem(page.location(match.start()), page.item, message, "a full stop")


def pages_end_with_one_next_step(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """A page ends with one paragraph that says where to go next."""
    for page in project.pages:
        steps = [match.start() for match in _STEP.finditer(page.text)]
        for offset in steps[:-1]:
            message = "has more than one next step"
            yield Problem(page.location(offset), page.item, message, "one, at the end of the page")
        text = page.text.rstrip()
        last = text.rpartition("\n\n")[2]
        if not steps or "\n" in text[steps[-1] :] or "](" not in last:
            message = "does not end with a link to a next step"
            yield Problem(page.location(len(text)), page.item, message, _NEXT)


def pages_ask_for_what_exists(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """Whatever a page asks a macro for by its id (question, term, source, agenda ...) exists."""
    known = {
        name: {entry.id: None for entry in getattr(loaded, name) if entry.id}
        for name in set(_ASKED_FOR.values()) - loaded.absent
    }
    for page in project.pages:
        for macro, id, offset in page.calls:
            ids = known.get(_ASKED_FOR.get(macro, ""))
            if ids is not None and id not in ids and id not in loaded.unread:
                message, guess = f"{macro} '{id}' is unknown", loaded.renamed.get(id, "")
                if guess not in ids:
                    guess = nearest(id, ids)
                yield Problem(page.location(offset), page.item, message, one_of(ids), guess)


def what_pages_print_one_by_one_is_printed_whole(
    project: Project, loaded: LoadedData
) -> Iterator[Problem]:
    """If pages print roles, stages or pitfalls one by one, they print each of them."""
    printed = {(call.macro, call.id) for page in project.pages for call in page.calls}
    for macro, name in _HOMES.items():
        entries = getattr(loaded, name) if any(used == macro for used, _ in printed) else []
        for entry in entries:
            if entry.id and (macro, entry.id) not in printed:
                heading = f"under a heading with '{{: #{entry.id} }}'"
                expected = f'{{{{ {macro}("{entry.id}") }}}} on one, {heading}'
                yield Problem(entry.location("id"), entry.item, "is on no page", expected)


def pages_ask_live_questions(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """A page prints in full only questions that are still asked."""
    retired = {entry.id: entry.value for entry in loaded.questions if not entry.value.live}
    for page in project.pages:
        for macro, id, offset in page.calls:
            if macro == "question" and id in retired:
                instead = retired[id].instead
                message = f"prints question '{id}', which is retired"
                expected = f"'{instead}'" if instead else "a live question"
                yield Problem(page.location(offset), page.item, message, expected)


def pages_print_lists_that_hold_something(
    project: Project, loaded: LoadedData
) -> Iterator[Problem]:
    """A page prints no list without an entry. A list that no page prints may be empty."""
    for page in project.pages:
        for match in _PRINTED.finditer(page.text):
            name = PRINTED_LISTS.get(match[1], "")
            if name and name not in loaded.absent and not getattr(loaded, name):
                message = f"prints {match[1]}(), and {FILES[name]} has no entry"
                expected = f"entries in {FILES[name]}, or a page without it"
                yield Problem(page.location(match.start(1)), page.item, message, expected)


def prints(project: Project, macro: str) -> bool:
    """Return whether some page calls a macro."""
    return any(
        match[1] == macro for page in project.pages for match in _PRINTED.finditer(page.text)
    )


def sources_are_cited(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """A source is cited by a page or an entry, or is the companion of one that is."""
    cited = {call.id for page in project.pages for call in page.calls if call.macro == "cite"}
    lists = (loaded.questions, loaded.terms, loaded.claims, loaded.failures, loaded.duties)
    for entries in lists:
        cited |= {id for entry in entries for id in entry.value.sources}
    for entry in loaded.sources:
        if entry.id and entry.id not in cited and entry.value.companion_of not in cited:
            expected = f"it in the 'sources' of an entry, or cite(\"{entry.id}\") on a page"
            yield Problem(entry.location("id"), entry.item, "is cited by nothing", expected)


def what_is_published_is_listed(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """Every question and page is in the list of addresses that answer for ever."""
    published, lines = loaded.published, lines_to_publish(project.pages, loaded)
    if published and lines:
        end = SourceLocation(published.file, len(published.lines) + 1, 1)
        message = "a line is missing" if len(lines) == 1 else f"{len(lines)} lines are missing"
        some = ", ".join(lines[:3]) + (", ..." if len(lines) > 3 else "")
        expected = f"{some}: run `make record`, which adds what is missing"
        yield Problem(end, "(file)", message, expected)


def lines_to_publish(pages: Sequence[Page], loaded: LoadedData) -> list[str]:
    """Return the lines that the list of addresses lacks; none where the project keeps no list.

    Args:
        pages: The pages of the site.
        loaded: What load/ read.

    Returns:
        A line for each page, for that of a role's questions in full beside the page of the role,
        for those of sources beside their list, for each question where it stands now, and for each
        earlier id.
    """
    published = loaded.published
    if published is None:
        return []
    known = [entry.id for entry in loaded.roles]
    lines = []
    for entry in loaded.questions:
        role = entry.value.role
        if role not in known or "id" in entry.invalid_fields:
            continue
        earlier = [name for name in entry.value.previous_ids if name not in published.questions]
        lines += [f"question {role}/{name}" for name in (entry.id, *earlier)]
    lines += [f"page {page.address}" for page in pages]
    there = {page.address for page in pages}
    lines += [f"page {in_full(role)}" for role in known if f"roles/{role}/" in there]
    if LIST in there:
        addresses = {page_of_source(entry.id) for entry in loaded.sources if entry.id}
        lines += [f"page {address}" for address in sorted(addresses)]
    return published.lacks(lines)


def what_was_published_still_answers(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """A question once published is there, under that id or as an earlier one; so is a page."""
    published = loaded.published
    in_doubt = loaded.unread or any(
        "previous_ids" in entry.invalid_fields for entry in loaded.questions
    )
    if published is None:
        return
    ids = {
        name for entry in loaded.questions for name in (entry.id, *entry.value.previous_ids) if name
    }
    for name, line in published.questions.items():
        if name not in ids and not in_doubt:
            location = SourceLocation(published.file, line, 1)
            message = f"question '{name}' was published and is gone"
            expected = f"its file, or '{name}' in 'previous_ids' of the one that took its place"
            yield Problem(location, "(file)", message, expected)
    addresses = {page.address for page in project.pages}
    addresses |= {in_full(entry.id) for entry in loaded.roles if entry.id}
    addresses |= {*published.source_pages}
    for name, line in published.pages.items():
        if name.endswith("/") and name not in addresses:
            message, expected = f"page '{name}' was published and is gone", "a page at its address"
            yield Problem(SourceLocation(published.file, line, 1), "(file)", message, expected)


def in_full(role: str) -> str:
    """Return the address of the page that holds all questions of a role in full."""
    return f"roles/{role}/all/"


def editors_offer_the_vocabulary(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """Editors offer the ids of the vocabulary as they are now."""
    if not project.question_schema:
        return
    try:
        fields = dict(json.loads(project.question_schema)["properties"])
    except (ValueError, KeyError, TypeError):  # Somebody edited what a command writes.
        fields = {}
    behind = []
    for field, info in QuestionText.model_fields.items():
        extra = info.json_schema_extra
        name = extra.get("list") if isinstance(extra, dict) else None
        if isinstance(name, str) and name not in loaded.absent:
            described = fields.get(field, {})
            offered = described.get("enum") or described.get("items", {}).get("enum")
            if offered != [entry.id for entry in getattr(loaded, name)]:
                behind.append(name)
    if behind:
        message = f"does not offer the {' and '.join(behind)} of vocabulary.yml"
        location = SourceLocation(QUESTION_SCHEMA, 1, 1)
        yield Problem(location, "(file)", message, "them as they are now: run `make schema`")


def search_words_mean_something(project: Project, loaded: LoadedData) -> Iterator[Problem]:
    """What a searched word means is said in the playbook: by a question, a term or a page."""
    lists = (loaded.questions, loaded.terms, loaded.pitfalls, loaded.failures)
    entries = [entry for entries in lists for entry in entries]
    texts = [text for entry in entries for text in entry.words]
    texts += [entry.id for entry in entries] + [page.text for page in project.pages]
    said = set(_WORD.findall(" ".join(set(" ".join(texts).lower().split()))))
    said |= {f"{word}s" for word in said} | {word.removesuffix("s") for word in said}
    all_meant = [meant for entry in loaded.search_words for meant in entry.value.means]
    unsaid = set(_WORD.findall("\n".join(all_meant).lower())) - said
    for entry in loaded.search_words if unsaid else ():
        for number, meant in enumerate(entry.value.means):
            for word in _WORD.findall(meant.lower()):
                if word in unsaid:
                    message = f"means '{meant}', and no question, term or page says '{word}'"
                    location = entry.location("means", number)
                    yield Problem(location, entry.item, message, "words of the playbook")
