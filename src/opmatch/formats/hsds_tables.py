"""Tables of the Human Services Data Specification put together as the JSON form nests them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

Table = list[dict[str, Any]]
Tables = dict[str, Table]
"""Rows by the name of their table, in the names below."""

_NAMES: Final = {
    "organization": ("organizations",),
    "service": ("services",),
    "program": ("programs",),
    "location": ("locations",),
    "service_at_location": ("services_at_location", "service_at_locations", "services_at_locations"),
    "address": ("addresses", "physical_address", "physical_addresses"),
    "postal_address": ("postal_addresses",),
    "phone": ("phones",),
    "contact": ("contacts",),
    "schedule": ("schedules", "regular_schedule", "regular_schedules"),
    "language": ("languages",),
    "accessibility": ("accessibility_for_disabilities",),
    "required_document": ("required_documents",),
    "cost_option": ("cost_options",),
    "eligibility": ("eligibilities",),
    "service_area": ("service_areas",),
    "service_capacity": ("service_capacities",),
    "unit": ("units",),
    "payment_accepted": ("payments_accepted", "payment"),
    "attribute": (
        "attributes",
        "service_attribute",
        "service_attributes",
        "link_taxonomy",
        "other_attributes",
    ),
    "service_taxonomy": ("services_taxonomy", "service_taxonomies"),
    "taxonomy_term": ("taxonomy_terms",),
    "taxonomy": ("taxonomies",),
}
NAMES: Final = {spelling: name for name, others in _NAMES.items() for spelling in (name, *others)}
"""Every spelling of a table's name, with the name used here."""

_OF_SERVICE: Final = {
    "phone": "phones", "schedule": "schedules", "language": "languages", "cost_option": "cost_options",
    "required_document": "required_documents", "contact": "contacts", "eligibility": "eligibility",
    "payment_accepted": "payments_accepted", "service_area": "service_areas",
}  # fmt: skip
_OF_LOCATION: Final = {
    "phone": "phones", "schedule": "schedules", "language": "languages", "address": "addresses",
    "accessibility": "accessibility", "contact": "contacts",
}  # fmt: skip


_OF_PLACE: Final = {"phone": "phones", "schedule": "schedules", "service_area": "service_areas"}


def table_name(path: str) -> str:
    """The table a file such as data/services.csv or services.xlsx holds; "" for none that is known."""
    base = path.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, kind = base.rpartition(".")
    return NAMES.get(stem.lower(), "") if dot and kind.lower() in ("csv", "xlsx") else ""


def tree(tables: Tables) -> dict[str, Any]:
    """A document {"services": [...]} of all services with what belongs to them, to be read as JSON is."""
    terms = {_id(row): row for row in (*tables.get("taxonomy_term", ()), *tables.get("taxonomy", ()))}
    organizations = {_id(row): row for row in tables.get("organization", ())}
    programs = {_id(row): row for row in tables.get("program", ())}
    phones_of_contact = _by(tables.get("phone", ()), "contact_id")
    by_location = {name: _by(tables.get(name, ()), "location_id") for name in _OF_LOCATION}
    by_service = {name: _by(tables.get(name, ()), "service_id") for name in _OF_SERVICE}
    by_place = {name: _by(tables.get(name, ()), "service_at_location_id") for name in _OF_PLACE}
    of_organization = _by(tables.get("phone", ()), "organization_id")
    capacities = _by(tables.get("service_capacity", ()), "service_id")
    units = {_id(row): row for row in tables.get("unit", ())}
    terms_of = _terms_of(tables, terms)
    postal = _by(tables.get("postal_address", ()), "location_id")
    locations = {
        _id(row): {
            **row,
            **{key: by_location[name].get(_id(row), []) for name, key in _OF_LOCATION.items()},
            "addresses": [
                *by_location["address"].get(_id(row), []),
                *({**address, "address_type": "postal"} for address in postal.get(_id(row), [])),
            ],
        }
        for row in tables.get("location", ())
    }
    places = _by(tables.get("service_at_location", ()), "service_id")
    services = []
    for row in tables.get("service", ()):
        id_ = _id(row)
        organization = organizations.get(str(row.get("organization_id", "")), {})
        services.append(
            {
                **row,
                "organization": {**organization, "phones": of_organization.get(_id(organization), [])},
                "program": programs.get(str(row.get("program_id", "")), {}),
                **{key: by_service[name].get(id_, []) for name, key in _OF_SERVICE.items()},
                "contacts": [
                    {**contact, "phones": phones_of_contact.get(_id(contact), [])}
                    for contact in by_service["contact"].get(id_, [])
                ],
                "attributes": terms_of.get(id_, []),
                "capacities": [
                    {**row, "unit": units.get(str(row.get("unit_id", "")), {})}
                    for row in capacities.get(id_, [])
                ],
                "service_at_locations": [
                    {
                        **place,
                        **{key: by_place[name].get(_id(place), []) for name, key in _OF_PLACE.items()},
                        "location": locations.get(str(place.get("location_id", "")), {}),
                    }
                    for place in places.get(id_, [])
                ],
            }
        )
    return {"services": services}


def _terms_of(tables: Tables, terms: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Taxonomy terms by the service they are linked to, as attributes."""
    out: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in (*tables.get("attribute", ()), *tables.get("service_taxonomy", ())):
        service = str(row.get("service_id") or row.get("link_id") or "")
        term = terms.get(str(row.get("taxonomy_term_id") or row.get("taxonomy_id") or ""), {})
        if service and (term or row.get("taxonomy_detail")):
            out[service].append({**row, "taxonomy_term": term or {"name": row.get("taxonomy_detail")}})
    return out


def _by(rows: Iterable[dict[str, Any]], column: str) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if value := str(row.get(column) or ""):
            out[value].append(row)
    return dict(out)


def _id(row: Mapping[str, Any]) -> str:
    return str(row.get("id") or "")
