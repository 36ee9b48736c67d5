"""Documents of the Human Services Data Specification as services at locations, however nested."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from opmatch.formats.plain_text import LONG, prose

_PAGES: Final = ("contents", "services", "service_at_locations", "organizations", "items", "results", "data")
_DEEPEST: Final = 6  # levels of lists and pages
_AT_LOCATIONS: Final = ("service_at_locations", "services_at_location", "service_at_location")
_SERVICE_KEYS: Final = (
    "organization", "organization_id", "service_at_locations", "application_process", "wait_time",
    "eligibility_description", "fees_description", "fees", "interpretation_services", "minimum_age",
    "schedules", "regular_schedules", "status", "program", "attributes",
)  # fmt: skip
_ORGANIZATION_KEYS: Final = (
    "services",
    "tax_status",
    "legal_status",
    "year_incorporated",
    "organization_identifiers",
)

Node = Mapping[str, Any]


class Offer(Struct, frozen=True, kw_only=True):
    """A service, at one of its locations where it has any."""

    service: Node
    organization: Node
    at: Node  # the service_at_location
    location: Node

    @property
    def key(self) -> tuple[str, str]:
        """The ids of service and location, for two listings of one to be seen as such.

        The service's name belongs to it: under an id given twice there may be two services.
        """
        name = prose(self.service.get("name")).casefold()
        return f"{identifier(self.service)}\0{name}", identifier(self.location)


class NoService(Struct, frozen=True):
    """Something in a document that is no service, and what it is."""

    value: Any
    why: str


def offers(document: Any, depth: int = 0) -> Iterator[Offer | NoService]:
    """The services of a document: one, a page, an organization with its services, or lists of these."""
    if isinstance(document, list) and depth < _DEEPEST:
        for item in document:
            yield from offers(item, depth + 1)
        return
    if not isinstance(document, Mapping):
        yield NoService(document, "not a record")
        return
    if isinstance(document.get("service"), Mapping):
        service = document["service"]
        yield _offer(service, node(service, "organization"), document, node(document, "location"))
        return
    if _looks_like_organization(document):
        services = [one for one in nodes(document, "services") if one]
        if not services:
            yield NoService(document, "an organization without services")
        for service in services:
            yield from _at_locations(service, document)
        return
    pages = [name for name in _PAGES if isinstance(document.get(name), list)]
    if pages and "name" not in document and depth < _DEEPEST:
        for name in pages:
            yield from offers(document[name], depth + 1)
        return
    if "name" in document and any(name in document for name in _SERVICE_KEYS):
        yield from _at_locations(document, node(document, "organization"))
        return
    yield NoService(document, "not a service")


def node(record: Node, name: str) -> Node:
    """The record under `name`, empty where there is none."""
    found = record.get(name)
    return found if isinstance(found, Mapping) else {}


def nodes(record: Node, *names: str) -> list[Any]:
    """The items of the lists under `names`; a single record counts as a list of one."""
    out: list[Any] = []
    for name in names:
        found = record.get(name)
        if isinstance(found, list):
            out.extend(found)
        elif isinstance(found, Mapping):
            out.append(found)
    return out


def texts_of(rows: Iterable[Any], *names: str, longest: int = LONG) -> list[str]:
    """The texts under `names` of each row, each once; a row may be a text itself."""
    found: list[str] = []
    for row in rows:
        values = [row.get(name) for name in names] if isinstance(row, dict) else [row]
        found.extend(text for value in values if (text := prose(value, longest)))
    return list(dict.fromkeys(found))


def identifier(record: Node) -> str:
    """A record's id; without one, its content says which it is. "" for an empty one."""
    if not record:
        return ""
    found = record.get("id")
    if isinstance(found, str | int) and str(found).strip():
        return str(found).strip()
    return json.dumps(record, sort_keys=True, default=str)


def _looks_like_organization(document: Node) -> bool:
    if (
        "organization" in document
        or "organization_id" in document
        or any(n in document for n in _AT_LOCATIONS)
    ):
        return False
    return "name" in document and any(name in document for name in _ORGANIZATION_KEYS)


def _at_locations(service: Any, organization: Node) -> Iterator[Offer | NoService]:
    if not isinstance(service, Mapping):
        yield NoService(service, "not a record")
        return
    organization = node(service, "organization") or organization
    places = [one for one in nodes(service, *_AT_LOCATIONS) if isinstance(one, Mapping)]
    for at in places:
        yield _offer(service, organization, at, node(at, "location"))
    # Older exports put locations right under the service.
    loose = (
        [] if places else [one for one in nodes(service, "locations", "location") if isinstance(one, Mapping)]
    )
    for location in loose:
        yield _offer(service, organization, {}, location)
    if not places and not loose:
        yield _offer(service, organization, {}, {})


def _offer(service: Node, organization: Node, at: Node, location: Node) -> Offer:
    return Offer(service=service, organization=organization, at=at, location=location)
