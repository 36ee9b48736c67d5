"""The gates whose finding depends on little of a program: what on, and which questions are asked of them.

Nothing here decides: findings are the gates' own, asked once for all programs that are equal to them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from opmatch.matching import facts
from opmatch.matching.index.sets import ABROAD, EXCLUDED, HOME, OTHER
from opmatch.matching.payers import STATE_PAYERS
from opmatch.model.program import LEVELS, Program, Track
from opmatch.model.request import SAFETY_FLAGS, Place, Understood
from opmatch.vocabulary.terms import Vocabulary

Members = Sequence[tuple[Program, Track | None]]


class Question(NamedTuple):
    """One value to ask a gate about: the key of the answer, and the request that asks.

    `home` puts the client into the program's own state, False into another.
    """

    key: str
    request: dict[str, Any]
    home: bool | None = None


class Axis(NamedTuple):
    """`facet` is all of a program (and of a track) that its gate reads; equal facets have equal findings."""

    gate: str
    facet: Callable[[Program, Track | None], Hashable]
    questions: Callable[[Vocabulary, Members], Iterable[Question]]


def _understood(id_: str) -> Understood:
    return Understood(id=id_, label=id_, asked=id_)


def _needs(vocabulary: Vocabulary, _: Members) -> Iterable[Question]:
    return [Question(need.id, {"needs": (_understood(need.id),)}) for need in vocabulary.needs]


def _flags(vocabulary: Vocabulary, members: Members) -> Iterable[Question]:
    listed = {flag for program, _ in members for flag in program.exclusions or ()}
    flags = sorted({*SAFETY_FLAGS, *(term.id for term in vocabulary.safety_flags), *listed})
    return [Question(flag, {"safety": (flag,)}) for flag in flags]


def _years(_: Vocabulary, members: Members) -> Iterable[Question]:
    """The years at which any finding changes; between two of them all ages are alike."""
    edges = {0}
    for program, track in members:
        for one in (track.ages if track is not None and track.ages is not None else program.ages) or ():
            edges |= {max(0, one.min), max(0, one.max + 1)}
    return [Question(str(years), {"age": years}) for years in sorted(edges)]


def _genders(vocabulary: Vocabulary, members: Members) -> Iterable[Question]:
    listed = {one for program, track in members for one in (program.genders or ())}
    listed |= {one for _, track in members if track is not None for one in (track.genders or ())}
    ids = sorted({*(term.id for term in vocabulary.genders), *listed})
    return [Question(one, {"gender": one}) for one in ids]


def _groups(vocabulary: Vocabulary, members: Members) -> Iterable[Question]:
    known = {term.id for term in vocabulary.populations}
    for program, track in members:
        for groups in (program.populations, track.populations if track is not None else None):
            if groups is not None:
                known |= {*groups.only, *groups.excludes}
    yield Question("", {})
    for one in sorted(known):
        yield Question(one, {"populations": (_understood(one),)})


def _languages(vocabulary: Vocabulary, members: Members) -> Iterable[Question]:
    listed = {one.id for program, _ in members for one in program.languages}
    listed |= {one.id for _, track in members if track is not None for one in track.languages or ()}
    ids = sorted({*(term.id for term in vocabulary.languages), *listed})
    return [Question(one, {"language": _understood(one)}) for one in ids]


def _payers(vocabulary: Vocabulary, members: Members) -> Iterable[Question]:
    known = {term.id for term in vocabulary.payers}
    known |= {one.id for program, _ in members for one in program.payers or ()}
    known |= {one for program, _ in members for one in program.origin.payers_over or ()}
    known |= {f"{head.partition(':')[0]}:{OTHER}" for head in known}
    for one in sorted(known):
        asked = {"payers": (_understood(one),)}
        yield Question(one, asked)
        if one in STATE_PAYERS:
            yield Question(f"{one} {HOME}", asked, home=True)
            yield Question(f"{one} {ABROAD}", asked, home=False)


PROGRAM_AXES: tuple[Axis, ...] = (
    Axis("status", facts.status, lambda *_: [Question("", {})]),
    Axis(
        "level",
        facts.level,
        lambda *_: [Question(level, {"levels": (level,)}) for level in LEVELS],
    ),
    Axis("need", facts.need, _needs),
    Axis("exclusions", facts.exclusions, _flags),
)
WAY_AXES: tuple[Axis, ...] = (
    Axis("age", facts.ages, _years),
    Axis("gender", facts.genders, _genders),
    Axis("population", facts.groups, _groups),
    Axis("payer", facts.payers, _payers),
    Axis("language", facts.languages, _languages),
)
EXCLUDED_AXIS = Axis(EXCLUDED, facts.groups_let_out, _groups)
"""The population gate asked as if nobody were limited to a group: who is let out by name is left."""


def place_in(state: str, near: Place) -> Place:
    """Somewhere in a state."""
    return Place(text=near.text, point=near.point, state=state)
