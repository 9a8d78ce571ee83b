"""What the tests of the modules share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.modules.node import Node


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """The Node that all tests of a run ask."""
    with Node.started() as running:
        yield running
