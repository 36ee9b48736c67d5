"""What gates and criteria found in programs of one catalog, for the next request that asks the same.

It is kept by what it follows from, so that programs and people who are alike in that share it.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, TypeVar

from opmatch.matching.found import Found
from opmatch.matching.told import READERS
from opmatch.matching.verdict import Verdict
from opmatch.matching.view import Judged
from opmatch.matching.ways import blocks
from opmatch.model.program import Program, Track
from opmatch.model.ranking import State

MOST_FINDINGS: Final = 250_000
MOST_PROGRAMS: Final = 40_000
"""What is remembered in all, about 60 MB; then everything is forgotten, which changes only the time."""

Kept = TypeVar("Kept")
K = TypeVar("K", bound=Hashable)
Facets = list[int | None]
"""A number for each of READERS, the same for blocks that are alike in what it reads; None: not read yet."""
Key = Hashable
"""A facet, perhaps with something of the way there."""


class Memory:
    """Shared by requests over one catalog, by one vocabulary and formula."""

    def __init__(self, most_findings: int = MOST_FINDINGS) -> None:
        self._most = most_findings
        self._forget()

    def _forget(self) -> None:
        self._programs: dict[str, tuple[Facets, ...]] = {}
        self._facets: tuple[dict[Hashable, int], ...] = tuple({} for _ in READERS)
        self._states: dict[Hashable, dict[Key, State]] = {}
        self._verdicts: dict[Hashable, dict[Key, Verdict]] = {}
        self._found: dict[Hashable, dict[Key, Found]] = {}
        self._alike: dict[Hashable, dict[Hashable, Found]] = {}
        self._together: dict[Hashable, dict[tuple[Found, ...], Judged]] = {}
        self._kept = 0

    def begin(self) -> None:
        """Called before each request: what is too much is forgotten, and nothing in the midst of one."""
        if self._kept > self._most or len(self._programs) > MOST_PROGRAMS:
            self._forget()

    def facets(self, program: Program) -> tuple[Facets, ...]:
        """Of each block of a program, as far as they have been asked for."""
        found = self._programs.get(program.id)
        if found is None:
            found = self._programs[program.id] = tuple([None] * len(READERS) for _ in blocks(program))
        return found

    def read(self, facets: Facets, reader: int, program: Program, track: Track | None) -> int:
        """One facet that hasn't been asked for before."""
        known = self._facets[reader]
        facet = facets[reader] = known.setdefault(READERS[reader](program, track), len(known))
        return facet

    def keep(self, table: dict[K, Kept], key: K, found: Kept) -> Kept:
        self._kept += 1
        table[key] = found
        return found

    def states(self, asks: Hashable) -> dict[Key, State]:
        """What a gate found, by what it read."""
        return self._states.setdefault(asks, {})

    def verdicts(self, asks: Hashable) -> dict[Key, Verdict]:
        """The same with its words, of those that were told of."""
        return self._verdicts.setdefault(asks, {})

    def found(self, asks: Hashable) -> dict[Key, Found]:
        """What an aspect of a criterion found, by what it read."""
        return self._found.setdefault(asks, {})

    def alike(self, asks: Hashable) -> dict[Hashable, Found]:
        """The same by what is enough for it."""
        return self._alike.setdefault(asks, {})

    def together(self, asks: Hashable) -> dict[tuple[Found, ...], Judged]:
        """What a criterion made of what its aspects found."""
        return self._together.setdefault(asks, {})
