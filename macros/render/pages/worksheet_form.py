"""The worksheet: a form that is complete without script; docs/assets/worksheet/ adds the rest."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

from macros.derive.schedule import asked_in, by_length, in_order_of_need
from macros.lookup import MacroError
from macros.model.meeting import Agenda
from macros.model.question import Playbook
from macros.render.renderer import PageContext, Renderer

ASSETS = Path(__file__).resolve().parents[3] / "docs" / "assets"
_ENTRY = "worksheet/main.js"
_IMPORT = re.compile(r'\bfrom "(\.{1,2}/[^"]+)";')
_LATER = re.compile(r'\bimport\("(\.{1,2}/[^"]+)"\)')

# Lengths of a meeting, in minutes, that people can choose besides those of the agendas.
OTHER_LENGTHS = (120,)


def worksheet(renderer: Renderer, context: PageContext) -> str:
    """Print every live question with room for an answer: must-ask first, each after those it needs.

    Raises:
        MacroError: The playbook has no agenda.
    """
    playbook = renderer.playbook
    agendas = [first for first, *_ in by_length(playbook)]
    if not agendas:
        raise MacroError("worksheet: it follows the agendas of agendas.yml, and there is none")
    priorities = [priority.id for priority in renderer.vocabulary.priorities]
    ordered = in_order_of_need(playbook.live, playbook)
    positions = {question.id: number for number, question in enumerate(ordered)}
    return renderer.render(
        "meeting/worksheet.html.jinja",
        context,
        questions=sorted(ordered, key=lambda question: priorities.index(question.priority)),
        positions=positions,
        retired=[question for question in playbook.questions if not question.live],
        must_count=len(playbook.must_ask),
        agendas=json.dumps([_agenda_for_script(agenda, playbook) for agenda in agendas]),
        modules=_modules(),
        lengths=sorted({agenda.minutes for agenda in agendas}.union(OTHER_LENGTHS)),
    )


def _agenda_for_script(agenda: Agenda, playbook: Playbook) -> dict[str, object]:
    """Return an agenda for agenda.js: the step that asks questions, and those before and after."""
    [round_index] = [number for number, step in enumerate(agenda.steps) if step.priority]
    fields = ("minutes", "title", "what", "who")
    steps = [step.model_dump(include=set(fields)) for step in agenda.steps]
    questions = asked_in(agenda.steps[round_index], playbook.questions)
    return {
        "minutes": agenda.minutes,
        "before": steps[:round_index],
        "round": agenda.steps[round_index].minutes,
        "questions": len(questions),
        "after": steps[round_index + 1 :],
        "stages": agenda.steps[round_index].stages,
        "extra_stages": agenda.steps[round_index].extra_stages,
    }


def _modules() -> dict[str, dict[str, str]]:
    """Return the paths of the worksheet's scripts below docs/assets, each with its checksum.

    `first` has what the page loads at the start, each script after those it imports; `later` has
    what it loads on demand. A browser runs a script only if its checksum is the one on the page, so
    a page never runs a cached script of another version.
    """
    first = _with_imports([_ENTRY])
    on_demand = [name for each in first for name in _scripts_named_in(each, _LATER)]
    later = [name for name in _with_imports(on_demand) if name not in first]
    return {
        "first": {name: _checksum(name) for name in reversed(first)},
        "later": {name: _checksum(name) for name in later},
    }


def _with_imports(names: list[str]) -> list[str]:
    """Return these scripts and all that they import, each before what it imports."""
    collected: list[str] = []
    to_visit = list(names)
    while to_visit:
        name = to_visit.pop(0)
        if name not in collected:
            collected.append(name)
            to_visit += _scripts_named_in(name, _IMPORT)
    return collected


def _scripts_named_in(name: str, pattern: re.Pattern[str]) -> list[str]:
    """Return the scripts that a script names, as paths below docs/assets."""
    script = ASSETS / name
    named = pattern.findall(script.read_text(encoding="utf-8"))
    return [(script.parent / path).resolve().relative_to(ASSETS).as_posix() for path in named]


def _checksum(name: str) -> str:
    """Return the checksum of a script for an `integrity` attribute."""
    digest = hashlib.sha256((ASSETS / name).read_bytes()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
