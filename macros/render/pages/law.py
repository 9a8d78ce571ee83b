"""What the law asks, place by place."""

from __future__ import annotations

from datetime import date

from macros.lookup import MacroError, choose
from macros.model.reference import Duty
from macros.render.formatting import day
from macros.render.renderer import PageContext, Renderer


def law(renderer: Renderer, context: PageContext, place: str) -> str:
    """Print what the law of a place asks, of whom and since when, the earliest day first."""
    duties = renderer.playbook.duties
    name = choose(place, dict.fromkeys(duty.place for duty in duties), "law of")
    shown = [duty for duty in duties if duty.place == name]
    by_day: dict[date | None, list[Duty]] = {duty.applies_from: [] for duty in shown}
    for duty in shown:
        by_day[duty.applies_from].append(duty)
    days = sorted(by_day.items(), key=lambda each: each[0] or date.max)
    return renderer.render("reference/law.md.jinja", context, place=name, days=days)


def law_as_of(renderer: Renderer, context: PageContext) -> str:
    """Print the day on which everything that `law` prints had been compared with its sources."""
    checked = [duty.checked for duty in renderer.playbook.duties]
    if not checked:
        raise MacroError("law.yml has no entry; expected one, or a page without law_as_of()")
    return day(min(checked))
