"""What the pitfall pages print of the experiments: numbers, pictures, scripts, things to try."""

from __future__ import annotations

from macros.load.experiment_results import Experiment, read_experiments
from macros.lookup import choose, find
from macros.render.figures import PICTURES
from macros.render.formatting import interval, written
from macros.render.renderer import PageContext, Renderer

_TO_TRY = ("coins", "threshold", "body", "chess", "labels", "leak")


def result(
    book: Renderer,
    place: PageContext,
    experiment: str,
    path: str,
    form: str = "number",
    digits: int = 0,
) -> str:
    """A number of an experiment; its path is that in the result file, `models.memory=12.rules`."""
    return written(_experiment(experiment).value(path), form, digits)


def result_range(
    book: Renderer,
    place: PageContext,
    experiment: str,
    path: str,
    form: str = "number",
    digits: int = 0,
) -> str:
    """An interval of an experiment, as `low to high`."""
    return interval(_experiment(experiment).value(path), form, digits)


def picture(book: Renderer, place: PageContext, name: str) -> str:
    """A picture made of an experiment's results, with the same as a table beside it."""
    experiment, draw = PICTURES[choose(name, PICTURES, "picture")]
    plate = draw(_experiment(experiment).results)
    return book.render("figures/plate.html.jinja", place, name=name, plate=plate)


def try_it(book: Renderer, place: PageContext, name: str) -> str:
    """Something to play with. It shows where scripts run, and says so where they do not."""
    template = f"play/try_{choose(name, _TO_TRY, 'thing to try')}.html.jinja"
    return book.render(
        template, place, results={k: v.results for k, v in read_experiments().items()}
    )


def experiment_script(book: Renderer, place: PageContext, experiment: str) -> str:
    """An experiment's script in full, with links to take it and its results home."""
    return book.render("figures/script.html.jinja", place, experiment=_experiment(experiment))


def this_is_you(book: Renderer, place: PageContext, pitfall: str) -> str:
    """How readers know their own project in a pitfall."""
    found = find(book.playbook.pitfalls, pitfall, "pitfall")
    return book.render("figures/this_is_you.html.jinja", place, pitfall=found).strip()


def pitfalls_side_by_side(book: Renderer, place: PageContext) -> str:
    """Every pitfall: what looked fine, what was wrong, and who could have said so."""
    return book.render("figures/side_by_side.html.jinja", place, pitfalls=book.playbook.pitfalls)


def _experiment(name: str) -> Experiment:
    known = read_experiments()
    return known[choose(name, known, "experiment")]
