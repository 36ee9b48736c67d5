"""People and programs to a placement, held against `find` for each person and all placements tried."""

from __future__ import annotations

import datetime as dt
import math

from every_placement import best, value
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from small_county import AS_OF, EVENING, catalog_of, catalogs, people, request

from opmatch import api
from opmatch.model.placement import PRIORITIES, Placement
from opmatch.model.program import (
    Availability,
    Catalog,
    Needs,
    Origin,
    Program,
    Track,
    Tri,
    Verified,
)
from opmatch.placing.people import Asker
from opmatch.placing.problem import Edge, Person, Problem

EVERYTHING = 1000
Seat = tuple[str, str]


def seats_of(catalog: Catalog) -> dict[Seat, int]:
    """By the rules as written in docs/assign.md."""
    found = {}
    for program in catalog.programs:
        for track in program.tracks:
            if track.seats_open is None:
                continue
            dated = track.seats_as_of or program.verified.date or program.origin.as_of
            said = program.availability
            newer = said.status in ("waitlist", "no-capacity") and (
                (said.as_of or program.verified.date or program.origin.as_of or AS_OF) > (dated or AS_OF)
            )
            days = (AS_OF - (dated or AS_OF)).days
            left = track.seats_open * 0.5 ** (days / 28)
            found[program.id, track.id] = 0 if newer else math.floor(left + 0.5)
    return found


def choices_of(asker: Asker, catalog: Catalog, *, allow_confirm: bool) -> list[tuple[Seat, Edge]]:
    """What `find` says of each track alone; seat groups are numbered in the order of ids."""
    groups = sorted(seats_of(catalog))
    found = []
    assert asker.request is not None
    for at, (program_id, track_id) in enumerate(groups):
        program = next(one for one in catalog.programs if one.id == program_id)
        only = tuple(track for track in program.tracks if track.id == track_id)
        ranking = api.rank(catalog_of(replace(program, tracks=only)), asker.request, limit=EVERYTHING)
        for match in ranking.matches:
            if match.tier == "eligible" or allow_confirm:
                edge = Edge(at, match.tier == "eligible", match.score)
                found.append(((program_id, track_id), edge))
    return sorted(found, key=lambda one: (not one[1].eligible, -one[1].score, one[0]))


def expected(catalog: Catalog, asked: list[Asker], *, allow_confirm: bool) -> tuple[Problem, list[Asker]]:
    seats = seats_of(catalog)
    asking = [one for one in asked if one.request is not None and api.safety_stop(one.request) is None]
    persons = tuple(
        Person(
            PRIORITIES.index(one.priority),
            tuple(
                edge for seat, edge in choices_of(one, catalog, allow_confirm=allow_confirm) if seats[seat]
            ),
        )
        for one in asking
    )
    return Problem(tuple(seats[key] for key in sorted(seats)), persons), asking


def where(placement: Placement) -> dict[str | None, Seat | None]:
    return {
        one.ref: None if one.placed is None else (one.placed.program.id, one.placed.option.track or "")
        for one in placement.assignments
    }


@settings(max_examples=60)
@given(catalogs, people, st.booleans())
def test_the_placement_is_the_best_that_find_and_the_seats_allow(
    catalog: Catalog, asked: list[Asker], allow_confirm: bool
) -> None:
    problem, asking = expected(catalog, asked, allow_confirm=allow_confirm)
    placement = api.assign(catalog, asked, AS_OF, allow_confirm=allow_confirm)
    places, groups = best(problem), sorted(seats_of(catalog))
    wanted: dict[str | None, Seat | None] = {one.ref: None for one in asked}
    for one, place in zip(asking, places, strict=True):
        wanted[one.ref] = None if place < 0 else groups[place]
    assert where(placement) == wanted
    totals = placement.totals
    assert value(problem, places) == (
        totals.placed,
        totals.urgent,
        totals.soon,
        totals.eligible,
        totals.score,
    )
    for one, person, place in zip(asking, problem.people, places, strict=True):
        answer = next(found for found in placement.assignments if found.ref == one.ref)
        if answer.placed is not None:
            told = answer.placed
            rank = [edge.group for edge in person.edges].index(place)
            assert (told.choice, told.choices) == (rank + 1, len(person.edges))
            better = [(found.program.id, found.option.track) for found in told.better]
            assert better == [groups[edge.group] for edge in person.edges[:rank]]
        else:
            assert answer.waiting is not None
            assert answer.waiting.taken == len(person.edges)
            assert (answer.waiting.reason == "seats-taken") == bool(person.edges)


