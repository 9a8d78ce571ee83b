"""The notebook of a worksheet: valid, as it was typed, and noticed where it was changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.modules.node import Node
from tests.modules.sheets import KNOWN, MAKE_NOTEBOOK, QUESTIONS, ask, lines, sheet_with
from tests.other_programs import Shown


def test_the_notebook_is_one(node: Node) -> None:
    sheet = {"project": {"name": "Pool"}, "answers": [{"question": KNOWN[0], "text": "a\nb"}]}
    made = json.loads(ask(node, MAKE_NOTEBOOK, sheet=sheet, questions=QUESTIONS))
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    assert set(made) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    names = [cell["id"] for cell in made["cells"]]
    assert len(set(names)) == len(names)
    for cell in made["cells"]:
        assert set(cell) == {"cell_type", "id", "metadata", "source"}
        assert cell["cell_type"] == "markdown"
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell["id"])
        assert all(isinstance(line, str) for line in cell["source"])
    of = [cell for cell in made["cells"] if cell["metadata"].get("question") == KNOWN[0]]
    assert "> a  \n> b" in "".join(of[0]["source"])


def test_a_notebook_that_others_render_reads_as_it_was_typed(node: Node) -> None:
    # They import half of Jupyter, and most processes that run tests need none of it.
    import nbformat
    from nbconvert import HTMLExporter

    text = "We lose $40k a month; the checks cost $12k.\n\\(x\\) and https://example.com/a_b#c_d"
    made = ask(node, MAKE_NOTEBOOK, sheet=sheet_with(text), questions=QUESTIONS)
    notebook = nbformat.reads(made, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    exporter = HTMLExporter(template_name="basic")  # type: ignore[no-untyped-call]
    page, _ = exporter.from_notebook_node(notebook)
    shown = Shown(page)
    assert [lines(quote) for quote in shown.quotes] == [lines(text)]
    assert shown.formulas == []
    address = "https://example.com/a_b#c_d"
    assert (address, address) in shown.links


def test_a_notebook_that_was_edited_is_noticed_and_one_that_was_only_saved_is_not(
    node: Node,
) -> None:
    made = ask(node, MAKE_NOTEBOOK, sheet=sheet_with("as it was"), questions=QUESTIONS)

    def edited(change: Callable[[Any], None]) -> Any:
        notebook = json.loads(made)
        change(notebook)
        text = json.dumps(notebook)
        return ask(node, "return files.readFile(given.text).edited", text=text)

    def saved_again(notebook: Any) -> None:
        notebook["nbformat_minor"] = 4
        for cell in notebook["cells"]:
            del cell["id"]
            cell["source"] = "".join(cell["source"])
        empty = {"cell_type": "code", "source": [], "outputs": [], "metadata": {}}
        notebook["cells"].append(empty | {"execution_count": None})

    def typed(notebook: Any) -> None:
        cell = next(each for each in notebook["cells"] if "as it was" in "".join(each["source"]))
        cell["source"] = [line.replace("as it was", "as it is") for line in cell["source"]]

    def broken(notebook: Any) -> None:
        notebook["cells"][0]["source"] = [{"toString": 1}]

    assert edited(lambda notebook: None) is False
    assert edited(broken) is True
    assert edited(saved_again) is False
    assert edited(typed) is True
    assert edited(lambda notebook: notebook["cells"].pop()) is True
    assert edited(lambda notebook: notebook["metadata"].pop("ml_needs_support_text")) is False
