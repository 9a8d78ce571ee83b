"""Rules of the first meeting: its agendas, and the worked example. The docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator

from macros.derive.schedule import LEAST_MINUTES, asked_in
from macros.load.entries import Entry, LoadedData
from macros.model.question import Labelled
from macros.problems import Problem, nearest, one_of


def agendas_fill_their_time(loaded: LoadedData) -> Iterator[Problem]:
    """The parts of an agenda add up to its length, and each question has two minutes or more."""
    questions = [entry.value for entry in loaded.questions]
    for agenda in loaded.agendas:
        if agenda.invalid_fields:
            continue
        total = sum(step.minutes for step in agenda.value.steps)
        if total != agenda.value.minutes:
            message = f"the steps take {total} minutes"
            location = agenda.location("minutes")
            yield Problem(location, agenda.item, message, f"{agenda.value.minutes} in all")
        for number, step in enumerate(agenda.value.steps):
            count = len(asked_in(step, questions))
            if step.priority and step.minutes < count * LEAST_MINUTES:
                location = agenda.location("steps", number, "minutes")
                message = f"{step.minutes} minutes are too few for {count} questions"
                expected = (
                    f"{count * LEAST_MINUTES} or more, fewer stages, or a smaller 'extra_count'"
                )
                yield Problem(location, agenda.item, message, expected)


def agendas_have_one_round(loaded: LoadedData) -> Iterator[Problem]:
    """An agenda asks its questions in one step: the worksheet gives that step the time there is."""
    for agenda in loaded.agendas:
        rounds = [number for number, step in enumerate(agenda.value.steps) if step.priority]
        if len(rounds) != 1 and not agenda.invalid_fields:
            location = agenda.location("steps", rounds[1]) if rounds else agenda.location("steps")
            message = f"{len(rounds)} steps ask questions" if rounds else "no step asks questions"
            yield Problem(location, agenda.item, message, "'priority' in one step")


def agendas_ask_known_questions(loaded: LoadedData) -> Iterator[Problem]:
    """An agenda names a known priority and known stages."""
    lists: dict[str, tuple[str, list[Entry[Labelled]]]] = {
        "priority": ("priorities", loaded.priorities),
        "stages": ("stages", loaded.stages),
        "extra_stages": ("stages", loaded.stages),
    }
    for agenda in loaded.agendas:
        for number, step in enumerate(agenda.value.steps):
            for field, (name, entries) in lists.items():
                if name in loaded.absent:
                    continue
                known = [entry.id for entry in entries]
                given = getattr(step, field)
                for id in (given,) if isinstance(given, str) else given or ():
                    if id not in known:
                        location = agenda.location("steps", number, field)
                        message, guess = f"{field} '{id}' is unknown", nearest(id, known)
                        yield Problem(location, agenda.item, message, one_of(known), guess)


def every_must_question_is_answered(loaded: LoadedData) -> Iterator[Problem]:
    """The worked example answers each live `must` question, and nothing else."""
    if loaded.absent & {"answers", "questions"} or not loaded.answers:
        return
    musts = {e.id: e for e in loaded.questions if e.value.live and e.value.priority == "must"}
    answered = {entry.id for entry in loaded.answers}
    for id, entry in musts.items():
        if id not in answered:
            expected = f"'{id}' in example.yml, which answers every 'must' question"
            location = entry.location("priority")
            yield Problem(location, entry.item, "is not answered in the worked example", expected)
    # No question that has its answer already can be the one that was meant.
    unanswered = [id for id in musts if id not in answered]
    for answer in loaded.answers:
        if answer.id and answer.id not in musts and answer.id not in loaded.unread:
            message = f"'{answer.id}' is not a live 'must' question"
            guess = loaded.renamed.get(answer.id) or nearest(answer.id, unanswered)
            yield Problem(answer.location("id"), answer.item, message, one_of(musts), guess)


def open_answers_have_a_day(loaded: LoadedData) -> Iterator[Problem]:
    """An open answer of the worked example says by when; an answered one needs no day."""
    for entry in loaded.answers:
        if "status" in entry.invalid_fields or "due" in entry.invalid_fields:
            continue
        if entry.value.status == "open" and entry.value.due is None:
            message = "is open without a day"
            yield Problem(entry.location("status"), entry.item, message, "'due' with a day")
        elif entry.value.status != "open" and entry.value.due is not None:
            message = "has a day but is not open"
            yield Problem(entry.location("due"), entry.item, message, "'status: open', or no day")
