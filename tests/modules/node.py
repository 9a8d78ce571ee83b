"""The site's own modules without a page: one Node, which runs as long as the tests do."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, Protocol

from playwright._impl._driver import compute_driver_executable

# Playwright brings a Node, so nothing more need be installed.
NODE = compute_driver_executable()[0]

# In seconds. A busy machine is no fault of a module.
PATIENCE = 90


class Evaluates(Protocol):
    """A Node or a page, for what can be asked of either."""

    def evaluate(self, script: str, arg: Any = None, /) -> Any:
        """Return the value of a script."""


class Node:
    """Evaluates scripts as a page would, a thousand times faster than one."""

    def __init__(self) -> None:
        self._process = _run()

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[Node]:
        """Start a Node that ends with the block."""
        running = cls()
        try:
            yield running
        finally:
            _end(running._process)

    def evaluate(self, script: str, arg: Any = None) -> Any:
        """Return the value of a script, as a page of Playwright does.

        Args:
            script: An expression, or a function of `arg`, which may be asynchronous.
            arg: Anything that JSON can write.

        Returns:
            The value, as JSON can write it.

        Raises:
            AssertionError: The script failed, wrote to the console, or did not end.
        """
        ask, hear = self._process.stdin, self._process.stdout
        assert ask
        assert hear
        impatient = Timer(PATIENCE, self._process.kill)
        impatient.start()
        try:
            ask.write(f"{json.dumps({'script': script, 'arg': arg})}\n")
            ask.flush()
            line = hear.readline()
        finally:
            impatient.cancel()
        if not line:
            # The next test is asked of a new one.
            _end(self._process)
            self._process = _run()
            raise AssertionError(f"Node gave no answer within {PATIENCE} s, or ended, on: {script}")
        answer = json.loads(line)
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer.get("value")


def _run() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [NODE, str(Path(__file__).with_name("answer.mjs"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def _end(process: subprocess.Popen[str]) -> None:
    # Leaving the block closes both pipes and waits.
    with process:
        process.kill()
