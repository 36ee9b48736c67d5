"""What an index holds, as it is asked for: sets of rows and points."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Sequence

from opmatch.matching.index import bits
from opmatch.matching.index.circle import Circle
from opmatch.matching.index.sets import Band, States, name_of
from opmatch.model.program import Point


class Index(ABC):
    """An index wherever it is kept: the rows it is over, and its sets by name."""

    size: int
    planes: int
    bands: Sequence[Band]
    years: Sequence[int]
    circles: dict[Point, Circle | None]
    """What is around places that were asked of; None after the first time."""

    @abstractmethod
    def bits(self, name: str) -> int | None:
        """The set of this name, None where there is none."""

    @abstractmethod
    def points(self, band: int) -> tuple[Sequence[float], Sequence[float]]:
        """Latitudes and longitudes of a band's rows, in their order."""

    def set(self, name: str) -> int:
        """Rows with something in common; none where the name isn't known."""
        return self.bits(f"set/{name}") or 0

    @property
    def everyone(self) -> int:
        return bits.first_rows(self.size)

    def states(self, gate: str, key: str, plane: int) -> States:
        """A gate's findings. Of what wasn't foreseen all is doubtful, and each program has to be judged."""
        name = name_of(gate, key, plane)
        met = self.bits(f"met/{name}")
        if met is None:
            return States(0, 0, self.everyone)
        return States(met, self.bits(f"unknown/{name}") or 0, self.bits(f"doubtful/{name}") or 0)

    def year(self, years: int) -> str:
        """The key that answers for this age."""
        at = bisect_right(self.years, years)
        return str(self.years[at - 1]) if at else ""
