"""The program knows its generator in one place, and holds no markup and no prose."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tiny import ROOT

MODULES = sorted((ROOT / "macros").rglob("*.py"))
KNOW_MKDOCS = {"hooks.py", "live_reload.py"}


def imported(module: Path) -> set[str]:
    """Return the packages that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def texts(module: Path) -> list[str]:
    """Return the texts in a module's code, a dot for each value in one. No docstrings or errors."""
    tree = ast.parse(module.read_text("utf-8"))
    left_out: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            left_out |= set(ast.walk(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            left_out |= set(node.values)
    return [
        "".join(str(part.value) if isinstance(part, ast.Constant) else "." for part in parts)
        for node in set(ast.walk(tree)) - left_out
        for parts in [node.values if isinstance(node, ast.JoinedStr) else [node]]
        if isinstance(node, ast.JoinedStr | ast.Constant)
    ]


def test_only_the_hooks_know_the_site_generator() -> None:
    generators = re.compile("mkdocs|material|zensical")
    knowing = {each.name for each in MODULES if any(map(generators.match, imported(each)))}
    assert knowing == KNOW_MKDOCS


def test_the_program_runs_without_the_site_generator() -> None:
    modules = [module for module in MODULES if module.name not in KNOW_MKDOCS]
    parts = [module.relative_to(ROOT).with_suffix("").parts for module in modules]
    names = ", ".join(map(".".join, parts))
    code = f"import sys, {names}; print([m for m in sys.modules if 'mkdocs' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_no_markup_stands_in_python() -> None:
    markup = re.compile(r"</?[a-zA-Z][\w-]*[\s/>]|<!--|<!doctype|\b(class|href|src|style)=", re.I)
    for module in MODULES:
        assert [text for text in texts(module) if markup.search(text)] == [], module


def test_no_prose_stands_in_python() -> None:
    """What readers read is in data files and templates: no text has six words in a row."""
    six_words = re.compile(r"(?:[^\W\d_][\w’'-]*[,.:;?]? ){5}[^\W\d_]")
    for module in MODULES:
        if module.relative_to(ROOT / "macros").parts[0] in ("derive", "render", "export"):
            assert [text for text in texts(module) if six_words.search(text)] == [], module


# Each step, and the steps that it may use. What lies beside the folders serves all of them.
STREAM = {
    "model": set[str](),
    "load": {"model"},
    "derive": {"model"},
    "check": {"model", "load", "derive"},
    "render": {"model", "load", "derive", "export"},
    "export": {"model", "load", "derive", "render"},
}


@pytest.mark.parametrize("step", STREAM)
def test_the_stream_runs_in_one_direction(step: str) -> None:
    for module in sorted((ROOT / "macros" / step).rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("macros."):
                used = str(node.module).split(".")[1]
                assert used not in STREAM or used in STREAM[step] | {step}, f"{module}: {used}"


def test_no_two_modules_have_one_name() -> None:
    names = [module.name for module in MODULES if module.name != "__init__.py"]
    assert sorted(names) == sorted(set(names))


# A type in a comment of a script: up to three braces deep.
JSDOC_TYPE = re.compile(r"@\w+\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
OPEN_TYPE = re.compile(r"\bany\b|\bObject\b|\bFunction\b|\*|@ts-")


def test_every_type_in_a_script_says_what_it_is() -> None:
    """Where a type is `any`, or a comment says so to the checker, Deno checks nothing."""
    scripts = [*(ROOT / "docs/assets").rglob("*.[jt]s"), *(ROOT / "tests/js").glob("*.mjs")]
    for script in scripts:
        text = script.read_text("utf-8")
        is_types = script.name.endswith(".d.ts")
        types = (
            [re.sub(r"/\*.*?\*/", "", text, flags=re.S)] if is_types else JSDOC_TYPE.findall(text)
        )
        types += re.findall(r"@ts-\w+", text)
        open_types = [each for each in types if OPEN_TYPE.search(re.sub(r'"[^"]*"', "", each))]
        assert open_types == [], script
