"""Rules of the first meeting: its agendas, and the worked example. The docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator

from macros.derive.schedule import LEAST_MINUTES, asked_in
from macros.load.entries import Draft, Entry
from macros.model.question import Labelled
from macros.problems import Problem, nearest, one_of


def agendas_fill_their_time(draft: Draft) -> Iterator[Problem]:
    """The parts of an agenda add up to its length, and each question has two minutes or more."""
    questions = [entry.value for entry in draft.questions]
    for agenda in draft.agendas:
        if agenda.unsound:
            continue
        total = sum(step.minutes for step in agenda.value.steps)
        if total != agenda.value.minutes:
            message = f"the steps take {total} minutes"
            place = agenda.place("minutes")
            yield Problem(place, agenda.item, message, f"{agenda.value.minutes} in all")
        for number, step in enumerate(agenda.value.steps):
            count = len(asked_in(step, questions))
            if step.priority and step.minutes < count * LEAST_MINUTES:
                place = agenda.place("steps", number, "minutes")
                message = f"{step.minutes} minutes are too few for {count} questions"
                expected = (
                    f"{count * LEAST_MINUTES} or more, fewer stages, or a smaller 'extra_count'"
                )
                yield Problem(place, agenda.item, message, expected)


def agendas_have_one_round(draft: Draft) -> Iterator[Problem]:
    """An agenda asks its questions in one step: the worksheet gives that step the time there is."""
    for agenda in draft.agendas:
        rounds = [number for number, step in enumerate(agenda.value.steps) if step.priority]
        if len(rounds) != 1 and not agenda.unsound:
            place = agenda.place("steps", rounds[1]) if rounds else agenda.place("steps")
            message = f"{len(rounds)} steps ask questions" if rounds else "no step asks questions"
            yield Problem(place, agenda.item, message, "'priority' in one step")


def agendas_ask_known_questions(draft: Draft) -> Iterator[Problem]:
    """An agenda names a known priority and known stages."""
    lists: dict[str, tuple[str, list[Entry[Labelled]]]] = {
        "priority": ("priorities", draft.priorities),
        "stages": ("stages", draft.stages),
        "extra_stages": ("stages", draft.stages),
    }
    for agenda in draft.agendas:
        for number, step in enumerate(agenda.value.steps):
            for field, (name, entries) in lists.items():
                if name in draft.absent:
                    continue
                known = [entry.id for entry in entries]
                given = getattr(step, field)
                for id in (given,) if isinstance(given, str) else given or ():
                    if id not in known:
                        place = agenda.place("steps", number, field)
                        message, guess = f"{field} '{id}' is unknown", nearest(id, known)
                        yield Problem(place, agenda.item, message, one_of(known), guess)


def every_must_question_is_answered(draft: Draft) -> Iterator[Problem]:
    """The worked example answers each live `must` question, and nothing else."""
    if draft.absent & {"answers", "questions"} or not draft.answers:
        return
    musts = {e.id: e for e in draft.questions if e.value.live and e.value.priority == "must"}
    answered = {entry.id for entry in draft.answers}
    for id, entry in musts.items():
        if id not in answered:
            expected = f"'{id}' in example.yml, which answers every 'must' question"
            place = entry.place("priority")
            yield Problem(place, entry.item, "is not answered in the worked example", expected)
    for answer in draft.answers:
        if answer.id and answer.id not in musts and answer.id not in draft.unread:
            message = f"'{answer.id}' is not a live 'must' question"
            guess = nearest(answer.id, musts)
            yield Problem(answer.place("id"), answer.item, message, one_of(musts), guess)


def open_answers_have_a_day(draft: Draft) -> Iterator[Problem]:
    """An open answer of the worked example says by when; an answered one needs no day."""
    for entry in draft.answers:
        if "status" in entry.unsound or "due" in entry.unsound:
            continue
        if entry.value.status == "open" and entry.value.due is None:
            message = "is open without a day"
            yield Problem(entry.place("status"), entry.item, message, "'due' with a day")
        elif entry.value.status != "open" and entry.value.due is not None:
            message = "has a day but is not open"
            yield Problem(entry.place("due"), entry.item, message, "'status: open', or no day")
