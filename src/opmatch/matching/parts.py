"""What each rule reads of a request: people who share that share the finding."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from opmatch.matching.case import Case
from opmatch.matching.notices import MINOR_UNDER
from opmatch.model.request import Request

Part = Callable[[Case], Hashable]


def _treatment(case: Case) -> Hashable:
    """The needs with the approaches that count for them at the client's age."""
    return tuple((look.need.id, tuple(look.approaches)) for look in case.needs)


def _times(case: Case) -> Hashable:
    request = case.request
    return (request.near, request.when, request.age is not None and request.age < MINOR_UNDER)


def _ids(request: Request, *keys: str) -> Hashable:
    return tuple(tuple(term.id for term in getattr(request, key)) for key in keys)


def _wished(request: Request) -> Hashable:
    language = request.language.id if request.language else None
    return (language, _ids(request, "populations", "approaches", "services", "supports"))


PROGRAM_PARTS: Final[dict[str, Part]] = {
    "status": lambda _: None,
    "level": lambda c: c.request.levels,
    "need": lambda c: c.request.needs[0].id,
    "exclusions": lambda c: c.request.safety,
}
# Those that hang on where or how old somebody is come after those that many people share.
SHARED_PARTS: Final[dict[str, Part]] = {
    "payer": lambda c: (_ids(c.request, "payers"), c.state),
    "population": lambda c: _ids(c.request, "populations"),
    "gender": lambda c: c.request.gender,
    "language": lambda c: c.request.language and c.request.language.id,
    "capacity": lambda c: (c.request.start_by, c.request.waitlist),
    "must": lambda c: (c.request.must, _wished(c.request)),
}
OWN_PARTS: Final[dict[str, Part]] = {
    "age": lambda c: c.request.age,
    "place": lambda c: (c.request.near, c.request.within, c.request.delivery),
    "schedule": _times,
}
CRITERION_PARTS: Final[dict[str, Part]] = {
    "fit": _treatment,
    "schedule": _times,
    "availability": lambda _: None,
    "travel": lambda c: c.request.near,
    "cost": lambda c: (_ids(c.request, "payers"), c.state),
    "preferences": lambda c: (c.request.delivery, _wished(c.request)),
}
"""What each rule reads of a request; a test holds the answers against the judge, who knows none of this."""
