"""Preferences: the share of what else was asked for that is met."""

from __future__ import annotations

from collections.abc import Hashable

from opmatch.matching import offers
from opmatch.matching.case import Case
from opmatch.matching.offers import NOT_SAID, Offer
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way
from opmatch.model.request import Request


def asked(request: Request) -> bool:
    return bool(
        request.language
        or request.populations
        or request.approaches
        or request.services
        or request.supports
        or request.delivery != "any"
    )


def asks(case: Case) -> Hashable | None:
    """What of the request decides, but for its mode of delivery; None where that is asked for."""
    request = case.request
    if request.delivery != "any":
        return None
    named = (request.populations, request.approaches, request.services, request.supports)
    spoken = request.language and request.language.id
    return (spoken, *(tuple(one.id for one in some) for some in named))


def judge(case: Case, way: Way, view: View) -> Judged:
    """Every asked value weighs the same."""
    found = _offers(case, way)
    priors = case.formula.priors
    utility = known = prior = 0.0
    for kind, label, question, offer in found:
        utility += view.read(f"{kind}:{label}", offer.value, offer.trust, priors[kind], question)
        known += offer.trust
        prior += priors[kind]
    count = len(found)
    met = [offer.words for _, _, _, offer in found if offer is not NOT_SAID]
    unsaid = [label for _, label, _, offer in found if offer is NOT_SAID]
    reason = "; ".join([*met, *(["not said: " + ", ".join(unsaid)] if unsaid else [])])
    ages = [offer.age.days for _, _, _, offer in found if offer.age is not None and offer.age.dated]
    return Judged(utility / count, known / count, prior / count, reason, max(ages, default=None))


def _offers(case: Case, way: Way) -> list[tuple[str, str, str, Offer]]:
    """(kind of prior, label, question, how it stands) for each asked value."""
    request = case.request
    found: list[tuple[str, str, str, Offer]] = []
    if request.language is not None:
        label = request.language.label
        question = f"Is there staff who speak {label}?" if request.language.id != "en" else ""
        found.append(("language", label, question, offers.language(case, way, request.language.id)))
    for one in request.populations:
        question = f"Do you have experience with or a group for {one.label}?"
        found.append(("population", one.label, question, offers.population(case, way, one.id)))
    for one in request.approaches:
        question = f"Do you offer {one.label}?"
        found.append(("approach", one.label, question, offers.approach(case, way, one.id)))
    found.extend(
        ("service", one.label, f"Do you offer {one.label}?", offers.service(case, way, one.id))
        for one in request.services
    )
    found.extend(
        ("support", one.label, f"Do you have {one.label}?", offers.support(case, way, one.id))
        for one in request.supports
    )
    if request.delivery != "any":
        wish = request.delivery.replace("-", " ")
        question = f"Can all of it be {wish}?"
        found.append(("delivery", wish, question, offers.delivery(case, way)))
    return found
