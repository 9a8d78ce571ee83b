"""The tiny playbook, read once; and time for the tests that try many texts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from macros.model.question import Playbook
from macros.playbook import read_playbook
from macros.render.renderer import Renderer
from tests.data.helpers import TINY

# A slow machine is no fault.
settings.register_profile("data", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("data")


@pytest.fixture(scope="session")
def tiny() -> Playbook:
    """The tiny playbook."""
    return read_playbook(TINY, TINY)


@pytest.fixture(scope="session")
def renderer(tiny: Playbook) -> Renderer:
    """What the macros of a page call, for the tiny playbook."""
    return Renderer(tiny)
