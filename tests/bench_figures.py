"""What a benchmark says of one measurement."""

from __future__ import annotations

from dataclasses import dataclass

KB = 1024


@dataclass(frozen=True)
class Figure:
    """One measurement, and its bound where there is one: at most, or at least, so much."""

    what: str
    value: float
    unit: str
    bound: float | None = None
    at_least: bool = False

    @property
    def over(self) -> bool:
        """Whether it is on the wrong side of its bound."""
        if self.bound is None:
            return False
        # As it is printed, so that nobody reads that 100.00 is more than 100.
        value = round(self.value, 2)
        return value < self.bound if self.at_least else value > self.bound

    def __str__(self) -> str:
        shown = f"{self.value:8.2f} {self.unit:9}"
        most = "at least" if self.at_least else "at most"
        bound = f"{most} {self.bound:g}" if self.bound is not None else "no budget"
        return f"{self.what:70}{shown}{bound}{'  OVER' if self.over else ''}"


class NotMeasuredError(Exception):
    """Something that was to be measured did not work. The text says what."""
