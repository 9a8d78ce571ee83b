"""How the scripts of the parts to play with are asked, and what they must come to."""

from __future__ import annotations

from typing import Any

from macros.load.experiment_results import read_experiments
from tests.modules.node import Evaluates

RESULTS = {name: each.results for name, each in read_experiments().items()}


def compute(window: Evaluates, module: str, work: str, given: Any = None) -> Any:
    """Run `work` with the script `module` as `m` and `given`, in a Node or a page."""
    return window.evaluate(
        f"""async (given) => {{
          const root = new URL(document.body.dataset.root.replace(/\\/?$/, "/"), location.href);
          const load = (name) => import(new URL(`assets/pitfalls/${{name}}.js`, root));
          const m = await load("{module}");
          const {{ mulberry32 }} = await load("play");
          {work}
        }}""",
        given,
    )
