"""Rules across entries: ids, references, needs, retirement. The docstring is the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from macros.load.entries import LISTS, Entry, LoadedData
from macros.model.question import Question
from macros.model.reference import item_ids
from macros.problems import Problem, SourceLocation, nearest, one_of

# Four from each of three roles fill an hour's meeting and both pages of the printed sheet.
MUST_LIMIT = 4


def ids_are_unique(loaded: LoadedData) -> Iterator[Problem]:
    """An id, or an earlier id in `previous_ids`, names one entry and no other of its kind."""
    for each in LISTS:
        yield from _unique_ids(getattr(loaded, each.name))
    for framework in loaded.frameworks:
        first: dict[str, int] = {}
        for number, item in enumerate(framework.value.items):
            if first.setdefault(item.id, number) != number:
                where = framework.location("items", first[item.id], "id")
                message = f"item '{item.id}' is already used at {where.file}:{where.line}"
                location = framework.location("items", number, "id")
                yield Problem(location, framework.item, message, "an id of its own")


def _unique_ids(entries: Iterable[Entry[Any]]) -> Iterator[Problem]:
    first: dict[str, Callable[[], SourceLocation]] = {}  # To look for a place takes its time.
    for entry in entries:
        for name, inner in _claimed(entry):
            location = partial(entry.location, *inner)
            where = first.setdefault(name, location)
            if where is not location:
                file, line, _ = where()
                message = f"id '{name}' is already used at {file}:{line}"
                yield Problem(location(), entry.item, message, "an id of its own")


def _claimed(entry: Entry[Any]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    if entry.id:
        yield entry.id, ("id",)
    for number, earlier in enumerate(getattr(entry.value, "previous_ids", ())):
        yield earlier, ("previous_ids", number)


def titles_are_unique(loaded: LoadedData) -> Iterator[Problem]:
    """A question's title is used once in the site: menus and search results show nothing else."""
    first: dict[str, Entry[Question]] = {}
    for entry in loaded.questions:
        title = entry.value.title.casefold()
        if title in first:
            other = first[title]
            where = other.location("title")
            message = f"title '{entry.value.title}' is already used by '{other.item}'"
            expected = f"another title (first used at {where.file}:{where.line})"
            yield Problem(entry.location("title"), entry.item, message, expected)
        elif title:
            first[title] = entry


def role_folders_are_known(loaded: LoadedData) -> Iterator[Problem]:
    """A folder in `questions/` is named after a role."""
    known = _ids(loaded.roles)
    if "roles" in loaded.absent:
        return
    folders = {entry.value.role: entry.document.file for entry in loaded.questions}
    for role, file in folders.items():
        if role not in known:
            location = SourceLocation(PurePosixPath(file).parent.as_posix(), 1, 1)
            message = f"the folder's name '{role}' is not a role"
            yield Problem(location, "(folder)", message, one_of(known), nearest(role, known))


