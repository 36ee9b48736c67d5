"""Gates about getting through: language and place."""

from __future__ import annotations

import math

from opmatch.matching.age import fact_age
from opmatch.matching.case import Case
from opmatch.matching.languages import find_language
from opmatch.matching.verdict import Relax, Said, Verdict, met, not_met, unknown
from opmatch.matching.ways import Way
from opmatch.matching.words import about_minutes, beyond_words, miles_words
from opmatch.model.program import Tri


def language(case: Case, way: Way) -> Verdict:
    asked = case.request.language
    assert asked is not None
    found, label = find_language(case, way, asked.id), asked.label
    if asked.id == "en":
        return met(lambda: Said("English goes without saying"))
    ask = f"Can sessions be in {label}, by staff or an interpreter?"
    if found.entry is not None:
        age = fact_age(case, way.program, found.entry.verified, "languages")
        by = "by staff" if found.entry.by == "staff" else "through an interpreter"
        spoken = case.vocabulary.label("language", found.entry.id)  # may be narrower: Mandarin for Chinese
        return met(lambda: Said(f"{spoken} {by} (listed {age})"))
    interpreters = way.program.interpreters
    if interpreters is Tri.YES:
        return met(lambda: Said(f"{label} through an interpreter: interpreters are arranged"))
    if interpreters is Tri.NO:
        return not_met(lambda: Said(f"no {label} and no interpreters", label, "not offered"))
    return unknown(lambda: Said(f"does not list {label}; an interpreter may do", label, "not said", ask))


def place(case: Case, way: Way) -> Verdict:
    where = _in_person(case, way) if way.mode == "in-person" else _virtual(case, way)
    wish = case.request.delivery
    if wish in ("any", way.mode):
        return where
    other = "in person" if way.mode == "in-person" else "virtual"
    # Its other tracks may be as asked.
    what = f"{way.track_id} track" if way.track else "care"
    return not_met(
        lambda: Said(f"{what} is {other}, asked was {_plain(wish)}", _plain(wish), other),
        lambda: _any_delivery(case, where),
    )


def _plain(wish: str) -> str:
    return wish.replace("-", " ")


def _any_delivery(case: Case, where: Verdict) -> Relax | None:
    step = Relax({"delivery": "any"}, case.formula.moves["delivery"])
    if where.state != "not_met":
        return step
    further = where.relax() if where.relax else None
    return further and Relax(step.change | further.change, step.move + further.move)


def _in_person(case: Case, way: Way) -> Verdict:
    near, within, miles = case.request.near, case.request.within, way.distance
    if way.offered is Tri.NO:
        return not_met(lambda: Said("offers no in-person care", "in person", "not offered"))
    if way.offered is Tri.UNKNOWN:
        offered = unknown(
            lambda: Said(
                "does not say whether sessions are in person", "", "not said", "Are sessions in person?"
            )
        )
    else:
        offered = met(lambda: Said("meets in person"))
    if near is None:
        return offered
    assert within is not None
    if miles is None:
        return unknown(
            lambda: Said(
                "its place is not known",
                f"within {within:g} mi",
                "not known",
                "Where do sessions take place?",
            )
        )
    if miles <= within:
        if offered.state == "unknown":
            return offered
        return met(lambda: Said(f"{_far(case, way, miles_words(miles))}, within {within:g} mi"))

    def relax() -> Relax | None:
        if miles > within * case.formula.place_search:
            return None
        return Relax({"within": math.ceil(miles)}, (miles - within) / case.formula.moves["within"])

    return not_met(
        lambda: Said(
            f"{_far(case, way, beyond_words(miles, within))}, beyond {within:g} mi",
            f"within {within:g} mi",
            beyond_words(miles, within),
        ),
        relax,
    )


def _far(case: Case, way: Way, miles: str) -> str:
    assert way.travel is not None
    site, near = way.program.site, case.request.near
    rough = (site is not None and site.precision != "exact") or (
        near is not None and near.precision != "exact"
    )
    approximate = ", approximate" if rough else ""
    return f"{miles} away, {about_minutes(way.travel)}{approximate}"


def _virtual(case: Case, way: Way) -> Verdict:
    program, state = way.program, case.state
    licensed = program.licensed_states
    if state and licensed is not None and state not in licensed:
        elsewhere = ", ".join(licensed) or "no state"
        virtual = "virtual" if way.offered is Tri.YES else "perhaps virtual"
        return not_met(lambda: Said(f"{virtual}, licensed in {elsewhere}, not {state}", state, elsewhere))
    if way.offered is Tri.UNKNOWN:
        return unknown(
            lambda: Said(
                "does not say whether all of it can be virtual",
                "virtual",
                "not said",
                "Can every session, intake included, be remote?",
            )
        )
    if licensed is None:
        where = f" in {state}" if state else ""
        return unknown(
            lambda: Said(
                "virtual; does not say where it is licensed",
                state,
                "not said",
                f"Are you licensed to treat somebody living{where or ' where I live'}?",
            )
        )
    there = ", ".join(licensed)
    if not state:
        return unknown(
            lambda: Said(
                f"virtual, licensed in {there}; your state is not known",
                "",
                there,
                "Are you licensed where I live?",
            )
        )
    return met(lambda: Said(f"virtual, licensed in {state}"))
