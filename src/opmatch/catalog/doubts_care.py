"""Doubts about care itself: who is served, what is offered or turned away, and how faithfully."""

from __future__ import annotations

from collections.abc import Iterator

from opmatch.catalog.doubts import Around, Doubt
from opmatch.model.program import AgeRange, Program, Tri


def ages_impossible(program: Program, around: Around) -> Iterator[Doubt]:
    """Ages nobody has, or ages at odds with the group the program is for."""
    oldest = around.limits["oldest"]["years"]
    own = [("ages", program.ages or ())]
    for path, ages in own + [(f"tracks[{i}].ages", t.ages or ()) for i, t in enumerate(program.tracks)]:
        for at, span in enumerate(ages):
            if span.min > oldest:
                yield Doubt(f"{path}[{at}]", f"begins at {span.min} years", "check the years")
            elif span.min == span.max:
                yield Doubt(f"{path}[{at}]", f"is {span.min} years alone", "check both ends")
    spans = [span for _, ages in own for span in ages] + [s for t in program.tracks for s in t.ages or ()]
    if not program.ages or not program.ages_complete:
        return
    people = program.populations
    for group, bounds in around.limits["ages_of"].items():
        named = group in people.specializes or group in people.only
        if named and not any(_touches(span, bounds) for span in spans):
            label = around.vocabulary.label("population", group)
            yield Doubt("ages", f"has no age of the group it is for: {label}", "check ages and populations")


def _touches(span: AgeRange, bounds: list[int]) -> bool:
    return span.min <= bounds[1] and bounds[0] <= span.max


def fidelity(program: Program, around: Around) -> Iterator[Doubt]:
    """An approach whose name alone doesn't say what is meant, with no word on how closely it is followed."""
    for at, approach in enumerate(program.approaches):
        wanted = around.limits["fidelity"].get(approach.id)
        if wanted is not None and approach.offered is Tri.YES and not approach.fidelity:
            label = around.vocabulary.label("approach", approach.id)
            yield Doubt(f"approaches[{at}]", f"{label} has no fidelity", f"say which: {wanted}")


def offered_but_excluded(program: Program, around: Around) -> Iterator[Doubt]:
    """A treatment for what the program turns away."""
    excluded = set(program.needs.excludes)
    treats = around.limits["treats_anyway"]
    for at, approach in enumerate(program.approaches):
        need = treats.get(approach.id)
        if need is None or approach.offered is not Tri.YES:
            continue
        for other in sorted(excluded & {need, *around.vocabulary.ancestors(need)}):
            yield Doubt(
                f"approaches[{at}]", f"{approach.id} treats {need}; it excludes {other}", "check both"
            )
    for flag in program.exclusions or ():
        service = around.limits["excluded_but_offered"].get(flag)
        if service in program.services:
            yield Doubt("exclusions", f"turns away {flag} and offers {service}", "check both")


def genders_at_odds(program: Program, around: Around) -> Iterator[Doubt]:
    """A program limited to one gender and made for the other."""
    del around
    genders = program.genders
    if genders is None:
        return
    people = {*program.populations.specializes, *program.populations.only}
    for group, gender in (("women", "female"), ("men", "male")):
        if group in people and gender not in genders and "nonbinary" not in genders:
            yield Doubt("genders", f"leaves out {gender}, and the program is for {group}", "check both")
