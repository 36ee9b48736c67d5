"""One request over an index: the rows worth judging, and the funnel of all the others."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.gates import PROGRAM_GATES, WAY_GATES
from opmatch.matching.gates.money import may_slide
from opmatch.matching.index import bits
from opmatch.matching.index.gates import FINDERS, one_payer
from opmatch.matching.index.near import Reach
from opmatch.matching.index.reading import Index
from opmatch.matching.index.sets import States
from opmatch.matching.pool import Count

PLACE = "place"


class SiftedRows(Struct, frozen=True):
    """Rows to judge; rows that could only be near misses by distance, with the miles, the nearest first; and
    the funnel of all considered but those to judge."""

    considered: int
    judged: tuple[int, ...]
    beyond: tuple[tuple[float, int], ...]
    counts: dict[str, Count]


class _Findings(Struct, frozen=True):
    """Gate by gate, in their order: of programs, and of their blocks, plane by plane."""

    programs: dict[str, States]
    blocks: dict[str, list[States]]
    present: list[int]

    @property
    def doubtful(self) -> int:
        found = 0
        for one in (*self.programs.values(), *(one for some in self.blocks.values() for one in some)):
            found |= one.doubtful
        return found


def sift_rows(case: Case, index: Index, excepted: Iterable[int]) -> SiftedRows:
    """The rows less `excepted`, in those that could be a match or a near miss and the rest, counted.

    A program out by two gates is neither. Of the gates counted here only level and payer can be relaxed.
    """
    everyone = index.everyone & ~bits.of_rows(excepted, index.size)
    found = _findings(case, index)
    fits, level_off, payer_off = _hopeful(case, index, everyone, found)
    doubtful = everyone & found.doubtful
    request, beyond = case.request, list[tuple[float, int]]()
    if request.near is None and request.delivery == "any":
        judged = set(bits.rows(fits | level_off | payer_off | doubtful))
    else:
        reach, within = Reach(case, index), request.within
        far = None if within is None else within * case.formula.place_search
        judged = {*bits.rows(doubtful), *reach.rows(level_off | payer_off, within)}
        if within is None or far is None or request.delivery == "virtual":
            judged.update(reach.rows(fits, far))
        else:
            judged.update(reach.rows(fits, within))
            beyond = reach.beyond(fits & ~doubtful, within, far)
    rest = everyone & ~bits.of_rows(judged, index.size)
    return SiftedRows(everyone.bit_count(), tuple(sorted(judged)), tuple(beyond), _funnel(rest, found))


def _findings(case: Case, index: Index) -> _Findings:
    request = case.request
    planes = range(index.planes)
    return _Findings(
        {gate.name: FINDERS[gate.name](case, index, 0) for gate in PROGRAM_GATES if gate.asked(request)},
        {
            gate.name: [FINDERS[gate.name](case, index, plane) for plane in planes]
            for gate in WAY_GATES
            if gate.name in FINDERS and gate.asked(request)
        },
        [index.set(f"block/{plane}") for plane in planes],
    )


def _hopeful(case: Case, index: Index, everyone: int, found: _Findings) -> tuple[int, int, int]:
    """Rows that fail none of the gates, the level alone, the payer alone, in some block."""
    let_in, level = everyone, everyone
    for name, one in found.programs.items():
        if name == "level":
            level = one.met | one.unknown
        else:
            let_in &= one.met | one.unknown
    fits = level_off = payer_off = 0
    for plane, present in enumerate(found.present):
        alive = let_in & present
        payer = alive
        for name, states in found.blocks.items():
            if name == "payer":
                payer = states[plane].met | states[plane].unknown
            else:
                alive &= states[plane].met | states[plane].unknown
        fits |= alive & level & payer
        level_off |= alive & ~level & payer
        if may_slide(case):
            slides = one_payer(case, index, "sliding_scale", plane)
            payer_off |= alive & level & ~payer & (slides.met | slides.unknown | slides.doubtful)
    return fits, level_off, payer_off


def _funnel(rest: int, found: _Findings) -> dict[str, Count]:
    """Of rows that come through no gate after these: how many fall at which."""
    counts: dict[str, Count] = {}
    alive, total = rest, rest.bit_count()
    for name, one in found.programs.items():
        met, unknown = alive & one.met, alive & one.unknown
        counts[name] = count = _count(met, unknown, total)
        alive, total = met | unknown, total - count.not_met
    ways = [alive & present for present in found.present]
    for name, states in found.blocks.items():
        met = unknown = 0
        for at, one in enumerate(states):
            met |= ways[at] & one.met
            unknown |= ways[at] & one.unknown
            ways[at] &= one.met | one.unknown
        counts[name] = count = _count(met, unknown & ~met, total)
        total -= count.not_met
    if total:
        counts[PLACE] = Count(not_met=total)
    return counts


def _count(met: int, unknown: int, of: int) -> Count:
    yes, perhaps = met.bit_count(), unknown.bit_count()
    return Count(yes, perhaps, of - yes - perhaps)
