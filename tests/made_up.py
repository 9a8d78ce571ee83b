"""How many texts the tests with Hypothesis make up, and how long they may take."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

__all__ = ["example", "given", "settings", "st"]

# A slow machine is no fault. Few texts at a time are enough where each run tries others; on a pull
# request it tries the same ones, since nobody should see red for what somebody else wrote.
settings.register_profile(
    "few",
    max_examples=25,
    derandomize="CI" in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("many", settings.get_profile("few"), max_examples=500, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS", "few"))
