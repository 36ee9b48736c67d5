"""A request as answers repeat it: every key, as understood."""

from __future__ import annotations

from typing import Any

from opmatch.model.clock_text import write_week
from opmatch.model.request import Place, Request, Understood


def request_as_words(request: Request) -> dict[str, Any]:
    """The request in the keys of request files, in plain JSON types; null, false and [] are not asked.

    Vocabulary terms say how they were understood; `when` is written canonically, with the minutes a week it
    comes to and what was typed.
    """
    when = request.when
    return {
        "as_of": request.as_of.isoformat(),
        "needs": [_term(need) for need in request.needs],
        "levels": list(request.levels),
        "age": request.age,
        "near": None if request.near is None else _place(request.near),
        "within": _number(request.within),
        "delivery": request.delivery,
        "when": None
        if when is None
        else {"text": list(write_week(when)), "minutes": when.minutes, "asked": list(request.when_text)},
        "payers": [_term(payer) for payer in request.payers],
        "language": None if request.language is None else _term(request.language),
        "populations": [_term(population) for population in request.populations],
        "gender": request.gender,
        "approaches": [_term(approach) for approach in request.approaches],
        "services": [_term(service) for service in request.services],
        "supports": [_term(support) for support in request.supports],
        "start_by": None if request.start_by is None else request.start_by.isoformat(),
        "waitlist": request.waitlist,
        "except": list(request.except_ids),
        "must": list(request.must),
        "safety": None if request.safety is None else list(request.safety or ("none",)),
        "safety_reviewed": request.safety_reviewed,
        "weights": request.weights,
        "ref": request.ref,
    }


def _term(term: Understood) -> dict[str, Any]:
    return {"id": term.id, "label": term.label, "asked": term.asked, "how": term.how}


def _place(place: Place) -> dict[str, Any]:
    return {
        "text": place.text,
        "latitude": place.point.latitude,
        "longitude": place.point.longitude,
        "state": place.state,
        "time_zone": place.time_zone,
        "precision": place.precision,
    }


def _number(value: float | None) -> float | None:
    """Whole miles without a decimal point."""
    return int(value) if value is not None and value.is_integer() else value
