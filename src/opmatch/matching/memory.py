"""What gates and criteria found in programs of one catalog, for the next request that asks the same.

It holds states and numbers by what they follow from, never words; whoever is told of is judged anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable

import msgspec

from opmatch.matching.criteria import CRITERIA, CriterionRule
from opmatch.matching.gates import PROGRAM_GATES, WAY_GATES, ProgramGate, WayGate
from opmatch.matching.ways import blocks
from opmatch.model.program import Program
from opmatch.model.ranking import State

MOST_FINDINGS = 250_000
MOST_PROGRAMS = 40_000
"""What is remembered in all, about 60 MB; then everything is forgotten, which changes only the time."""

_RULES: tuple[ProgramGate | WayGate | CriterionRule, ...] = (*PROGRAM_GATES, *WAY_GATES, *CRITERIA)
READERS = tuple(dict.fromkeys(rule.facts for rule in _RULES))
Facets = tuple[int | None, ...]
"""A number for each of READERS; blocks with the same number are alike in what it reads. None: judge anew."""
Numbers = tuple[float, float]
"""Utility, and how much of it is known."""


class Memory:
    """Shared by requests over one catalog, by one vocabulary and formula."""

    def __init__(self, most_findings: int = MOST_FINDINGS) -> None:
        self._most = most_findings
        self._encode = msgspec.msgpack.Encoder().encode
        self._programs: dict[str, tuple[Facets, ...]] = {}
        self._facets: dict[bytes, int] = {}
        self._states: dict[Hashable, dict[int, State]] = {}
        self._numbers: dict[Hashable, dict[int, Numbers]] = {}
        self._same: dict[Numbers, Numbers] = {}
        self._count = 0

    def begin(self) -> None:
        """Called before each request: what is too much is forgotten, and nothing in the midst of one."""
        if self._count > self._most or len(self._programs) > MOST_PROGRAMS:
            for one in (self._programs, self._facets, self._states, self._numbers, self._same):
                one.clear()
            self._count = 0

    def facets(self, program: Program) -> tuple[Facets, ...]:
        """Of each block of a program."""
        found = self._programs.get(program.id)
        if found is None:
            found = tuple(
                tuple(self._number(at, read(program, track)) for at, read in enumerate(READERS))
                for track in blocks(program)
            )
            self._programs[program.id] = found
        return found

    def states(self, key: Hashable) -> dict[int, State]:
        """What a gate found, asked by `key`, by facet."""
        return self._states.setdefault(key, {})

    def numbers(self, key: Hashable) -> dict[int, Numbers]:
        """The same of a criterion."""
        return self._numbers.setdefault(key, {})

    def keep_state(self, table: dict[int, State], facet: int, state: State) -> None:
        self._count += 1
        table[facet] = state

    def keep_numbers(self, table: dict[int, Numbers], facet: int, numbers: Numbers) -> None:
        self._count += 1
        table[facet] = self._same.setdefault(numbers, numbers)

    def _number(self, reader: int, facts: Hashable) -> int | None:
        if facts is None:
            return None
        # A digest in place of facts, which can be long: two that differ never share 128 bits of it.
        digest = hashlib.blake2b(self._encode((reader, facts)), digest_size=16).digest()
        return self._facets.setdefault(digest, len(self._facets))
