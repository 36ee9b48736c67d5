"""Whether a way to attend offers what a client may prefer: offered, known absent, or not said."""

from __future__ import annotations

from msgspec import Struct

from opmatch.matching.age import Age, confidence, fact_age
from opmatch.matching.case import Case
from opmatch.matching.languages import find_language
from opmatch.matching.ways import Way
from opmatch.model.program import Approach, Program, Tri


class Offer(Struct, frozen=True):
    """`value` is the utility of what is stated, 0 to 1; `trust` how far to believe it, 0 when not said."""

    state: Tri
    value: float
    trust: float
    age: Age | None
    words: str


NOT_SAID = Offer(Tri.UNKNOWN, 0.0, 0.0, None, "not said")


def find_approach(case: Case, program: Program, asked: str) -> Approach | None:
    """The entry that settles an approach: itself, or a kind of it that is offered (methadone for MOUD).

    A broader approach known to be absent settles its kinds too.
    """
    if not program.approaches:
        return None
    terms = case.vocabulary.broader_approaches
    broader = terms.get(asked, "")
    own = kind = absent = None
    for one in program.approaches:
        if one.id == asked:
            own = own or one
        elif one.id == broader:
            absent = absent or (one if one.offered is Tri.NO else None)
        elif terms.get(one.id) == asked:
            kind = kind or (one if one.offered is Tri.YES else None)
    return own if own is not None and own.offered is not Tri.UNKNOWN else kind or absent


def approach(case: Case, way: Way, asked: str) -> Offer:
    entry = find_approach(case, way.program, asked)
    if entry is None:
        return NOT_SAID
    age = fact_age(case, way.program, entry.verified, "approaches")
    trust = confidence(case, "approaches", age)
    label = case.vocabulary.label("approach", entry.id)
    if entry.offered is Tri.NO:
        return Offer(Tri.NO, 0.0, trust, age, f"no {label}")
    fidelity = f" ({entry.fidelity})" if entry.fidelity else ""
    return Offer(Tri.YES, 1.0, trust, age, f"offers {label}{fidelity}")


def population(case: Case, way: Way, asked: str) -> Offer:
    groups = way.populations
    age = fact_age(case, way.program, None, "populations")
    trust = confidence(case, "populations", age)
    label = case.vocabulary.label("population", asked)
    if asked in groups.excludes:
        return Offer(Tri.NO, 0.0, trust, age, f"does not take {label}")
    if asked in groups.specializes or asked in groups.only:
        return Offer(Tri.YES, 1.0, trust, age, f"a program for {label}")
    if asked in groups.welcomes:
        return Offer(Tri.YES, case.formula.preferences.welcomes, trust, age, f"welcomes {label}")
    return NOT_SAID


def service(case: Case, way: Way, asked: str) -> Offer:
    if asked not in way.program.services:
        return NOT_SAID
    age = fact_age(case, way.program, None, "services")
    label = case.vocabulary.label("service", asked)
    return Offer(Tri.YES, 1.0, confidence(case, "services", age), age, f"offers {label}")


def support(case: Case, way: Way, asked: str) -> Offer:
    if asked not in way.program.supports:
        return NOT_SAID
    age = fact_age(case, way.program, None, "supports", "accessibility")
    label = case.vocabulary.label("support", asked)
    return Offer(Tri.YES, 1.0, confidence(case, "supports", age), age, f"has {label}")


def language(case: Case, way: Way, asked: str) -> Offer:
    """By staff counts in full; through an interpreter, partly."""
    label = case.vocabulary.label("language", asked)
    if asked == "en":
        return Offer(Tri.YES, 1.0, 1.0, None, "English")
    entry = find_language(case, way, asked).entry
    program, part = way.program, case.formula.preferences.interpreter
    age = fact_age(case, program, entry.verified if entry else None, "languages")
    trust = confidence(case, "languages", age)
    if entry is not None:
        label = case.vocabulary.label("language", entry.id)  # may be narrower: Mandarin for Chinese
    if entry is not None and entry.by == "staff":
        return Offer(Tri.YES, 1.0, trust, age, f"{label} by staff")
    through = f"{label} through an interpreter"
    if entry is not None:
        return Offer(Tri.NO, part, trust, age, through)
    if program.interpreters is Tri.YES:
        # Interpreters are there for whom no staff speaks to; who that is, an unlisted language doesn't say.
        return Offer(Tri.UNKNOWN, part, trust, age, through)
    if program.interpreters is Tri.NO:
        return Offer(Tri.NO, 0.0, trust, age, f"no {label}")
    return NOT_SAID


def delivery(case: Case, way: Way) -> Offer:
    wish = case.request.delivery
    if way.mode != wish or way.offered is Tri.NO:
        return Offer(Tri.NO, 0.0, 1.0, None, f"not {wish.replace('-', ' ')}")
    if way.offered is Tri.UNKNOWN:
        return NOT_SAID
    return Offer(Tri.YES, 1.0, 1.0, None, wish.replace("-", " "))
