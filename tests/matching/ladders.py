"""Programs that differ in one fact a request asks about, from the worst thing to say of it to the best."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace
from small_world import AS_OF, CHICAGO, named, north

from opmatch.model.program import (
    AgeRange,
    Approach,
    Availability,
    Fees,
    Language,
    Level,
    Needs,
    Payer,
    Populations,
    Program,
    Site,
    Status,
    Tri,
)
from opmatch.model.request import Request

Rungs = tuple[Program, ...]


class Ladder(NamedTuple):
    """`ask` makes sure that the request asks; `rungs` are the programs, the worst first."""

    name: str
    ask: Callable[[Request], Request]
    rungs: Callable[[Request, Program], Rungs]


def _as_is(request: Request) -> Request:
    return request


def _without(ids: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ != one)


def _need_rungs(program: Program, need: str) -> Rungs:
    said = program.needs
    bare = Needs(
        specializes=_without(said.specializes, need),
        treats=_without(said.treats, need),
        excludes=_without(said.excludes, need),
        only=_without(said.only, need),
    )
    steps = (
        replace(bare, excludes=(*bare.excludes, need)),
        bare,
        replace(bare, treats=(*bare.treats, need)),
        replace(bare, specializes=(*bare.specializes, need)),
    )
    return tuple(replace(program, needs=step) for step in steps)


def _needing(*ids: str) -> Callable[[Request], Request]:
    return lambda request: replace(request, needs=named(*ids))


def _primary_need(request: Request, program: Program) -> Rungs:
    return _need_rungs(program, request.needs[0].id)


def _later_need(request: Request, program: Program) -> Rungs:
    return _need_rungs(program, request.needs[-1].id)


def _approach_rungs(id_: str) -> Callable[[Request, Program], Rungs]:
    def rungs(_: Request, program: Program) -> Rungs:
        rest = tuple(one for one in program.approaches if one.id != id_)
        steps = (Tri.NO, Tri.UNKNOWN, Tri.YES)
        return tuple(
            replace(program, approaches=(*rest, Approach(id=id_, offered=offered))) for offered in steps
        )

    return rungs


def _wanting(*approaches: str) -> Callable[[Request], Request]:
    return lambda request: replace(request, approaches=named(*approaches))


def _insisting(name: str) -> Callable[[Request], Request]:
    return lambda request: replace(request, must=tuple(dict.fromkeys((*request.must, name))))


def _paying(*ids: str) -> Callable[[Request], Request]:
    return lambda request: replace(request, payers=named(*ids))


def _payer_rungs(request: Request, program: Program) -> Rungs:
    """Known not to be taken, not said, listed, and listed with everything good."""
    payer = request.payers[0].id
    origin = replace(program.origin, payers_over=None)
    rest = tuple(one for one in program.payers or () if one.id != payer)
    base = replace(program, origin=origin, payers=rest)
    return (
        replace(base, payers_complete=True),
        replace(base, payers_complete=False),
        replace(base, payers=(*rest, Payer(id=payer)), payers_complete=False),
        replace(
            base,
            payers=(*rest, Payer(id=payer, network="in", accepting=Tri.YES)),
            payers_complete=False,
        ),
    )


def _entry_rungs(*entries: Payer) -> Callable[[Request, Program], Rungs]:
    def rungs(request: Request, program: Program) -> Rungs:
        payer = request.payers[0].id
        rest = tuple(one for one in program.payers or () if one.id != payer)
        return tuple(replace(program, payers=(*rest, replace(one, id=payer))) for one in entries)

    return rungs


def _fee_rungs(*fees: Fees) -> Callable[[Request, Program], Rungs]:
    return lambda _, program: tuple(replace(program, fees=one) for one in fees)


def _speaking(language: str) -> Callable[[Request], Request]:
    return lambda request: replace(request, language=named(language)[0])


def _language_rungs(request: Request, program: Program) -> Rungs:
    """No interpreters, not said, through an interpreter, by staff."""
    assert request.language is not None
    language = request.language.id
    rest = tuple(one for one in program.languages if one.id != language)
    unlisted = replace(program, languages=rest)
    staff = replace(unlisted, interpreters=Tri.UNKNOWN, languages=(*rest, Language(id=language, by="staff")))
    by_interpreter = replace(staff, languages=(*rest, Language(id=language, by="interpreter")))
    silent = replace(unlisted, interpreters=Tri.UNKNOWN)
    if "language" in request.must:  # what a must asks for is staff, so an interpreter is a no like none
        return (replace(unlisted, interpreters=Tri.NO), by_interpreter, staff)
    return (replace(unlisted, interpreters=Tri.NO), silent, by_interpreter, staff)


def _staff_rungs(request: Request, program: Program) -> Rungs:
    """Staff who speak the language: no, not said, yes."""
    interpreter, _, staff = _language_rungs(_insisting("language")(request), program)[-3:]
    return (interpreter, replace(staff, languages=interpreter.languages, interpreters=Tri.UNKNOWN), staff)


def _interpreter_rungs(_: Request, program: Program) -> Rungs:
    return tuple(replace(program, interpreters=tri) for tri in (Tri.NO, Tri.UNKNOWN, Tri.YES))


def _being(*ids: str) -> Callable[[Request], Request]:
    return lambda request: replace(request, populations=named(*ids))


def _population_rungs(request: Request, program: Program) -> Rungs:
    group, said = request.populations[0].id, program.populations
    bare = replace(
        said,
        specializes=_without(said.specializes, group),
        welcomes=_without(said.welcomes, group),
        only=_without(said.only, group),
        excludes=_without(said.excludes, group),
    )
    steps = (
        replace(bare, excludes=(*bare.excludes, group)),
        bare,
        replace(bare, welcomes=(*bare.welcomes, group)),
        replace(bare, specializes=(*bare.specializes, group)),
    )
    return tuple(replace(program, populations=step) for step in steps)


def _entry_limit_rungs(request: Request, program: Program) -> Rungs:
    """Only for others, perhaps limited, open to all."""
    said = replace(program.populations, only=(), only_unknown=False)
    steps: tuple[Populations, ...] = (
        replace(said, only=("perinatal",)),
        replace(said, only_unknown=True),
        said,
    )
    return tuple(replace(program, populations=step) for step in steps)


def _listed_rungs(field: str, id_: str) -> Callable[[Request, Program], Rungs]:
    """A service or support not listed, then listed."""

    def rungs(_: Request, program: Program) -> Rungs:
        rest = _without(getattr(program, field), id_)
        return (replace(program, **{field: rest}), replace(program, **{field: (*rest, id_)}))

    return rungs


def _aged(years: int) -> Callable[[Request], Request]:
    return lambda request: replace(request, age=years)


def _age_rungs(request: Request, program: Program) -> Rungs:
    years = request.age
    assert years is not None
    known = replace(program, ages_complete=True)
    return (
        replace(known, ages=(AgeRange(years + 1, 200),)),
        replace(program, ages=None),
        replace(known, ages=(AgeRange(0, years, sure=False),)),
        replace(known, ages=(AgeRange(years, years),)),
    )


def _gender_rungs(request: Request, program: Program) -> Rungs:
    assert request.gender is not None
    other = "male" if request.gender != "male" else "female"
    origin = replace(program.origin, genders_over=None)
    return tuple(
        replace(program, origin=origin, genders=genders)
        for genders in ((other,), None, (request.gender,), ("female", "male", "nonbinary"))
    )


def _licence_rungs(_: Request, program: Program) -> Rungs:
    virtual = replace(program, virtual=Tri.YES)
    return tuple(replace(virtual, licensed_states=states) for states in (("WI",), None, ("WI", "IL")))


def _virtual_rungs(_: Request, program: Program) -> Rungs:
    site = replace(program.site or Site(), state="IL")
    return tuple(
        replace(program, site=site, in_person=Tri.YES, virtual=tri) for tri in (Tri.NO, Tri.UNKNOWN, Tri.YES)
    )


def _in_person_rungs(_: Request, program: Program) -> Rungs:
    # A program known not to meet in person that leaves open whether it is virtual is taken for virtual, so
    # there the ways to attend change with the rung; where virtual care is known, all of them stay.
    program = replace(program, tracks=tuple(replace(one, virtual=None) for one in program.tracks))
    return tuple(replace(program, virtual=Tri.YES, in_person=tri) for tri in (Tri.NO, Tri.UNKNOWN, Tri.YES))


def _exclusion_rungs(request: Request, program: Program) -> Rungs:
    assert request.safety
    rest = tuple(flag for flag in program.exclusions or () if flag not in request.safety)
    return (
        replace(program, exclusions=(*rest, request.safety[0])),
        replace(program, exclusions=None),
        replace(program, exclusions=rest),
    )


def _status_rungs(_: Request, program: Program) -> Rungs:
    steps: tuple[Status, ...] = ("closed", "active")
    return tuple(replace(program, status=step) for step in steps)


def _level_rungs(_: Request, program: Program) -> Rungs:
    # With tracks only, so that the level changes nothing about times.
    steps: tuple[Level, ...] = ("php", "op")
    base = replace(program, office_hours=None, site=None)
    return tuple(replace(base, level=step) for step in steps)


def _seat_rungs(_: Request, program: Program) -> Rungs:
    """No seats, not said, one listed before, one listed today, in every track."""

    def seats(count: int | None, days: int) -> Program:
        date = AS_OF - dt.timedelta(days=days)
        tracks = tuple(replace(one, seats_open=count, seats_as_of=date) for one in program.tracks)
        return replace(program, tracks=tracks)

    return (seats(0, 30), seats(None, 30), seats(1, 30), seats(1, 0))


def _waiting_for_any_time(request: Request) -> Request:
    """Who would wait, but not for any time, asks how long: to them no seats is not a no."""
    return replace(request, waitlist=request.waitlist and request.start_by is None)


def _room_rungs(*steps: Availability) -> Callable[[Request, Program], Rungs]:
    def rungs(_: Request, program: Program) -> Rungs:
        return tuple(
            replace(program, availability=replace(step, as_of=program.availability.as_of)) for step in steps
        )

    return rungs


def _near(request: Request) -> Request:
    return replace(request, near=CHICAGO, within=request.within if request.near else 25.0)


def _distance_rungs(_: Request, program: Program) -> Rungs:
    site = program.site or Site(state="IL")
    return tuple(
        replace(program, site=replace(site, point=north(miles)))
        for miles in (300.0, 51.0, 26.0, 25.0, 10.0, 9.99, 4.0, 1.0, 0.01, 0.0)
    )


def _and(*steps: Callable[[Request], Request]) -> Callable[[Request], Request]:
    def ask(request: Request) -> Request:
        for step in steps:
            request = step(request)
        return request

    return ask


LADDERS: tuple[Ladder, ...] = (
    Ladder("primary need", _needing("ptsd"), _primary_need),
    Ladder("common need", _needing("depression", "ptsd"), _primary_need),
    Ladder("broader need", _needing("trauma", "opioid"), _primary_need),
    Ladder("need of substances", _needing("opioid", "alcohol"), _primary_need),
    Ladder("later need", _needing("depression", "mood"), _later_need),
    Ladder("later need elsewhere", _needing("ptsd", "psychosis", "trauma"), _later_need),
    Ladder("first-line approach", _and(_needing("ptsd"), _aged(40)), _approach_rungs("cpt")),
    Ladder("asked approach", _wanting("dbt", "emdr"), _approach_rungs("dbt")),
    Ladder("approach that must be", _and(_wanting("dbt"), _insisting("approach")), _approach_rungs("dbt")),
    Ladder(
        "kind of an approach", _and(_wanting("moud"), _insisting("approach")), _approach_rungs("methadone")
    ),
    Ladder(
        "whole of an approach", _and(_wanting("methadone"), _insisting("approach")), _approach_rungs("moud")
    ),
    Ladder("payer", _paying("medicare", "private"), _payer_rungs),
    Ladder("payer of a state", _paying("medicaid"), _payer_rungs),
    Ladder("plan", _paying("private:aetna"), _payer_rungs),
    Ladder("sliding scale", _paying("sliding_scale"), _payer_rungs),
    Ladder(
        "network",
        _paying("private:aetna"),
        _entry_rungs(*(Payer(id="", network=n, accepting=Tri.YES) for n in ("out", "unknown", "in"))),
    ),
    Ladder(
        "accepting",
        _paying("medicaid", "self_pay"),
        _entry_rungs(*(Payer(id="", accepting=tri) for tri in (Tri.NO, Tri.UNKNOWN, Tri.YES))),
    ),
    Ladder(
        "visit fee",
        _paying("self_pay"),
        _fee_rungs(*(Fees(visit=dollars, sliding_scale_from=30) for dollars in (500, 130, 60, 0))),
    ),
    Ladder(
        "lowest fee",
        _paying("sliding_scale"),
        _fee_rungs(*(Fees(sliding_scale_from=dollars) for dollars in (500, 130, 60, 0))),
    ),
    Ladder("language", _speaking("es"), _language_rungs),
    Ladder("language with kinds", _speaking("zh"), _language_rungs),
    Ladder("language that must be by staff", _and(_speaking("es"), _insisting("language")), _language_rungs),
    Ladder("interpreters", _speaking("ase"), _interpreter_rungs),
    Ladder("population", _being("veterans"), _population_rungs),
    Ladder(
        "population that must be", _and(_being("veterans", "lgbtq"), _insisting("for")), _population_rungs
    ),
    Ladder("limit of entry", _being("veterans"), _entry_limit_rungs),
    Ladder(
        "service",
        lambda r: replace(r, services=named("group-therapy")),
        _listed_rungs("services", "group-therapy"),
    ),
    Ladder(
        "support", lambda r: replace(r, supports=named("childcare")), _listed_rungs("supports", "childcare")
    ),
    Ladder(
        "rides",
        _and(_near, lambda r: replace(r, supports=named("transport"))),
        _listed_rungs("supports", "transport"),
    ),
    Ladder("age", _aged(17), _age_rungs),
    Ladder("gender", lambda r: replace(r, gender="nonbinary"), _gender_rungs),
    Ladder("gender of most", lambda r: replace(r, gender="female"), _gender_rungs),
    Ladder("licence", _near, _licence_rungs),
    Ladder("virtual care", _and(_near, lambda r: replace(r, delivery="virtual")), _virtual_rungs),
    Ladder("care in person", _and(_near, lambda r: replace(r, delivery="in-person")), _in_person_rungs),
    Ladder("exclusion", lambda r: replace(r, safety=("needs-24h",)), _exclusion_rungs),
    Ladder("status", _as_is, _status_rungs),
    Ladder("level", lambda r: replace(r, levels=("op",)), _level_rungs),
    Ladder("seats", _waiting_for_any_time, _seat_rungs),
    Ladder(
        "room",
        _as_is,
        _room_rungs(Availability(status="no-capacity"), Availability(), Availability(wait_days=0)),
    ),
    Ladder(
        "wait",
        _as_is,
        _room_rungs(*(Availability(status="waitlist", wait_days=days) for days in (200, 31, 14, 8, 7, 1, 0))),
    ),
    Ladder("distance", _near, _distance_rungs),
)