@settings(max_examples=30)
@given(catalogs, people, st.booleans(), st.randoms())
def test_neither_the_order_of_the_catalog_nor_a_second_run_changes_anything(
    catalog: Catalog, asked: list[Asker], allow_confirm: bool, dice: object
) -> None:
    shuffled = list(catalog.programs)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    other = replace(
        catalog,
        programs=tuple(replace(one, tracks=tuple(reversed(one.tracks))) for one in shuffled),
    )
    first = api.assign(catalog, asked, AS_OF, allow_confirm=allow_confirm)
    assert api.assign(other, asked, AS_OF, allow_confirm=allow_confirm) == first


@settings(max_examples=40)
@given(catalogs, people, st.booleans())
def test_one_more_seat_does_what_was_told_of_it(
    catalog: Catalog, asked: list[Asker], allow_confirm: bool
) -> None:
    now = api.assign(catalog, asked, AS_OF, allow_confirm=allow_confirm)
    told = {(one.program.id, one.track): one for one in now.one_more_seat}
    for seat, counted in seats_of(catalog).items():
        then = api.assign(_with_one_more(catalog, seat, counted), asked, AS_OF, allow_confirm=allow_confirm)
        one = told.get(seat)
        if one is None:
            assert then.totals == now.totals
            continue
        assert one.seats_counted == counted
        assert then.totals.placed - now.totals.placed == (one.places is not None)
        for priority in PRIORITIES:
            more = getattr(then.totals, priority) - getattr(now.totals, priority)
            assert more == (one.places == priority)
        assert then.totals.eligible - now.totals.eligible == one.eligible
        assert then.totals.score - now.totals.score == one.score


def _with_one_more(catalog: Catalog, seat: Seat, counted: int) -> Catalog:
    """One more that counts: beside fresh seats, or a first one as of today where none counted."""

    def more(program: Program, track: Track) -> Track:
        if (program.id, track.id) != seat:
            return track
        if not counted:
            return replace(track, seats_open=1, seats_as_of=AS_OF)
        # As old as the others, so that nothing but their number changes.
        dated = track.seats_as_of or program.verified.date or program.origin.as_of or AS_OF
        left = 0.5 ** ((AS_OF - dated).days / 28)
        return replace(track, seats_open=math.ceil((counted + 0.5) / left))

    return replace(
        catalog,
        programs=tuple(
            replace(one, tracks=tuple(more(one, track) for track in one.tracks)) for one in catalog.programs
        ),
    )


def a_program(seats: int | None, *, days: int = 0, **changes: object) -> Program:
    program = Program(
        id="birch",
        name="Birch",
        origin=Origin(name="County", as_of=AS_OF),
        level="iop",
        fields=("mental-health",),
        in_person=Tri.YES,
        virtual=Tri.NO,
        needs=Needs(specializes=("ptsd",)),
        tracks=(Track(id="evening", sessions=EVENING, seats_open=seats, seats_as_of=_ago(days)),),
        verified=Verified(date=AS_OF),
    )
    return replace(program, **changes)


def _ago(days: int) -> dt.date:
    return AS_OF - dt.timedelta(days=days)


def test_seats_are_counted_by_their_age_halves_up() -> None:
    counted = {
        (seats, days): api.assign(catalog_of(a_program(seats, days=days)), [], AS_OF).seats
        for seats, days in ((1, 28), (1, 29), (3, 28), (4, 56), (2, 57), (10, 280))
    }
    assert counted == {(1, 28): 1, (1, 29): 0, (3, 28): 2, (4, 56): 1, (2, 57): 0, (10, 280): 0}


def test_a_newer_word_of_a_waitlist_takes_the_listed_seats_away() -> None:
    waitlist = Availability(status="waitlist", as_of=_ago(1))
    older = Availability(status="waitlist", as_of=_ago(9))
    for said, seats in ((waitlist, 0), (older, 2), (Availability(status="capacity", as_of=_ago(1)), 2)):
        listed = catalog_of(a_program(2, days=5, availability=said))
        assert api.assign(listed, [], AS_OF).seats == seats


def test_somebody_who_would_take_a_waitlist_is_not_placed_in_a_full_track() -> None:
    asker = Asker(row=1, request=request(needs=("ptsd",), levels=("iop",), waitlist=True, safety=("none",)))
    (one,) = api.assign(catalog_of(a_program(0)), [asker], AS_OF).assignments
    assert one.waiting is not None
    assert one.waiting.reason == "no-open-seat"
