"""A scored candidate as a match of the JSON contract: gates and points in words, sessions, questions."""

from __future__ import annotations

from opmatch.matching.case import Case
from opmatch.matching.judge import Judge, Scored, shown
from opmatch.matching.summary import summarize
from opmatch.matching.timing import timing
from opmatch.matching.ways import Way
from opmatch.model.ranking import Criterion, Gate, Match, Option, Question, SessionTime
from opmatch.model.week import Week, clock, day_of, end_clock

TRUSTED_ENOUGH = 0.5
"""A fact trusted less than this is worth a question."""


def explain(judge: Judge, scored: Scored, rank: int, same_site: tuple[str, ...]) -> Match:
    way = scored.way
    return Match(
        rank=rank,
        tier=scored.candidate.tier,
        score=scored.score,
        low=judge.points_at(scored, "low"),
        high=judge.points_at(scored, "high"),
        program=summarize(way.program),
        option=Option(mode=way.mode, track=way.track_id),
        distance_miles=None if way.distance is None else round(way.distance, 1),
        travel_minutes=way.travel,
        same_site=same_site,
        gates=_gates(scored),
        criteria=_criteria(judge, scored),
        sessions=sessions_of(judge.case, way),
        questions=_questions(judge, scored),
    )


def _gates(scored: Scored) -> tuple[Gate, ...]:
    out: list[Gate] = []
    for gate in scored.candidate.gates:
        verdict = gate.verdict
        relax = verdict.relax() if verdict.relax else None
        out.append(
            Gate(
                name=gate.name,
                state=verdict.state,
                reason=verdict.say().reason,
                relax=relax.change if relax else None,
            )
        )
    return tuple(out)


def _criteria(judge: Judge, scored: Scored) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            name=rule.name,
            points=got,
            of=of,
            utility=shown(one.utility),
            known=shown(one.known),
            prior=shown(one.prior),
            reason=one.reason,
            fact_age_days=one.age_days,
        )
        for rule, got, of, one in zip(
            judge.criteria, scored.points, scored.shares, scored.judged, strict=True
        )
    )


def sessions_of(case: Case, way: Way) -> tuple[SessionTime, ...]:
    """The track's sessions on the client's clock, with when to leave and when one is back."""
    if way.track is None:
        return ()
    free = case.request.when
    spans = timing(case, way, Week() if free is None else free).sessions
    travel = way.travel or 0
    return tuple(
        SessionTime(
            day=day_of(start),
            start=clock(start),
            end=end_clock(end),
            leave=clock(start - travel),
            back=end_clock(end + travel),
        )
        for start, end in spans
    )


def _questions(judge: Judge, scored: Scored) -> tuple[Question, ...]:
    """What is unknown or stale: gates first, then by how many points the answer could move."""
    swings = {ask.key: judge.swing(scored, ask.key) for ask in scored.asks if ask.trust < TRUSTED_ENOUGH}
    asked: list[Question] = []
    for gate in scored.candidate.gates:
        if gate.verdict.state == "unknown":
            own = [key for key in swings if key.startswith(GATE_FACTS.get(gate.name, ()))]
            # The gate's question settles these facts too: nobody is asked the same thing twice.
            swing = max((swings.pop(key) for key in own), default=0)
            asked.append(Question(ask=gate.verdict.say().ask, swing=swing))
    facts = [Question(ask=ask.text, swing=swings[ask.key]) for ask in scored.asks if swings.get(ask.key)]
    asked.sort(key=lambda question: -question.swing)
    facts.sort(key=lambda question: -question.swing)
    first_of: dict[str, Question] = {}
    for question in (*asked, *facts):
        first_of.setdefault(question.ask, question)
    return tuple(first_of.values())


GATE_FACTS = {
    "need": ("need:",),
    "payer": ("payer:",),
    "language": ("language:",),
    "place": ("travel", "delivery:"),
    "schedule": ("schedule",),
    "capacity": ("availability",),
}
"""The beginnings of the keys of the facts that a gate's question settles as well."""
