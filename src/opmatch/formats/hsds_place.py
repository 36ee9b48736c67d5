"""Where a location is, and whether one can go there."""

from __future__ import annotations

import re
from typing import Any, Final

from opmatch.formats.doubts import Doubts
from opmatch.formats.hsds_trees import Node, nodes
from opmatch.formats.imported import Written
from opmatch.formats.plain_text import coordinates, five_digits, prose, scalar, state_code, without_blanks

_SECRET: Final = re.compile(
    r"\b(?:confidential|undisclosed|not\s+disclosed|address\s+withheld)\b", re.IGNORECASE
)
_COUNTRIES: Final = ("", "US", "USA", "UNITED STATES", "UNITED STATES OF AMERICA")
_VISITABLE: Final = ("", "physical", "physical_address")

ADDRESSES: Final = ("addresses", "physical_addresses", "physical_address", "address")
"""Where a location lists its addresses."""
Address = tuple[str, str, str, str]
"""Street, city, state as written, and ZIP in five digits or ""."""
_NOWHERE: Final[Address] = ("", "", "", "")


def delivery(location: Node) -> Written:
    """How one can attend, as far as the kind of location says it."""
    kind = prose(location.get("location_type"), 20).casefold()
    if kind == "virtual":
        return {"in_person": False, "virtual": True}
    known_place = kind == "physical" or _address(location) is not None or _point(location) is not None
    return {"in_person": True, "virtual": "unknown"} if known_place and kind != "postal" else {}


def site(location: Node, doubts: Doubts) -> Written:
    """The site as written; of a place that is to stay secret only the state and the point."""
    latitude, longitude = scalar(location.get("latitude")), scalar(location.get("longitude"))
    point = _point(location)
    if point is None and (latitude or longitude):
        doubts.add("latitude, longitude", f"{latitude}, {longitude}", "no place on the map")
    address = _address(location)
    if address is None:
        secret = is_secret(location, {})
        return {**(point or {}), **({"confidential": True} if secret and point else {})}
    street, city, state, zip_code = address_of(location)
    code = state_code(state)
    if state and not code:
        doubts.add("state_province", state, "not a state")
    if (written := prose(address.get("postal_code"), 60)) and not zip_code:
        doubts.add("postal_code", written, "not a ZIP of five digits")
    if prose(address.get("country"), 60).upper() not in _COUNTRIES:
        doubts.add("country", prose(address.get("country"), 60), "not in the United States")
        return {}
    if is_secret(location, address):
        return {**without_blanks(state=code, **(point or {})), "confidential": True}
    for other in _addresses(location)[1:]:
        if (text := _line_of(other)) and text != _line_of(address) and not is_secret(location, other):
            doubts.add("address", text, "another address of the same location")
    return without_blanks(street=street, city=city, state=code, zip=zip_code, **(point or {}))


def address_of(location: Node) -> Address:
    """The address one can go to; blank where there is none or it is to stay secret."""
    address = _address(location)
    if address is None:
        return _NOWHERE
    state, zip_code = (
        prose(address.get("state_province"), 60),
        five_digits(prose(address.get("postal_code"), 20)),
    )
    if is_secret(location, address):
        return "", "", state, ""
    street = ", ".join(filter(None, (prose(address.get(name), 200) for name in ("address_1", "address_2"))))
    return street, prose(address.get("city"), 100), state, zip_code


def _address(location: Node) -> dict[str, Any] | None:
    return next(iter(_addresses(location)), None)


def _addresses(location: Node) -> list[dict[str, Any]]:
    # Where mail goes, nobody has to go.
    return [
        address
        for address in nodes(location, *ADDRESSES)
        if isinstance(address, dict) and prose(address.get("address_type"), 20).casefold() in _VISITABLE
    ]


def is_secret(location: Node, address: Node) -> bool:
    """Whether location or address says that the place is to stay secret."""
    texts = (location.get("name"), *(address.get(name) for name in ("attention", "address_1", "address_2")))
    return any(_SECRET.search(prose(text, 200)) for text in texts)


def _line_of(address: Node) -> str:
    parts = ("address_1", "address_2", "city", "state_province", "postal_code")
    return ", ".join(filter(None, (prose(address.get(part), 100) for part in parts)))


def _point(location: Node) -> Written | None:
    found = coordinates(scalar(location.get("latitude")), scalar(location.get("longitude")))
    return None if found is None else dict(found)
