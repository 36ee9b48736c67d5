"""What a service has in another shape than the specification says: told, for nothing else would read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from opmatch.formats.doubts import Doubts
from opmatch.formats.hsds_place import ADDRESSES, is_secret
from opmatch.formats.hsds_trees import Node, Offer
from opmatch.formats.plain_text import prose, scalar

_LISTED_TEXTS: Final = (
    "schedules", "regular_schedules", "regular_schedule", "phones", "languages", "required_documents",
    "payments_accepted", "payment_accepted", "eligibility", "accessibility", "accessibility_for_disabilities",
    "attributes", "taxonomy_terms", "service_taxonomy", "taxonomy", "categories",
)  # fmt: skip
"""Lists whose items may be texts: what such a text is, is plain."""
_LISTED: Final = (
    "contacts", "cost_options", "service_at_locations", "services_at_location", "service_at_location",
    *ADDRESSES, "locations",
)  # fmt: skip
_LINES: Final = ("schedules", "regular_schedules", "regular_schedule")  # one line of text is read too
_SINGLE: Final = ("organization", "location")
_NOTHING: Final = ("", "null", "none", "n/a")


def tell_other_shapes(offer: Offer, doubts: Doubts) -> None:
    """A doubt for each value of another shape in the records of `offer`."""
    found = Doubts()
    for record in (offer.service, offer.at, offer.location, offer.organization):
        for key in (*_LISTED_TEXTS, *_LISTED):
            value = record.get(key)
            if not isinstance(value, list):
                if key not in _LINES or not isinstance(value, str):
                    _tell(key, value, "not a list of records", found)
                continue
            for item in value:
                if not (isinstance(item, str) and key in _LISTED_TEXTS):
                    _tell(key, item, "not a record", found)
        for key in _SINGLE:
            _tell(key, record.get(key), "not a record", found)
    for key, value, why in found.found:
        secret = key in ADDRESSES and is_secret(offer.location, {"address_1": value})
        doubts.add(key, "confidential" if secret else value, why)


def text_rows(record: Node, key: str, name: str) -> list[dict[str, Any]]:
    """The records listed under `key`; a text is one that says it under `name`."""
    value = record.get(key)
    rows = value if isinstance(value, list) else [value]
    return [
        {name: row} if isinstance(row, str) else dict(row)
        for row in rows
        if isinstance(row, Mapping) or (isinstance(row, str) and rows is value)
    ]


def _tell(key: str, value: Any, why: str, doubts: Doubts) -> None:
    if isinstance(value, Mapping):
        return
    text = prose(str(value)) if isinstance(value, list) else scalar(value).strip()
    if text.casefold() not in _NOTHING and value != []:
        doubts.add(key, text, why)
