"""Readers of the worksheet, whose form asks a few questions unless all of them are needed."""

from __future__ import annotations

import pytest


@pytest.fixture
def site(request: pytest.FixtureRequest) -> str:
    """The site with the short form, unless the test is about the whole one."""
    whole = request.node.get_closest_marker("whole_form")
    address: str = request.getfixturevalue("server" if whole else "short_server")
    return address
