"""How a service is reached: its numbers and its web address."""

from __future__ import annotations

from typing import Any, Final

from opmatch.formats.doubts import Doubts
from opmatch.formats.hsds_shapes import text_rows
from opmatch.formats.hsds_trees import Node, Offer, nodes
from opmatch.formats.plain_text import prose, web_address

_LEAST_PHONE_DIGITS: Final = 7
_NO_VOICE: Final = ("fax", "tty", "tdd", "sms", "text", "pager", "textphone")


def phones_of(offer: Offer, doubts: Doubts) -> list[str]:
    """Numbers to call, the nearest to this service at this place first."""
    out: list[str] = []
    contacts = [
        one for record in (offer.at, offer.service, offer.location) for one in nodes(record, "contacts")
    ]
    for record in (offer.at, offer.service, offer.location, *contacts, offer.organization):
        if not isinstance(record, dict):
            continue
        for phone in text_rows(record, "phones", "number"):
            if not is_here(phone, offer):
                continue
            if prose(phone.get("type"), 20).casefold() in _NO_VOICE:
                continue
            number = prose(phone.get("number"), 60).strip("\"' ")
            extension = prose(phone.get("extension"), 10)
            if sum(letter.isdigit() for letter in number) >= _LEAST_PHONE_DIGITS:
                out.append(f"{number} ext. {extension}" if extension else number)
            elif number:
                doubts.add("phone", number, "not a number of seven digits or more")
    return list(dict.fromkeys(out))


def url_of(service: Node, organization: Node, doubts: Doubts) -> str:
    """The web address of the service, else of its organization."""
    for value in (service.get("url"), organization.get("website"), organization.get("url")):
        if text := prose(value, 600):
            if found := web_address(text):
                return found
            doubts.add("url", text, "not a web address")
    return ""


def is_here(row: Any, offer: Offer) -> bool:
    """Whether a row of a table that serves several records isn't of another location."""
    if not isinstance(row, dict):
        return True
    place, at = row.get("location_id"), row.get("service_at_location_id")
    of_place = not place or not offer.location.get("id") or str(place) == str(offer.location["id"])
    return of_place and (not at or not offer.at.get("id") or str(at) == str(offer.at["id"]))
