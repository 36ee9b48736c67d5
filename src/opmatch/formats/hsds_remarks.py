"""What a service says in words of its own, as notes on its programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from opmatch.formats.hsds_trees import Node, Offer, node, nodes, texts_of
from opmatch.formats.plain_text import prose

NOTHING: Final = ("", "no", "none", "n/a", "na", "null")
"""Texts that say nothing."""
_AREAS: Final = ("service_areas", "service_area")


def remarks(offer: Offer, terms: Iterable[tuple[str, str]]) -> list[str]:
    """The texts that become notes; `terms` are code and name of the service's taxonomy terms."""
    service = offer.service
    texts = (
        ("Description", service.get("description")),
        ("At this location", offer.at.get("description")),
        ("Also called", service.get("alternate_name")),
        ("Alert", service.get("alert")),
        *(("Area served", one) for one in _areas(offer)),
        *(("Capacity", one) for one in _capacities(service)),
        ("Eligibility", service.get("eligibility_description")),
        *(("Eligibility", one) for one in texts_of(nodes(service, "eligibility"), "eligibility")),
        ("Interpretation", service.get("interpretation_services")),
        ("Wait", service.get("wait_time")),
        ("Fees", service.get("fees_description")),
        ("Fees", service.get("fees")),
        ("E-mail", service.get("email")),
        ("Listed under", ", ".join(name for _, name in terms if name)),
    )
    return [f"{label}: {text}" for label, value in texts if (text := prose(value)).casefold() not in NOTHING]


def _areas(offer: Offer) -> list[str]:
    rows = [row for one in (offer.service, offer.at) for row in nodes(one, *_AREAS)]
    return texts_of(rows, "name", "description")


def _capacities(service: Node) -> list[str]:
    told = []
    for row in nodes(service, "capacities", "service_capacities"):
        if isinstance(row, dict):
            unit = prose(node(row, "unit").get("name") or row.get("description"), 60)
            parts = {name: prose(row.get(name), 60) for name in ("available", "maximum", "updated")}
            words = ", ".join(f"{name} {text}" for name, text in parts.items() if text)
            told.append(f"{unit}: {words}" if unit and words else words)
    return list(filter(None, told))