def references_are_known(loaded: LoadedData) -> Iterator[Problem]:
    """Whatever an entry names (stage, job title, source, question, checklist item ...) exists."""
    one = _lists_of(loaded, stage="stages", priority="priorities", instead="questions")
    many = _lists_of(
        loaded,
        job_titles="job_titles",
        applies_to="kinds",
        needs="questions",
        sources="sources",
        pitfalls="pitfalls",
    )
    items = item_ids(tuple(entry.value for entry in loaded.frameworks))
    for entry in loaded.questions:
        for field, known in one.items():
            name = getattr(entry.value, field)
            if name:
                yield from _known(entry, name, known, (field,), field, loaded)
        for field, known in many.items():
            for number, name in enumerate(getattr(entry.value, field)):
                yield from _known(entry, name, known, (field, number), field, loaded)
        for number, coverage in enumerate(entry.value.maps_to):
            if "frameworks" in loaded.absent:
                break
            inner = ("maps_to", number, "item")
            yield from _known(entry, coverage.item, items, inner, "maps_to", loaded)
    for entries, named in (
        (loaded.terms, {"sources": "sources"}),
        (loaded.claims, {"sources": "sources"}),
        (loaded.failures, {"sources": "sources", "questions": "questions"}),
        (loaded.duties, {"sources": "sources", "questions": "questions"}),
        (loaded.wordings, {"roles": "roles"}),
    ):
        for field, known in _lists_of(loaded, **named).items():
            for other in entries:
                for number, name in enumerate(getattr(other.value, field)):
                    yield from _known(other, name, known, (field, number), field, loaded)
    for known in _lists_of(loaded, together="questions").values():
        for framework in loaded.frameworks:
            for number, item in enumerate(framework.value.items):
                for place, name in enumerate(item.together):
                    at = ("items", number, "together", place)
                    yield from _known(framework, name, known, at, "together", loaded)
    single: tuple[tuple[Sequence[Entry[Any]], str, str], ...] = (
        (loaded.pitfalls, "context_of", "roles"),
        (loaded.job_titles, "role", "roles"),
        (loaded.failures, "cause", "causes"),
        (loaded.sources, "companion_of", "sources"),
    )
    for others, field, name_of_list in single:
        for known in _lists_of(loaded, **{field: name_of_list}).values():
            for other in others:
                if name := getattr(other.value, field):
                    yield from _known(other, name, known, (field,), field, loaded)


def _lists_of(loaded: LoadedData, **lists: str) -> dict[str, list[str]]:
    """Return, by field, the ids that it may name, unless the list of them could not be read."""
    return {
        field: _ids(getattr(loaded, name))
        for field, name in lists.items()
        if name not in loaded.absent
    }


def _known(
    entry: Entry[Any],
    name: str,
    known: Collection[str],
    inner: tuple[str | int, ...],
    field: str,
    loaded: LoadedData,
) -> Iterator[Problem]:
    if name not in known and name not in loaded.unread:
        message, guess = f"{field} '{name}' is unknown", loaded.renamed.get(name, "")
        if guess not in known:
            guess = nearest(name, known)
        yield Problem(entry.location(*inner), entry.item, message, one_of(known), guess)


def job_titles_belong_to_the_role(loaded: LoadedData) -> Iterator[Problem]:
    """A question is asked of job titles of its own role."""
    role_of = {entry.id: entry.value.role for entry in loaded.job_titles}
    for entry in loaded.questions:
        role = entry.value.role
        own = [title for title, owner in role_of.items() if owner == role]
        for number, title in enumerate(entry.value.job_titles):
            if own and role_of.get(title, role) != role:
                message = f"job_titles '{title}' belongs to the role '{role_of[title]}'"
                yield Problem(
                    entry.location("job_titles", number), entry.item, message, one_of(own)
                )


def needs_do_not_circle(loaded: LoadedData) -> Iterator[Problem]:
    """No question needs its own answer, however long the way round."""
    entries: dict[str, Entry[Question]] = {}
    for entry in loaded.questions:
        if entry.id:
            entries.setdefault(entry.id, entry)
    needs = {
        name: {needed for needed in entry.value.needs if needed in entries}
        for name, entry in entries.items()
    }
    while True:
        try:
            TopologicalSorter({name: sorted(needed) for name, needed in needs.items()}).prepare()
            return
        except CycleError as error:
            circle = list(reversed(error.args[1]))
        start = circle.index(min(circle, key=list(entries).index))
        circle = [*circle[start:-1], *circle[: start + 1]]
        last, first = circle[-2], circle[-1]
        needs[last].discard(first)
        location = entries[last].location("needs", entries[last].value.needs.index(first))
        message = f"needs go round in a circle: {' → '.join(circle)}"
        yield Problem(location, last, message, "one of these needs taken out")


def needs_are_live(loaded: LoadedData) -> Iterator[Problem]:
    """A live question does not wait for one that is no longer asked."""
    retired = {entry.id for entry in loaded.questions if not entry.value.live}
    for entry in loaded.questions:
        for number, name in enumerate(entry.value.needs):
            if entry.value.live and name in retired:
                message = f"needs '{name}' is retired"
                yield Problem(
                    entry.location("needs", number), entry.item, message, "a live question"
                )


