"""The names under which an index keeps its sets of rows."""

from __future__ import annotations

from msgspec import Struct

BANDS_PER_DEGREE = 4
"""Located programs lie in bands of latitude, by longitude within a band: what is near lies together."""
OTHER = "*"
"""Ends the key that stands for every plan nobody lists: "private:*"."""
AWAY = "??"
"""A state that is no program's."""
HOME, ABROAD = "home", "abroad"
EXCLUDED = "population open"
"""Names the findings of the population gate as if nobody were limited to a group."""


class Band(Struct, frozen=True, array_like=True):
    """The rows from `first` up to `end` lie between two parallels, by longitude."""

    number: int
    first: int
    end: int


class States(Struct, frozen=True):
    """What one gate finds, as sets of rows; what it finds of `doubtful` ones depends on the day."""

    met: int = 0
    unknown: int = 0
    doubtful: int = 0


def name_of(gate: str, key: str, plane: int) -> str:
    return f"{gate}/{plane}/{key}"
