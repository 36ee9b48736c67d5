"""An answer without the request: what repeats a value that was asked for is taken out of it.

What stays are the programs, the numbers, the state of each condition, and every sentence that is about the
program or the way there alone. docs/batch.md has the list.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from opmatch.model.ranking import Change, Criterion, FailedGate, Gate, Match, NearMiss, Ranking

_NOTICES_LEFT_OUT: Final = frozenset({"understood", "payer"})
"""Kinds that name what was asked. What safety and law ask to be said stays, though it tells of the person."""
_GATES_THAT_QUOTE_NOTHING: Final = frozenset({"status"})
_CRITERIA_THAT_QUOTE_NOTHING: Final = frozenset({"schedule", "availability", "travel"})
_NEW_VALUES: Final = frozenset({"within", "start_by", "waitlist", "delivery"})
"""Keys whose value in a change is new; other changes repeat what was asked and add to it."""


def without_request(ranking: Ranking) -> Ranking:
    """The ranking with the request empty and nothing else that quotes it."""
    return replace(
        ranking,
        request={},
        notices=tuple(one for one in ranking.notices if one.kind not in _NOTICES_LEFT_OUT),
        matches=tuple(map(_match, ranking.matches)),
        near_misses=tuple(map(_near_miss, ranking.near_misses)),
        relaxations=tuple(one for one in ranking.relaxations if _is_new(one.change)),
    )


def _match(match: Match) -> Match:
    return replace(
        match,
        gates=tuple(map(_gate, match.gates)),
        criteria=tuple(map(_criterion, match.criteria)),
        questions=(),
    )


def _gate(gate: Gate) -> Gate:
    if gate.name in _GATES_THAT_QUOTE_NOTHING:
        return gate
    return Gate(name=gate.name, state=gate.state, reason="", relax=_change(gate.relax))


def _criterion(one: Criterion) -> Criterion:
    return one if one.name in _CRITERIA_THAT_QUOTE_NOTHING else replace(one, reason="")


def _near_miss(near: NearMiss) -> NearMiss:
    failed = tuple(FailedGate(gate=one.gate, reason="", wanted="", actual="") for one in near.failed)
    return replace(near, failed=failed, relax=_change(near.relax) or {})


def _change(change: Change | None) -> Change | None:
    return change if change is not None and _is_new(change) else None


def _is_new(change: Change) -> bool:
    return _NEW_VALUES.issuperset(change)