def needs_come_no_later(loaded: LoadedData) -> Iterator[Problem]:
    """A question does not wait for one of a later stage."""
    stages = _ids(loaded.stages)
    stage_of = {entry.id: entry.value.stage for entry in loaded.questions}
    for entry in loaded.questions:
        own = entry.value.stage
        for number, name in enumerate(entry.value.needs):
            other = stage_of.get(name)
            if own in stages and other in stages and stages.index(other) > stages.index(own):
                message = f"is asked in stage '{own}' and needs '{name}' of the later '{other}'"
                expected = "a question of the same stage or an earlier one"
                yield Problem(entry.location("needs", number), entry.item, message, expected)


def musts_are_few(loaded: LoadedData) -> Iterator[Problem]:
    """A role has at most four `must` questions: they share one meeting and one printed sheet."""
    musts: dict[str, list[str]] = defaultdict(list)
    for entry in loaded.questions:
        if entry.value.live and entry.value.priority == "must":
            earlier = musts[entry.value.role]
            if len(earlier) >= MUST_LIMIT:
                message = f"is 'must' question {len(earlier) + 1} of '{entry.value.role}'"
                others = ", ".join(earlier[:MUST_LIMIT])
                expected = f"at most {MUST_LIMIT} a role: 'should' here, or in one of {others}"
                yield Problem(entry.location("priority"), entry.item, message, expected)
            earlier.append(entry.item)


def every_role_has_a_must(loaded: LoadedData) -> Iterator[Problem]:
    """A role is asked at least one `must` question, so that it has a part in the first meeting."""
    known = _ids(loaded.priorities)
    for role in loaded.roles:
        own = _read_whole(loaded, role.id, "status")
        if any(question.priority not in known for question in own):
            continue
        if own and not any(question.live and question.priority == "must" for question in own):
            expected = f"'priority: must' in one to {MUST_LIMIT} live questions of the role"
            yield Problem(role.location("id"), role.item, "has no 'must' question", expected)


def pitfalls_are_prevented(loaded: LoadedData) -> Iterator[Problem]:
    """A pitfall is prevented by a live question to the role that held the missing context."""
    known = _ids(loaded.pitfalls)
    for pitfall in loaded.pitfalls:
        role = pitfall.value.context_of
        own = _read_whole(loaded, role, "status", "pitfalls")
        if any(name not in known for question in own for name in question.pitfalls):
            continue
        if own and not any(q.live and pitfall.id in q.pitfalls for q in own):
            message = f"no live question of '{role}' prevents it"
            expected = f"'{pitfall.id}' in 'pitfalls' of a question in questions/{role}/"
            yield Problem(pitfall.location("context_of"), pitfall.item, message, expected)


def _read_whole(loaded: LoadedData, role: str, *fields: str) -> list[Question]:
    """Return a role's questions, or none where something in them could not be read.

    What is missing from them may be in what was not read, and that has been said.
    """
    own = [entry for entry in loaded.questions if entry.value.role == role]
    in_doubt = loaded.unread or any(entry.invalid_fields & {*fields} for entry in own)
    return [] if in_doubt else [entry.value for entry in own]


def retirement_is_explained(loaded: LoadedData) -> Iterator[Problem]:
    """A retired question says why; a live one does not."""
    for entry in loaded.questions:
        if entry.invalid_fields & {"status", "retired_because"}:
            continue
        retired, reason = not entry.value.live, entry.value.retired_because
        if retired and not reason:
            expected = "'retired_because' with the reason and what to ask instead"
            yield Problem(
                entry.location("status"), entry.item, "is retired without a reason", expected
            )
        elif reason and not retired:
            location = entry.location("retired_because")
            message = "has a reason for retiring but is live"
            yield Problem(location, entry.item, message, "'status: retired', or no reason")


