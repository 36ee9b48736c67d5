"""One request made ready for judging, with what follows from it by the vocabulary and the formula."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from msgspec import Struct

from opmatch.matching.formula import Formula
from opmatch.model.request import Request
from opmatch.vocabulary.terms import Need, Vocabulary

ClockDifference = Callable[[str, str], int]
"""(a program's zone, the client's zone) to the minutes the client's clock runs ahead."""


class NeedLook(Struct, frozen=True):
    """One asked need with its relatives, and the approaches that count for it at the client's age."""

    need: Need
    related: dict[str, int]  # need id to steps in the hierarchy: 0 itself, 1 parent or child, …
    ancestors: frozenset[str]
    approaches: dict[str, str]  # approach id to why it counts: a guideline's citation, or "asked for"
    settling: frozenset[
        str
    ]  # approaches that say something of one of these: they, their kinds, what they are kinds of
    fields: frozenset[str]  # of which it is a need
    common: frozenset[str]  # whose general programs commonly treat it


class Case(Struct, frozen=True, dict=True):
    request: Request
    vocabulary: Vocabulary
    formula: Formula
    clock_difference: ClockDifference

    @cached_property
    def state(self) -> str:
        """The client's state, or "" where it isn't known."""
        return self.request.near.state if self.request.near else ""

    @cached_property
    def needs(self) -> tuple[NeedLook, ...]:
        return tuple(self._look(asked.id) for asked in self.request.needs)

    @cached_property
    def payer_ids(self) -> tuple[str, ...]:
        return tuple(payer.id for payer in self.request.payers)

    @cached_property
    def population_ids(self) -> frozenset[str]:
        return frozenset(population.id for population in self.request.populations)

    def _look(self, need_id: str) -> NeedLook:
        vocabulary, age = self.vocabulary, self.request.age
        need = vocabulary.need_by_id[need_id]
        ancestors, related = vocabulary.ancestors(need_id), vocabulary.relatives(need_id)
        approaches = {
            line.approach: line.source
            for line in need.first_line
            if age is None or line.min_age <= age <= line.max_age
        }
        for asked in self.request.approaches:
            approaches.setdefault(asked.id, "asked for")
        broader = vocabulary.broader_approaches
        settling = {
            *approaches,
            *(broader.get(one, "") for one in approaches),
            *(one for one, kind_of in broader.items() if kind_of in approaches),
        }
        return NeedLook(
            need=need,
            related=related,
            ancestors=frozenset(ancestors),
            approaches=approaches,
            settling=frozenset(settling - {""}),
            fields=frozenset(need.fields),
            common=frozenset(need.common),
        )
