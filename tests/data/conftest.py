"""The tiny playbook, read once; and time for the tests that try many texts."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from macros.model.question import Playbook
from macros.playbook import read_playbook
from macros.render.renderer import Renderer
from tests.data.helpers import TINY

# A slow machine is no fault. Few texts at a time are enough where each run tries others; on a pull
# request it tries the same ones, since nobody should see red for what somebody else wrote.
settings.register_profile(
    "data",
    max_examples=40,
    derandomize="CI" in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("many", settings.get_profile("data"), max_examples=800, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS", "data"))


@pytest.fixture(scope="session")
def tiny() -> Playbook:
    """The tiny playbook."""
    return read_playbook(TINY, TINY)


@pytest.fixture(scope="session")
def renderer(tiny: Playbook) -> Renderer:
    """What the macros of a page call, for the tiny playbook."""
    return Renderer(tiny)


@pytest.fixture(autouse=True)
def off_github(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the tests run on GitHub, commands print what they print anywhere."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
