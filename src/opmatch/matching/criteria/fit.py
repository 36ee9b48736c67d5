"""Clinical fit: how well a program's listed needs and approaches answer the asked ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from operator import attrgetter

from msgspec import Struct

from opmatch.matching import offers, told
from opmatch.matching.age import Age, confidence, fact_age
from opmatch.matching.aspect import Aspect
from opmatch.matching.case import Case, NeedLook
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way
from opmatch.matching.words import listing, short_name
from opmatch.model.program import Tri


class _Value(Struct, frozen=True):
    utility: float
    trust: float
    words: Callable[[], str]  # for the one that counts
    listed: bool = False


class _Bonus(Struct, frozen=True):
    """`said` is whether a program offers it; `words` then say what."""

    utility: float
    said: bool = False
    words: Callable[[], str] | None = None


def aspects(case: Case) -> tuple[Aspect, ...]:
    """The asked needs, each with the approaches that count for it."""
    return tuple(
        Aspect(
            (look.need.id, tuple(look.approaches.items())),
            partial(_one, look),
            told.care,
            partial(_read, look),
        )
        for look in case.needs
    )


def together(case: Case, found: Sequence[Judged]) -> Judged:
    """The needs' utilities, each later one at a lower weight."""
    dated = (one.age_days for one in found if one.age_days is not None)
    return Judged(
        utility=utility(case, [one.utility for one in found]),
        known=utility(case, [one.known for one in found]),
        prior=case.formula.priors["need"],
        words=lambda: "; ".join(one.reason for one in found),
        age_days=next(dated, None),
    )


def utility(case: Case, values: Sequence[float]) -> float:
    later = case.formula.fit.later_need
    weights = [later**place for place in range(len(values))]
    return sum(weight * value for weight, value in zip(weights, values, strict=True)) / sum(weights)


def _read(look: NeedLook, case: Case, way: Way) -> Hashable:
    """All of a program that bears on one need."""
    program, needs, related = way.program, way.program.needs, look.related
    return (
        look.need.id in needs.excludes or not look.ancestors.isdisjoint(needs.excludes),
        tuple([one for one in needs.specializes if one in related]),
        tuple([one for one in needs.treats if one in related]),
        tuple([one for one in needs.only if one in related]),
        look.common.isdisjoint(program.fields),
        tuple([one for one in program.approaches if one.id in look.settling]),
        told.dates(program),
    )


def _one(look: NeedLook, case: Case, way: Way, view: View) -> Judged:
    age = fact_age(case, way.program, None, "needs")
    found = _best(case, way, view, look, age)
    return Judged(
        utility=found.utility,
        known=found.trust,
        prior=case.formula.priors["need"],
        words=found.words,
        age_days=age.days if age.dated and found.listed else None,
    )


def _best(case: Case, way: Way, view: View, look: NeedLook, age: Age) -> _Value:
    """The highest of all entries that bear on the need, the general program's value among them."""
    fit, needs, label = case.formula.fit, way.program.needs, look.need.label
    prior, trust = case.formula.priors["need"], confidence(case, "needs", age)
    key = f"need:{look.need.id}"
    if look.need.id in needs.excludes or not look.ancestors.isdisjoint(needs.excludes):
        utility = view.read(key, 0.0, trust, prior)
        return _Value(utility, trust, lambda: f"does not treat {label} (listed {age})", listed=True)
    bonus = _bonus(case, way, view, look)
    found: list[_Value] = []
    listed_exactly = False
    for verb, rule, ids in (
        ("specializes in", fit.specializes, needs.specializes),
        ("treats", fit.treats, (*needs.treats, *needs.only)),
    ):
        for one in ids:
            steps = look.related.get(one)
            if steps is None:
                continue
            listed_exactly |= steps == 0
            value = rule.alone + (rule.with_approach - rule.alone) * bonus.utility
            utility = view.read(f"{key}:{verb}:{one}", value * fit.related**steps, trust, prior)
            words = partial(_listed_words, case, verb, one, bonus, age)
            found.append(_Value(utility, trust, words, listed=True))
    if not look.common.isdisjoint(way.program.fields):
        found.append(_Value(fit.general, 1.0, lambda: f"a general program, which commonly treats {label}"))
    if not listed_exactly:
        question = f"Do you treat {label}, and how often?"
        utility = view.read(key, 0.0, 0.0, prior, question)
        found.append(_Value(utility, 0.0, lambda: f"does not say whether it treats {label}"))
    return max(found, key=attrgetter("utility"))


def _listed_words(case: Case, verb: str, need: str, bonus: _Bonus, age: Age) -> str:
    offered = bonus.words() if bonus.words is not None else ""
    return f"{verb} {case.vocabulary.label('need', need)}{offered} (listed {age})"


def _bonus(case: Case, way: Way, view: View, look: NeedLook) -> _Bonus:
    """How far a first-line or wanted approach is offered, 0 to 1, in the best of them."""
    if not look.approaches:
        return _Bonus(0.0)
    prior = case.formula.priors["approach"]
    found: list[_Bonus] = []
    unsaid: list[str] = []
    if look.settling.isdisjoint([one.id for one in way.program.approaches]):  # as mostly
        unsaid.extend(look.approaches)
    else:
        for asked, why in look.approaches.items():
            offer = offers.approach(case, way, asked)
            if offer.state is Tri.UNKNOWN:
                unsaid.append(asked)
                continue
            said = offer.state is Tri.YES
            key = f"approach:{look.need.id}:{asked}"
            utility = view.read(key, offer.value, offer.trust, prior)
            found.append(_Bonus(utility, said, partial(_offered, offer.words, why) if said else None))
    if unsaid and not any(one.said for one in found):
        question = partial(_which, case, look, unsaid)
        found.append(_Bonus(view.read(f"approach:{look.need.id}", 0.0, 0.0, prior, question)))
    elif unsaid:
        # Something listed beats what isn't: the unsaid count only as belief, and are not worth a question.
        found.append(_Bonus(view.read(f"approach:{look.need.id}:unsaid", 0.0, 0.0, prior)))
    return max(found, key=lambda one: (one.utility, one.said))


def _which(case: Case, look: NeedLook, unsaid: Sequence[str]) -> str:
    known_as = listing([short_name(case.vocabulary.label("approach", one)) for one in unsaid], "or")
    return f"Which of these do you offer for {short_name(look.need.label)}: {known_as}?"


def _offered(words: str, why: str) -> str:
    return f" and {words} ({why if why == 'asked for' else f'first-line: {why}'})"