def laws_are_cited_at_official_addresses(loaded: LoadedData) -> Iterator[Problem]:
    """A source of kind `law` has the address of whoever published the law or gave the ruling."""
    if "official_hosts" in loaded.absent:
        return
    hosts = [entry.value.host for entry in loaded.official_hosts]
    for entry in loaded.sources:
        host = urlsplit(entry.value.url).hostname or ""
        official = any(host == own or host.endswith(f".{own}") for own in hosts)
        if entry.value.kind == "law" and host and not official:
            expected = f"an official address, at {one_of(hosts)}; official-hosts.yml lists them"
            message = f"url of a law is at '{host}'"
            yield Problem(entry.location("url"), entry.item, message, expected)


def retired_questions_lead_to_live_ones(loaded: LoadedData) -> Iterator[Problem]:
    """What is to be asked `instead` of a retired question is still asked; a live one names none."""
    retired = {entry.id for entry in loaded.questions if not entry.value.live}
    for entry in loaded.questions:
        name = entry.value.instead
        if not name or entry.invalid_fields & {"status", "instead"}:
            continue
        location = entry.location("instead")
        if entry.value.live:
            message = f"names '{name}' to be asked instead but is live"
            yield Problem(location, entry.item, message, "'status: retired', or no 'instead'")
        elif name in retired:
            yield Problem(location, entry.item, f"instead '{name}' is retired", "a live question")


def terms_are_unique(loaded: LoadedData) -> Iterator[Problem]:
    """A word of the glossary, with its other forms, is explained once."""
    first: dict[str, Entry[Any]] = {}
    for entry in loaded.terms:
        forms: list[tuple[str, tuple[str | int, ...]]] = [(entry.value.term, ("term",))]
        forms += [(form, ("also", number)) for number, form in enumerate(entry.value.also)]
        forms += [(form, ("forms", number)) for number, form in enumerate(entry.value.forms)]
        for form, inner in forms:
            known = first.setdefault(form.casefold(), entry)
            if form and known is not entry:
                message = f"'{form}' is already explained by '{known.item}'"
                yield Problem(entry.location(*inner), entry.item, message, "each form once")


def what_is_covered_is_not_outside(loaded: LoadedData) -> Iterator[Problem]:
    """A checklist item that a live question covers is not said to be beyond a kickoff's reach."""
    covered = {
        coverage.item: entry
        for entry in loaded.questions
        if entry.value.live
        for coverage in entry.value.maps_to
    }
    for framework in loaded.frameworks:
        for number, item in enumerate(framework.value.items):
            by = covered.get(f"{framework.id}:{item.id}")
            if item.outside and by:
                location = framework.location("items", number, "outside")
                message = f"item '{item.id}' is called outside, but '{by.item}' covers it"
                yield Problem(location, framework.item, message, "one of the two")


def what_is_covered_together_is_covered_by_parts(loaded: LoadedData) -> Iterator[Problem]:
    """A question that covers a checklist item `together` with others says which part it covers.

    Where one of them is retired, the item counts as covered in part again, so nothing is at fault.
    """
    live = {entry.id: entry.value for entry in loaded.questions if entry.value.live}
    parts = {
        (id, coverage.item)
        for id, question in live.items()
        for coverage in question.maps_to
        if coverage.extent == "part"
    }
    for framework in loaded.frameworks:
        for number, item in enumerate(framework.value.items):
            name = f"{framework.id}:{item.id}"
            for place, id in enumerate(item.together):
                if id in live and (id, name) not in parts:
                    location = framework.location("items", number, "together", place)
                    message = f"item '{item.id}' names '{id}', which covers no part of it"
                    expected = f"'{name}' in its 'maps_to', with 'extent: part'"
                    yield Problem(location, framework.item, message, expected)


def failures_and_law_lead_to_live_questions(loaded: LoadedData) -> Iterator[Problem]:
    """A documented failure, and a duty of law, names questions that are still asked."""
    retired = {entry.id for entry in loaded.questions if not entry.value.live}
    entries: Sequence[Entry[Any]] = [*loaded.failures, *loaded.duties]
    for entry in entries:
        for number, name in enumerate(entry.value.questions):
            if name in retired:
                message = f"questions '{name}' is retired"
                location = entry.location("questions", number)
                yield Problem(location, entry.item, message, "a live question")


def _ids(entries: Iterable[Entry[Any]]) -> list[str]:
    return [entry.id for entry in entries if entry.id]
