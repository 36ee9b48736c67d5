"""What each gate reads of a program: programs that are equal in it come out of the gate alike."""

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


def payers_at_home(program: Program, track: Track | None) -> Hashable:
    """The same for whichever state the client is in."""
    return (payers(program, track), home_state(program))


def room(program: Program, track: Track | None) -> Hashable:
    """Seats of the track, then the program's own word, each with its date."""
    own = program.availability
    said = own.status is not None or own.wait_days is not None
    seats = track is not None and track.seats_open is not None
    return (
        (track.seats_open, fact_date(program, track.seats_as_of, "tracks", "availability"))
        if track is not None and seats
        else None,
        (own.status, own.wait_days, fact_date(program, own.as_of, "availability")) if said else None,
    )


def no_hours(program: Program, track: Track | None) -> Hashable | None:
    """Whether nothing is said of when one attends; what is said is judged with the drive, each time."""
    known = track is not None or program.appointments is not None or program.office_hours is not None
    return None if known else "nothing"


# What criteria read to come to their numbers; the words of an answer need more.


def fit(program: Program, _: Track | None) -> Hashable:
    return (program.fields, program.needs, fact_date(program, None, "needs"), _approaches(program))


def cost(program: Program, _: Track | None) -> Hashable:
    entries = program.payers
    return (
        None
        if entries is None
        else tuple((one, fact_date(program, one.verified, "payers")) for one in entries),
        program.payers_complete,
        program.origin.payers_over,
        home_state(program),
        program.fees,
        fact_date(program, None, "payers"),
        fact_date(program, None, "fees"),
    )


def wishes(program: Program, track: Track | None) -> Hashable:
    spoken = program.languages if track is None or track.languages is None else track.languages
    return (
        tuple((one.id, one.by, fact_date(program, one.verified, "languages")) for one in spoken),
        (program.interpreters, fact_date(program, None, "languages")),
        program.populations if track is None or track.populations is None else track.populations,
        fact_date(program, None, "populations"),
        _approaches(program),
        (program.services, fact_date(program, None, "services")),
        (program.supports, fact_date(program, None, "supports", "accessibility")),
    )


def _approaches(program: Program) -> Hashable:
    return tuple(
        (one.id, one.offered, fact_date(program, one.verified, "approaches")) for one in program.approaches
    )
