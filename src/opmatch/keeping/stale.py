"""What to verify first: the facts of each program by the points that rest on belief rather than knowledge.

A fact's swing is what it can move in a ranking by the formula's balanced weights (of 100 points); what is at
stake is the part of the swing that its age has taken away, all of it where nothing is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from opmatch.matching.age import Age, confidence, fact_age
from opmatch.matching.case import Case
from opmatch.model.program import Program, Tri

Progress = Callable[[int, int], None]
_PREFERENCES = 4  # languages, populations, services, supports share the points of the preferences
_PROGRESS_EVERY = 512  # programs
_LEAST_POINTS = 0.5  # what is less than half a point moves nothing


class Doubtful(Struct, frozen=True, kw_only=True):
    """One fact worth a question. `age_days` is None where nothing is listed or nothing is dated."""

    field: str  # path in the catalog format
    listed: bool
    age_days: int | None
    swing: float
    at_stake: float
    question: str


class ToVerify(Struct, frozen=True, kw_only=True):
    """One program with its doubtful facts, the weightiest first; `limited` to a group it ranks for few."""

    program: Program
    facts: tuple[Doubtful, ...]
    at_stake: float
    limited: bool = False


class _Fact(Struct, frozen=True):
    """A fact before it is weighed: `age` is None where nothing is listed."""

    field: str
    kind: str  # a key of the formula's facts
    age: Age | None
    swing: float
    question: str


def worklist(
    case: Case, programs: Sequence[Program], *, listed_only: bool = False, progress: Progress | None = None
) -> tuple[ToVerify, ...]:
    """Every active program with something at stake, the most first; on a tie by id.

    Those that only a group may enter come after all others, since few people's rankings have them.
    `listed_only` leaves out what the catalog never said.
    """
    found = []
    for done, program in enumerate(programs):
        if progress is not None and done % _PROGRESS_EVERY == 0:
            progress(done, len(programs))
        if program.status != "active":
            continue
        facts = [one for fact in _facts(case, program) if (one := _weighed(case, fact))]
        facts = [one for one in facts if one.listed or not listed_only]
        if facts:
            facts.sort(key=lambda one: (-one.at_stake, -(one.age_days or 0), one.field))
            stake = round(sum(one.at_stake for one in facts), 1)
            limited = bool(program.populations.only)
            found.append(ToVerify(program=program, facts=tuple(facts), at_stake=stake, limited=limited))
    return tuple(sorted(found, key=lambda one: (one.limited, -one.at_stake, one.program.id)))


def _weighed(case: Case, fact: _Fact) -> Doubtful | None:
    trust = 0.0 if fact.age is None else confidence(case, fact.kind, fact.age)
    at_stake = round(fact.swing * (1.0 - trust), 1)
    if at_stake < _LEAST_POINTS:
        return None
    return Doubtful(
        field=fact.field,
        listed=fact.age is not None,
        age_days=fact.age.days if fact.age is not None and fact.age.dated else None,
        swing=round(fact.swing, 1),
        at_stake=at_stake,
        question=fact.question,
    )


def _facts(case: Case, program: Program) -> Iterator[_Fact]:
    yield from _availability(case, program)
    yield _hours(case, program)
    yield from _clinical(case, program)
    yield from _cost(case, program)
    yield from _preferences(case, program)


def _availability(case: Case, program: Program) -> Iterator[_Fact]:
    """Seats of each track that states them and the program's own word share the points."""
    availability, weight = program.availability, case.formula.weights["balanced"]["availability"]
    seats = [track for track in program.tracks if track.seats_open is not None]
    stated = availability.status is not None or availability.wait_days is not None
    part = weight / max(1, len(seats) + stated)
    for track in seats:
        age = fact_age(case, program, track.seats_as_of, "tracks", "availability")
        ask = f"How many seats are open in the {track.id} track?"
        yield _Fact(f"tracks.{track.id}.seats_open", "seats", age, part, ask)
    if stated or not seats:
        own = fact_age(case, program, availability.as_of, "availability") if stated else None
        yield _Fact("availability", "wait", own, part, "How soon could a new client start?")


def _hours(case: Case, program: Program) -> _Fact:
    weight = case.formula.weights["balanced"]["schedule"]
    ask = "On which days and at what times are sessions?"
    for field in ("tracks", "appointments", "office_hours"):
        if getattr(program, field):
            return _Fact(field, "hours", fact_age(case, program, None, field, "hours"), weight, ask)
    return _Fact("appointments" if program.level == "op" else "tracks", "hours", None, weight, ask)


def _clinical(case: Case, program: Program) -> Iterator[_Fact]:
    fit, weight = case.formula.fit, case.formula.weights["balanced"]["fit"]
    needs = program.needs
    said = bool(needs.specializes or needs.treats or needs.only)
    age = fact_age(case, program, None, "needs") if said else None
    ask = "Which needs do you treat, and in which do you specialize?"
    yield _Fact("needs", "needs", age, weight * fit.specializes.alone, ask)
    added = weight * (fit.treats.with_approach - fit.treats.alone)
    age = _oldest(fact_age(case, program, one.verified, "approaches") for one in program.approaches)
    yield _Fact("approaches", "approaches", age, added, "Which approaches do you offer, and how closely?")


def _cost(case: Case, program: Program) -> Iterator[_Fact]:
    cost, weight = case.formula.cost, case.formula.weights["balanced"]["cost"]
    payers = program.payers or ()
    age = _oldest(fact_age(case, program, one.verified, "payers") for one in payers)
    yield _Fact("payers", "payers", age, weight * cost.listed, "Which payers do you take?")
    accepting = [one for one in payers if one.accepting is not Tri.UNKNOWN]
    age = _oldest(fact_age(case, program, one.verified, "payers") for one in accepting)
    ask = "With which payers are you taking new clients now?"
    yield _Fact("payers.accepting", "accepting", age, weight * cost.accepting, ask)
    network = [one for one in payers if one.network != "unknown"]
    age = _oldest(fact_age(case, program, one.verified, "payers") for one in network)
    if network or any(one.id.startswith("private") for one in payers):
        ask = "With which plans are you in network?"
        yield _Fact("payers.network", "network", age, weight * cost.network, ask)
    if any(one.id in ("self_pay", "sliding_scale") for one in payers):
        known = program.fees.visit is not None or program.fees.sliding_scale_from is not None
        own = fact_age(case, program, None, "fees") if known else None
        yield _Fact(
            "fees", "fees", own, weight, "What does a visit cost, and from how much on a sliding scale?"
        )


def _preferences(case: Case, program: Program) -> Iterator[_Fact]:
    part = case.formula.weights["balanced"]["preferences"] / _PREFERENCES
    people = program.populations
    known = {
        "languages": bool(program.languages) or program.interpreters is not Tri.UNKNOWN,
        "populations": bool(people.specializes or people.welcomes or people.only or people.excludes),
        "services": bool(program.services),
        "supports": bool(program.supports),
    }
    questions = {
        "languages": "In which languages do staff give care, and are there interpreters?",
        "populations": "For whom do you have a group or experience of your own, and who may enroll?",
        "services": "Which services are part of the program?",
        "supports": "Is there child care, transportation, wheelchair access, walk-in?",
    }
    for field, stated in known.items():
        age = fact_age(case, program, None, field) if stated else None
        yield _Fact(field, field, age, part, questions[field])


def _oldest(ages: Iterator[Age]) -> Age | None:
    return max(ages, key=lambda age: age.days, default=None)
