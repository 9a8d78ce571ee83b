"""What several tests need is made once for a whole run, whichever worker asks first."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import fill_once


def test_of_two_that_ask_at_once_one_makes_it_and_the_other_waits(tmp_path: Path) -> None:
    made = []

    def fill(folder: Path) -> None:
        time.sleep(0.1)
        made.append(folder)
        (folder / "whole").touch()

    def ask(_: int) -> bool:
        return (fill_once(tmp_path / "site", fill) / "whole").exists()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, range(2))) == [True, True]
    assert made == [tmp_path / "site"]


def test_where_it_failed_everybody_hears_the_same(tmp_path: Path) -> None:
    said = []
    for fill in (lambda _: pytest.fail("no such page"), lambda _: None):
        with pytest.raises(pytest.fail.Exception) as caught:
            fill_once(tmp_path / "site", fill)
        said.append(str(caught.value))
    assert said == ["no such page"] * 2
