"""The must gate: preferences the client can't do without."""

from __future__ import annotations

from opmatch.matching import offers
from opmatch.matching.case import Case
from opmatch.matching.offers import Offer
from opmatch.matching.verdict import Relax, Said, Verdict, met, not_met, unknown
from opmatch.matching.ways import Way
from opmatch.matching.words import listing
from opmatch.model.program import Tri


def must(case: Case, way: Way) -> Verdict:
    found = [(name, label, offer) for name in case.request.must for label, offer in _offers(case, way, name)]
    absent = [(name, _dated(label, offer)) for name, label, offer in found if offer.state is Tri.NO]
    unsaid = [label for _, label, offer in found if offer.state is Tri.UNKNOWN]
    wanted = listing([label for _, label, _ in found])
    if absent:
        missing = listing([label for _, label in absent])
        failing = {name for name, _ in absent}
        kept = [name for name in case.request.must if name not in failing]
        return not_met(
            lambda: Said(f"known not to offer {missing}", wanted, f"no {missing}"),
            lambda: Relax({"must": kept}, case.formula.moves["must"] * len(failing)),
        )
    if unsaid:
        return unknown(
            lambda: Said(
                f"does not say whether it offers {listing(unsaid)}",
                wanted,
                "not said",
                f"Do you offer {listing(unsaid)}?",
            )
        )
    return met(lambda: Said(listing([_dated(offer.words, offer) for _, _, offer in found])))


def _dated(words: str, offer: Offer) -> str:
    return words if offer.age is None else f"{words} (listed {offer.age})"


def _offers(case: Case, way: Way, name: str) -> list[tuple[str, Offer]]:
    """(what was asked, how it stands) for each value of one preference; every one of them must be there."""
    request = case.request
    if name == "approach":
        return [(one.label, offers.approach(case, way, one.id)) for one in request.approaches]
    if name == "for":
        return [
            (f"care for {one.label}", offers.population(case, way, one.id)) for one in request.populations
        ]
    if name == "service":
        return [(one.label, offers.service(case, way, one.id)) for one in request.services]
    if name == "support":
        return [(one.label, offers.support(case, way, one.id)) for one in request.supports]
    assert name == "language", name
    assert request.language is not None
    spoken = f"{request.language.label} by staff"
    return [(spoken, offers.language(case, way, request.language.id))]
