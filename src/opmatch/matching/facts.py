"""What each gate reads of a program to come to its state: programs that are equal in it come out alike.

What it needs for its words as well is in `told`, where that is more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

from opmatch.matching.age import fact_date
from opmatch.matching.payers import home_state
from opmatch.model.program import Payer, Program, Track, Tri


def status(program: Program, _: Track | None) -> Hashable:
    return program.status


def level(program: Program, _: Track | None) -> Hashable:
    return program.level


def need(program: Program, _: Track | None) -> Hashable:
    return (program.fields, program.needs)


def exclusions(program: Program, _: Track | None) -> Hashable:
    return program.exclusions


def ages(program: Program, track: Track | None) -> Hashable:
    if track is None or track.ages is None:
        own, complete = program.ages, program.ages_complete
    else:
        own, complete = track.ages, True
    return None if own is None else (tuple((one.min, one.max, one.sure) for one in own), complete)


def genders(program: Program, track: Track | None) -> Hashable:
    own = program.genders if track is None or track.genders is None else track.genders
    return None if own is None else (own, program.origin.genders_over)


def groups(program: Program, track: Track | None) -> Hashable:
    own = program.populations if track is None or track.populations is None else track.populations
    return (own.only, own.only_unknown, own.excludes)


def groups_let_out(program: Program, track: Track | None) -> Hashable:
    own = program.populations if track is None or track.populations is None else track.populations
    return own.excludes


def languages(program: Program, track: Track | None) -> Hashable:
    own = program.languages if track is None or track.languages is None else track.languages
    return (tuple(one.id for one in own), program.interpreters)


def payers(program: Program, _: Track | None) -> Hashable:
    """The same in whichever state of its own the program is."""
    fees = program.fees
    return (
        None if program.payers is None else tuple(_payer(program, one) for one in program.payers),
        program.payers_complete,
        fees.visit is None,
        fees.sliding_scale_from is None,
        program.origin.payers_over,
        home_state(program) is None,
    )


def _payer(program: Program, one: Payer) -> tuple[str, bool, dt.date | bool | None]:
    # How old it is that nobody new is taken decides whether that still counts.
    refused = one.accepting is Tri.NO and one.network != "out"
    return (one.id, one.network == "out", refused and (fact_date(program, one.verified, "payers") or True))
