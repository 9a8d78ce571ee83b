"""What the pitfall pages print: numbers and figures of experiments, scripts, things to try."""

from __future__ import annotations

from macros.load.experiment_results import Experiment
from macros.lookup import choose, find
from macros.render.figures import FIGURES
from macros.render.formatting import format_number, interval
from macros.render.renderer import PageContext, Renderer

_TO_TRY = ("coins", "threshold", "body", "chess", "labels", "leak")


def result(
    renderer: Renderer,
    context: PageContext,
    experiment: str,
    path: str,
    form: str = "number",
    digits: int = 0,
) -> str:
    """Print a number of an experiment, by its path in the result file: `models.memory=12.rules`."""
    return format_number(_experiment(renderer, experiment).value(path), form, digits)


def result_range(
    renderer: Renderer,
    context: PageContext,
    experiment: str,
    path: str,
    form: str = "number",
    digits: int = 0,
) -> str:
    """Print an interval of an experiment as `low to high`."""
    return interval(_experiment(renderer, experiment).value(path), form, digits)


def picture(renderer: Renderer, context: PageContext, name: str) -> str:
    """Print a figure of an experiment's results, with the same numbers as a table."""
    experiment, draw = FIGURES[choose(name, FIGURES, "picture")]
    results = _experiment(renderer, experiment).results
    return renderer.render(
        f"figures/{name}.html.jinja", context, name=name, figure=draw(results), results=results
    )


def try_it(renderer: Renderer, context: PageContext, name: str) -> str:
    """Print something to play with, which scripts then show; without them, it says so."""
    template = f"play/try_{choose(name, _TO_TRY, 'thing to try')}.html.jinja"
    return renderer.render(
        template, context, results={k: v.results for k, v in renderer.experiments.items()}
    )


def experiment_script(renderer: Renderer, context: PageContext, experiment: str) -> str:
    """Print an experiment's script, with links to download it and its results."""
    return renderer.render(
        "figures/script.html.jinja", context, experiment=_experiment(renderer, experiment)
    )


def this_is_you(renderer: Renderer, context: PageContext, pitfall: str) -> str:
    """Print how readers recognise their own project in a pitfall."""
    entry = find(renderer.playbook.pitfalls, pitfall, "pitfall")
    return renderer.render("figures/this_is_you.html.jinja", context, pitfall=entry).strip()


def pitfall_in_short(renderer: Renderer, context: PageContext, pitfall: str) -> str:
    """Print what looked fine in a pitfall, what was wrong, and who could have said so."""
    entry = find(renderer.playbook.pitfalls, pitfall, "pitfall")
    return renderer.render("figures/pitfall_in_short.html.jinja", context, pitfall=entry)


def pitfall_list(renderer: Renderer, context: PageContext) -> str:
    """Print every pitfall in a sentence, and how readers recognise their own project in it."""
    return renderer.render(
        "figures/pitfall_list.html.jinja", context, pitfalls=renderer.playbook.pitfalls
    )


def _experiment(renderer: Renderer, name: str) -> Experiment:
    known = renderer.experiments
    return known[choose(name, known, "experiment")]
