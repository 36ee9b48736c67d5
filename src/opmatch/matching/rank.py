"""All programs for one request: matches in order, the funnel, near misses and relaxations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.explained import explain
from opmatch.matching.judge import TIER_ORDER, Candidate, Judge, Outline
from opmatch.matching.near import Missed, missed, missed_beyond, near_misses, relaxations
from opmatch.matching.pool import Count, sift
from opmatch.model.program import LEVELS, Program
from opmatch.model.ranking import FunnelStep, Match, NearMiss, Relaxation, State, Tier

if TYPE_CHECKING:
    from opmatch.matching.memory import Memory

TIERS: tuple[Tier, ...] = ("eligible", "confirm")


class Ranked(Struct, frozen=True):
    """What the engine found; the assembly adds catalogs, the request as understood and notices."""

    considered: int
    eligible: int = 0
    confirm: int = 0
    funnel: tuple[FunnelStep, ...] = ()
    matches: tuple[Match, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()


def rank_programs(
    case: Case, programs: Sequence[Program], limit: int, memory: Memory | None = None
) -> Ranked:
    """The programs for the case's request; `limit` counts places per level and tier.

    The order is total: level, tier, score, smaller unknown share, nearer, id. It does not depend on the order
    of `programs`. `memory` holds what earlier requests found in them; it changes only the time.
    """
    judge = Judge(case) if memory is None else _recalling(case, memory)
    sifted = sift(case, programs)
    funnel = _Funnel(judge.gate_names, sifted.counts)
    scored: list[Outline] = []
    misses: list[Missed] = []
    for program in sifted.judged:
        # Two failed gates can be neither a match nor a near miss; the funnel needs the first only.
        candidates = judge.candidates(program, most_failures=1)
        funnel.add(candidates)
        let_in = tuple(one for one in candidates if one.tier != "out")
        if let_in:
            scored.append(judge.best(let_in))
        else:
            misses.extend(missed(judge, candidates))
    misses.extend(missed_beyond(judge, sifted.beyond, misses, limit))
    scored.sort(key=sort_key)
    return Ranked(
        considered=sifted.considered,
        eligible=sum(one.candidate.tier == "eligible" for one in scored),
        confirm=sum(one.candidate.tier == "confirm" for one in scored),
        funnel=funnel.steps(),
        matches=_matches(judge, scored, limit),
        near_misses=near_misses(judge, misses, limit),
        relaxations=relaxations(judge, misses),
    )


def _recalling(case: Case, memory: Memory) -> Judge:
    from opmatch.matching.recall import RecallingJudge  # many requests share what this takes to import

    return RecallingJudge(case, memory)


def explain_program(case: Case, program: Program) -> Match:
    """One program with every gate and point, whatever its tier."""
    judge = Judge(case)
    return explain(judge, judge.in_full(judge.best(judge.candidates(program))), 1, ())


def sort_key(scored: Outline) -> tuple[int, int, int, float, float, str]:
    """The total order within a ranking: level, tier, score, smaller unknown share, nearer, id."""
    way = scored.way
    near = 0.0 if way.mode == "virtual" else float("inf") if way.distance is None else way.distance
    return (
        LEVELS.index(way.program.level),
        TIER_ORDER[scored.candidate.tier],
        -scored.score,
        scored.unknown_share,
        near,
        way.program.id,
    )


def place_key(program: Program) -> tuple[str, ...]:
    """What makes programs one place: the organization and the address; a program without one stands alone."""
    site, organization = program.site, program.organization.casefold().strip()
    if not organization or site is None:
        return ("", program.id)
    if site.confidential and site.point is not None:
        return (organization, program.level, str(site.point.latitude), str(site.point.longitude))
    if not site.street:
        return ("", program.id)
    street = " ".join(site.street.casefold().split())
    return (organization, program.level, street, site.zip, site.city.casefold())


def _matches(judge: Judge, scored: list[Outline], limit: int) -> tuple[Match, ...]:
    """The programs of the first `limit` places of each level and tier, in the order of `scored`.

    A place is where its best program stands and gives all of them its rank; they aren't moved together, so
    that one more program at a place moves no other.
    """
    places: dict[tuple[str, Tier], dict[tuple[str, ...], list[str]]] = {}
    for one in scored:
        group = places.setdefault((one.way.program.level, one.candidate.tier), {})
        group.setdefault(place_key(one.way.program), []).append(one.way.program.id)
    seat: dict[str, tuple[int, list[str]]] = {}
    for group in places.values():
        for rank, ids in enumerate(list(group.values())[:limit], 1):
            seat |= dict.fromkeys(ids, (rank, ids))
    out: list[Match] = []
    for one in scored:
        id_ = one.way.program.id
        if id_ in seat:
            rank, ids = seat[id_]
            out.append(
                explain(judge, judge.in_full(one), rank, tuple(other for other in ids if other != id_))
            )
    return tuple(out)


class _Funnel:
    """Counts, gate by gate, of the programs that came through all gates before in some way to attend."""

    def __init__(self, names: tuple[str, ...], others: Mapping[str, Count]) -> None:
        """`others` are the counts of programs that aren't judged."""
        self.names = names
        self.counts: dict[str, dict[State, int]] = {}
        for name in names:
            count = others.get(name, Count())
            self.counts[name] = {"met": count.met, "unknown": count.unknown, "not_met": count.not_met}

    def add(self, candidates: Iterable[Candidate]) -> None:
        alive = list(candidates)
        for at, count in enumerate(self.counts.values()):
            if len(alive) == 1:  # as nearly always
                state = alive[0].gates[at].verdict.state
                count[state] += 1
                if state == "not_met":
                    return
                continue
            states = [one.gates[at].verdict.state for one in alive]
            state = "met" if "met" in states else "unknown" if "unknown" in states else "not_met"
            count[state] += 1
            if state == "not_met":
                return
            alive = [one for one, own in zip(alive, states, strict=True) if own != "not_met"]

    def steps(self) -> tuple[FunnelStep, ...]:
        return tuple(
            FunnelStep(
                gate=name,
                met=count["met"],
                unknown=count["unknown"],
                not_met=count["not_met"],
                left=count["met"] + count["unknown"],
            )
            for name, count in self.counts.items()
        )
