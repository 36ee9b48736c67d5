"""Preferences: the share of what else was asked for that is met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from opmatch.matching import offers, told
from opmatch.matching.aspect import Aspect
from opmatch.matching.case import Case
from opmatch.matching.offers import NOT_SAID, Offer
from opmatch.matching.told import Reader
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way
from opmatch.model.request import Request, Understood

Find = Callable[[Case, Way, str], Offer]


def asked(request: Request) -> bool:
    return bool(
        request.language
        or request.populations
        or request.approaches
        or request.services
        or request.supports
        or request.delivery != "any"
    )


def aspects(case: Case) -> tuple[Aspect, ...]:
    """Every asked value by itself."""
    request = case.request
    found: list[Aspect] = []
    if request.language is not None:
        spoken = request.language
        question = f"Is there staff who speak {spoken.label}?" if spoken.id != "en" else ""
        found.append(_aspect("language", spoken, question, offers.language, told.languages))
    for one in request.populations:
        question = f"Do you have experience with or a group for {one.label}?"
        found.append(_aspect("population", one, question, offers.population, told.groups))
    found += [_offered("approach", one, offers.approach, told.care) for one in request.approaches]
    found += [_offered("service", one, offers.service, told.services) for one in request.services]
    for one in request.supports:
        question = f"Do you have {one.label}?"
        found.append(_aspect("support", one, question, offers.support, told.supports))
    if request.delivery != "any":
        wish = request.delivery.replace("-", " ")
        question = f"Can all of it be {wish}?"
        found.append(
            Aspect(
                ("delivery", wish),
                partial(_judged, "delivery", wish, question, offers.delivery),
                told.nothing,
                of_way=lambda way: (way.mode, way.offered),
            )
        )
    return tuple(found)


def _offered(kind: str, one: Understood, find: Find, read: Reader) -> Aspect:
    return _aspect(kind, one, f"Do you offer {one.label}?", find, read)


def _aspect(kind: str, one: Understood, question: str, find: Find, read: Reader) -> Aspect:
    def offer(case: Case, way: Way) -> Offer:
        return find(case, way, one.id)

    return Aspect((kind, one.id, one.label), partial(_judged, kind, one.label, question, offer), read, offer)


def _judged(
    kind: str,
    label: str,
    question: str,
    find: Callable[[Case, Way], Offer],
    case: Case,
    way: Way,
    view: View,
) -> Judged:
    """How one value stands; the reason is what has to be said of it, "" where nothing is said."""
    offer, prior = find(case, way), case.formula.priors[kind]
    utility = view.read(f"{kind}:{label}", offer.value, offer.trust, prior, question)
    days = offer.age.days if offer.age is not None and offer.age.dated else None
    return Judged(utility, offer.trust, prior, "" if offer is NOT_SAID else offer.words, days)


def together(case: Case, found: Sequence[Judged]) -> Judged:
    """Every asked value weighs the same."""
    unsaid = [label for label, one in zip(_labels(case.request), found, strict=True) if not one.reason]
    met = [one.reason for one in found if one.reason]
    ages = [one.age_days for one in found if one.age_days is not None]
    return Judged(
        utility=utility(case, [one.utility for one in found]),
        known=utility(case, [one.known for one in found]),
        prior=utility(case, [one.prior for one in found]),
        words="; ".join([*met, *(["not said: " + ", ".join(unsaid)] if unsaid else [])]),
        age_days=max(ages, default=None),
    )


def utility(_: Case, values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _labels(request: Request) -> list[str]:
    named = (request.populations, request.approaches, request.services, request.supports)
    labels = [] if request.language is None else [request.language.label]
    labels += [one.label for some in named for one in some]
    return labels if request.delivery == "any" else [*labels, request.delivery.replace("-", " ")]
