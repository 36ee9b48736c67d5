"""Gates about who is let in: status, level, need, exclusions, age, gender and population."""

from __future__ import annotations

from opmatch.matching.age import fact_age
from opmatch.matching.case import Case, NeedLook
from opmatch.matching.verdict import Relax, Said, Verdict, met, not_met, unknown
from opmatch.matching.ways import Way
from opmatch.matching.words import age_words, listing, names
from opmatch.model.program import LEVELS, AgeRange, Program

MOST_NAMED = 3
"""Needs named of a program that lists others than the one asked."""


def status(case: Case, program: Program) -> Verdict:
    state = program.status
    if state == "active":
        return met(lambda: Said("listed as active"))
    return not_met(lambda: Said(f"listed as {state}", "active", state))


def level(case: Case, program: Program) -> Verdict:
    asked = case.request.levels
    label = case.vocabulary.label("level", program.level)
    if program.level in asked:
        return met(lambda: Said(f"is {label}"))
    wanted = names(case, "level", asked)

    def relax() -> Relax | None:
        at = LEVELS.index(program.level)
        if all(abs(at - LEVELS.index(one)) != 1 for one in asked):
            return None
        levels = [one for one in LEVELS if one in asked or one == program.level]
        return Relax({"levels": levels}, case.formula.moves["levels"])

    def say() -> Said:
        at, lowest = LEVELS.index(program.level), min(LEVELS.index(one) for one in asked)
        step = "a step up" if at > lowest else "a step down"
        return Said(f"is {label}, {step} from {wanted}: for a clinician to decide", wanted, label)

    return not_met(say, relax)


def need(case: Case, program: Program) -> Verdict:
    look = case.needs[0]
    label, needs = look.need.label, program.needs
    if look.fields.isdisjoint(program.fields):
        fields = listing(program.fields)
        return not_met(lambda: Said(f"works in {fields}, not with {label}", label, fields))
    if look.need.id in needs.excludes or not look.ancestors.isdisjoint(needs.excludes):
        return not_met(lambda: Said(f"says it does not treat {label}", label, "excluded"))
    within_only = _within(look.need.id, look.ancestors, needs.only)
    if needs.only and not within_only:
        only = names(case, "need", needs.only)
        if look.related.keys().isdisjoint(needs.only):
            return not_met(lambda: Said(f"treats only {only}, not {label}", label, f"only {only}"))
        return unknown(
            lambda: Said(
                f"treats only {only}, which is part of {label}",
                label,
                f"only {only}",
                f"You treat only {only}: would that cover {label}?",
            )
        )
    listed = _listed(program, look)
    if listed is not None:
        return met(lambda: _listed_words(case, program, *listed))
    if not look.common.isdisjoint(program.fields):
        return met(lambda: Said(f"a general program of this field, which commonly treats {label}"))
    return unknown(lambda: _not_listed(case, program, label))


def _not_listed(case: Case, program: Program, label: str) -> Said:
    """A need that isn't among the listed ones, with what is, so that a reader can judge how likely it is."""
    others = (*program.needs.specializes, *program.needs.treats)[:MOST_NAMED]
    lists = f"lists {names(case, 'need', others)}; " if others else ""
    return Said(f"{lists}does not say whether it treats {label}", label, "not said", f"Do you treat {label}?")


def _listed(program: Program, look: NeedLook) -> tuple[str, str] | None:
    """The nearest listed relative of the need with how it is listed, specializations before the rest."""
    needs = program.needs
    for verb, ids in (("specializes in", needs.specializes), ("treats", (*needs.treats, *needs.only))):
        found = [one for one in ids if one in look.related]
        if found:
            return verb, min(found, key=lambda one: look.related[one])
    return None


def _listed_words(case: Case, program: Program, verb: str, need: str) -> Said:
    there = case.vocabulary.label("need", need)
    return Said(f"{verb} {there} (listed {fact_age(case, program, None, 'needs')})")


def _within(need_id: str, ancestors: frozenset[str], only: tuple[str, ...]) -> bool:
    return need_id in only or not ancestors.isdisjoint(only)


def exclusions(case: Case, program: Program) -> Verdict:
    flags = case.request.safety or ()
    label = names(case, "safety flag", flags)
    if program.exclusions is None:
        return unknown(
            lambda: Said(
                f"does not say whether it takes people with: {label}",
                label,
                "not said",
                f"Can you take somebody for whom this was noted: {label.lower()}?",
            )
        )
    hit = tuple(flag for flag in flags if flag in program.exclusions)
    if hit:
        said = names(case, "safety flag", hit)
        return not_met(lambda: Said(f"does not take people with: {said}", label, f"excludes {said}"))
    return met(lambda: Said(f"does not exclude: {label}"))


def age(case: Case, way: Way) -> Verdict:
    years = case.request.age
    assert years is not None
    ask = f"Do you take a {years}-year-old?"
    wanted = f"{years} years"
    if way.ages is None:
        return unknown(lambda: Said("does not say which ages it serves", wanted, "not said", ask))
    served = _served(way.ages)
    if any(a.sure and a.min <= years <= a.max for a in way.ages):
        return met(lambda: Said(f"serves {served}"))
    if any(a.min <= years <= a.max for a in way.ages):
        return unknown(lambda: Said(f"may serve {years}-year-olds, not certain", wanted, served, ask))
    of_track = way.track is not None and way.track.ages is not None  # what a track states is complete
    complete = way.program.ages_complete or of_track
    if complete:
        return not_met(lambda: Said(f"serves {served}, not {years}", wanted, served))
    return unknown(lambda: Said(f"lists {served}, perhaps not all it serves", wanted, served, ask))


def _served(ages: tuple[AgeRange, ...]) -> str:
    sure = tuple(a for a in ages if a.sure)
    return age_words(sure or ages)


def gender(case: Case, way: Way) -> Verdict:
    wanted = case.request.gender
    assert wanted is not None
    label = case.vocabulary.label("gender", wanted)
    ask = f"Do you take {label} clients?"
    listed = way.genders
    if listed is None:
        return unknown(lambda: Said("does not say whether it is limited by gender", label, "not said", ask))
    if {"female", "male"} <= set(listed):
        return met(lambda: Said("takes women and men: no limit by gender"))
    actual = names(case, "gender", listed)
    if wanted in listed:
        return met(lambda: Said(f"takes {actual} clients"))
    over = way.program.origin.genders_over
    if over is not None and wanted not in over:
        return unknown(lambda: Said(f"lists {actual}; its source can't say more", label, actual, ask))
    return not_met(lambda: Said(f"takes {actual} clients only", label, f"{actual} only"))


def population(case: Case, way: Way) -> Verdict:
    groups, asked = way.populations, case.population_ids
    excluded = tuple(one for one in groups.excludes if one in asked)
    if excluded:
        label = names(case, "population", excluded)
        return not_met(lambda: Said(f"does not take {label}", label, "excluded"))
    if groups.only:
        only = names(case, "population", groups.only)
        if asked.isdisjoint(groups.only):
            wanted = names(case, "population", tuple(one.id for one in case.request.populations))
            return not_met(lambda: Said(f"is only for: {only}", wanted or "no group named", f"only {only}"))
        return met(lambda: Said(f"is for: {only}"))
    if groups.only_unknown:
        return unknown(
            lambda: Said("may be limited to a group; ask who may enroll", "", "not said", "Who may enroll?")
        )
    return met(lambda: Said("open to all, as far as listed"))
