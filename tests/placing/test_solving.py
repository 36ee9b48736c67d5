"""The placement is the best there is, one and the same of equals, and so is the worth of one more seat."""

from __future__ import annotations

import pytest
from every_placement import best, placements, problems, value
from hypothesis import given
from hypothesis import strategies as st

from opmatch.errors import UsageError
from opmatch.model.placement import PRIORITIES
from opmatch.placing.canon import canonical
from opmatch.placing.prices import NotBestError, prices
from opmatch.placing.problem import WAITS, Edge, Person, Problem, first_come, totals
from opmatch.placing.solve import solve
from opmatch.placing.worth import Change, Scale


def placed(problem: Problem) -> tuple[int, ...]:
    scale = Scale.of(problem)
    found = solve(problem, scale)
    return canonical(problem, scale, found, prices(problem, scale, found))


@given(problems())
def test_the_placement_is_the_best_of_all_that_can_be_tried(problem: Problem) -> None:
    assert placed(problem) == best(problem)


@given(problems(), st.data())
def test_whichever_best_placement_the_solver_finds_the_answer_is_the_same(
    problem: Problem, data: st.DataObject
) -> None:
    top = value(problem, best(problem))
    other = data.draw(st.sampled_from([p for p in placements(problem) if value(problem, p) == top]))
    scale = Scale.of(problem)
    assert canonical(problem, scale, other, prices(problem, scale, other)) == best(problem)


@given(problems(), st.data())
def test_a_placement_that_could_be_better_is_not_let_through(problem: Problem, data: st.DataObject) -> None:
    found = data.draw(st.sampled_from(list(placements(problem))))
    scale = Scale.of(problem)
    if value(problem, found) == value(problem, best(problem)):
        prices(problem, scale, found)
    else:
        with pytest.raises(NotBestError):
            prices(problem, scale, found)


@given(problems())
def test_one_more_seat_is_worth_what_solving_again_with_it_gives(problem: Problem) -> None:
    scale, places = Scale.of(problem), placed(problem)
    now = value(problem, places)
    for group, worth in enumerate(prices(problem, scale, places)):
        seats = list(problem.seats)
        seats[group] += 1
        more = Problem(tuple(seats), problem.people)
        then = value(more, best(more))
        people, urgent, soon, eligible, score = (b - a for a, b in zip(now, then, strict=True))
        routine = people - urgent - soon
        who = [PRIORITIES[at] for at, count in enumerate((urgent, soon, routine)) if count]
        change = scale.change(worth)
        assert (people, eligible, score) == (len(who), change.eligible, change.score)
        assert who == ([] if change.priority is None else [PRIORITIES[change.priority]])


@given(problems())
def test_most_people_and_most_urgent_people_are_never_at_odds(problem: Problem) -> None:
    # What lets one weight by priority do: no placement of any size has more urgent people.
    most_urgent = max(value(problem, places)[1] for places in placements(problem))
    assert value(problem, placed(problem))[1] == most_urgent


@given(problems())
def test_first_come_first_served_is_a_placement_and_never_a_better_one(problem: Problem) -> None:
    taken = first_come(problem)
    assert taken in set(placements(problem))
    assert value(problem, taken) <= value(problem, placed(problem))


@given(problems())
def test_totals_are_those_of_the_placement(problem: Problem) -> None:
    places = placed(problem)
    found = totals(problem, places)
    assert (found.placed, found.urgent, found.soon, found.eligible, found.score) == value(problem, places)
    assert found.urgent + found.soon + found.routine == found.placed


@given(problems())
def test_whatever_somebody_would_rather_have_is_full(problem: Problem) -> None:
    places = placed(problem)
    for person, place in zip(problem.people, places, strict=True):
        for edge in person.edges:
            if edge.group == place:
                break
            assert places.count(edge.group) == problem.seats[edge.group]


def test_a_difference_comes_apart_into_what_it_is_made_of() -> None:
    person = Person(0, (Edge(0, True, 80),))
    scale = Scale.of(Problem((1,), (person,)))
    assert scale.change(scale.worth(person, person.edges[0])) == Change(0, 1, 80)
    assert scale.change(-scale.sure + 3) == Change(None, -1, 3)
    assert scale.change(scale.person - scale.sure - 7) == Change(2, -1, -7)


def test_more_people_than_exact_arithmetic_can_hold_are_refused() -> None:
    person = Person(2, (Edge(0, True, 80),))
    with pytest.raises(UsageError, match="20,000 people who compete for seats are more than"):
        Scale.of(Problem((1,), (person,) * 20_000))


def test_waiting_people_without_any_choice_stay_where_they_are() -> None:
    nobody = Person(0, ())
    assert placed(Problem((0,), (nobody, nobody))) == (WAITS, WAITS)
