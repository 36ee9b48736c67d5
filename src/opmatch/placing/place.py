"""From people and programs to the best placement of them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.explained import explain, sessions_of
from opmatch.matching.judge import Judge
from opmatch.matching.summary import summarize
from opmatch.model.placement import PRIORITIES, Assignment, OneMoreSeat, Placed, Totals
from opmatch.model.program import Program
from opmatch.model.ranking import Option as Attending
from opmatch.model.ranking import Question, SafetyStop
from opmatch.model.request import Request
from opmatch.placing.canon import canonical
from opmatch.placing.options import Option, Options, SeatPanel
from opmatch.placing.people import Asker
from opmatch.placing.prices import prices
from opmatch.placing.problem import WAITS, Edge, Person, Problem, first_come, totals
from opmatch.placing.seats import SeatGroup, seat_groups
from opmatch.placing.solve import solve
from opmatch.placing.waiting import Reasons, choice_of
from opmatch.placing.worth import Scale

MOST_TOLD: Final = 10
"""Tracks named in which one more seat would help."""
Progress = Callable[[int, int], None]
"""(done, of all), a person counting twice: once for the choices, once for the answer."""


class Terms(Struct, frozen=True, kw_only=True):
    """How people are placed. `case_of` makes a request ready; `stop_of` says what comes before programs."""

    case_of: Callable[[Request], Case]
    stop_of: Callable[[Request], SafetyStop | None]
    allow_confirm: bool = False
    with_request: bool = False


class Found(Struct, frozen=True, kw_only=True):
    """The answers in the order of `people`, and what they come to."""

    assignments: tuple[Assignment, ...]
    totals: Totals = Totals()
    first_come: Totals = Totals()
    one_more_seat: tuple[OneMoreSeat, ...] = ()
    groups: tuple[SeatGroup, ...] = ()


def place(
    askers: Sequence[Asker],
    programs: Sequence[Program],
    today: Case,
    terms: Terms,
    progress: Progress | None = None,
) -> Found:
    """The best placement; `today` is anybody's case of the day. Raises UsageError for too many people."""
    answers: dict[int, Assignment] = {}
    asking: list[tuple[int, Asker, Case]] = []
    for at, asker in enumerate(askers):
        if asker.request is None:
            answers[at] = _answer(asker, result="invalid", error=asker.error or "")
        elif stop := terms.stop_of(asker.request):
            answers[at] = _answer(asker, result="stopped", safety_stop=stop)
        else:
            asking.append((at, asker, terms.case_of(asker.request)))

    groups = seat_groups(today, programs)
    tell = _Telling(progress, 2 * len(asking))
    own = _options(SeatPanel(today, groups), [case for _, _, case in asking], tell)
    usable = [_usable(options, terms) for options in own]
    problem = _problem(groups, [asker for _, asker, _ in asking], own, usable, terms)
    scale = Scale.of(problem)
    places = solve(problem, scale)
    seat_prices = prices(problem, scale, places)
    places = canonical(problem, scale, places, seat_prices)

    reasons = Reasons(programs, with_request=terms.with_request)
    for number in _by_place([case for _, _, case in asking]):
        at, asker, case = asking[number]
        mine = usable[number]
        if places[number] == WAITS:
            answers[at] = _answer(asker, result="waiting", waiting=reasons.why(case, own[number], mine))
        else:
            answers[at] = _answer(asker, result="placed", placed=_placed(case, mine, places[number], terms))
        tell.one()
    return Found(
        assignments=tuple(answers[at] for at in range(len(askers))),
        totals=totals(problem, places),
        first_come=totals(problem, first_come(problem)),
        one_more_seat=_one_more_seat(groups, scale, seat_prices),
        groups=groups,
    )


class _Telling:
    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def one(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _by_place(cases: Sequence[Case]) -> list[int]:
    """The order in which the same questions come together; it changes the time and nothing else."""
    return sorted(
        range(len(cases)), key=lambda at: (cases[at].request.delivery, repr(cases[at].request.near))
    )


def _options(panel: SeatPanel, cases: Sequence[Case], tell: _Telling) -> list[Options]:
    found: dict[int, Options] = {}
    for at in _by_place(cases):
        found[at] = panel.options(cases[at])
        tell.one()
    return [found[at] for at in range(len(cases))]


def _usable(options: Options, terms: Terms) -> tuple[Option, ...]:
    return tuple(one for one in options.open if terms.allow_confirm or one.tier == "eligible")


def _problem(
    groups: Sequence[SeatGroup],
    askers: Sequence[Asker],
    own: Sequence[Options],
    usable: Sequence[tuple[Option, ...]],
    terms: Terms,
) -> Problem:
    """Full tracks take part without seats: what one more seat in them would do is asked later."""
    people = []
    for asker, options, mine in zip(askers, own, usable, strict=True):
        full = [one for one in options.full if terms.allow_confirm or one.tier == "eligible"]
        edges = tuple(Edge(one.group, one.tier == "eligible", one.score) for one in (*mine, *full))
        people.append(Person(PRIORITIES.index(asker.priority), edges))
    return Problem(tuple(group.counted for group in groups), tuple(people))


def _answer(asker: Asker, **parts: object) -> Assignment:
    return Assignment(row=asker.row, ref=asker.ref, priority=asker.priority, **parts)  # type: ignore[arg-type]


def _placed(case: Case, mine: Sequence[Option], group: int, terms: Terms) -> Placed:
    at = next(at for at, one in enumerate(mine) if one.group == group)
    option = mine[at]
    way = option.way
    return Placed(
        program=summarize(way.program),
        option=Attending(mode=way.mode, track=way.track_id),
        tier=option.tier,
        score=option.score,
        confirm=option.unknown,
        choice=at + 1,
        choices=len(mine),
        better=tuple(choice_of(one) for one in mine[:at]),
        distance_miles=None if way.distance is None else round(way.distance, 1),
        travel_minutes=way.travel,
        sessions=sessions_of(case, way),
        questions=_questions(case, option) if terms.with_request else (),
    )


def _questions(case: Case, option: Option) -> tuple[Question, ...]:
    judge, way = Judge(case), option.way
    candidate = next(
        one
        for one in judge.candidates(way.program)
        if (one.way.track_id, one.way.mode) == (way.track_id, way.mode)
    )
    return explain(judge, judge.score(candidate), 1, ()).questions


def _one_more_seat(
    groups: Sequence[SeatGroup], scale: Scale, seat_prices: Sequence[int]
) -> tuple[OneMoreSeat, ...]:
    """The tracks in which one more seat would help most, the most helpful first."""
    order = sorted((-price, groups[at].key, at) for at, price in enumerate(seat_prices) if price)
    found = []
    for minus_price, _, at in order[:MOST_TOLD]:
        change, group = scale.change(-minus_price), groups[at]
        found.append(
            OneMoreSeat(
                program=summarize(group.program),
                track=group.track.id,
                seats_listed=group.track.seats_open,
                seats_counted=group.counted,
                places=None if change.priority is None else PRIORITIES[change.priority],
                eligible=change.eligible,
                score=change.score,
            )
        )
    return tuple(found)
