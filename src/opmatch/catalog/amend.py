"""A program as written with one field of it changed: plain data in, plain data out, nothing in place."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from opmatch.catalog.written import ProgramEntry

Steps = tuple[str, ...]
Data = dict[str, Any]

ALIASES: Final = {
    "phone": "intake.phone",
    "url": "intake.url",
    "wait_days": "availability.wait_days",
    "in_person": "delivery.in_person",
    "virtual": "delivery.virtual",
}
CORRECTABLE: Final = tuple(
    name for name in ProgramEntry.__struct_fields__ if name not in ("id", "verified", "source", "expresses")
)
"""Keys of a program that can be corrected; what tells where a record is from can't."""
_LISTS: Final = frozenset(
    {"payers", "approaches", "languages", "services", "supports", "accessibility", "exclusions", "genders"}
)
LISTS: Final = _LISTS | {"licensed_states", "field", "accreditation", "notes"}
_DATED_ENTRIES: Final = frozenset({"payers", "approaches", "languages"})
_ADDRESS: Final = frozenset({"street", "city", "zip", "state"})
_DELIVERY: Final[dict[str, Data]] = {
    "in-person": {"in_person": True, "virtual": False},
    "virtual": {"in_person": False, "virtual": True},
    "hybrid": {"in_person": True, "virtual": True},
}


class NoPlaceError(Exception):
    """The path leads into something this program doesn't have; its text says what."""


def steps_of(field: str) -> Steps:
    """A path as people write it: intake.phone, tracks.evening.seats_open, tracks[0].start."""
    return tuple(re.findall(r"[^.\[\]]+", ALIASES.get(field, field)))


def value_at(program: Data, steps: Steps) -> Any:
    """What is written there; None where nothing is."""
    node: Any = program
    for step in steps:
        if isinstance(node, list):
            at = _index(node, step)
            node = None if at is None else node[at]
        elif isinstance(node, str) and node in _DELIVERY:
            node = _DELIVERY[node].get(step)
        elif isinstance(node, dict):
            node = node.get(step)
        else:
            return None
    return node


def with_value(program: Data, steps: Steps, value: Any) -> Data:
    """`program` with `value` at `steps`; None takes away what is there. Raises NoPlaceError."""
    changed: Data = _put(program, steps, value)
    if steps[0] == "site" and len(steps) > 1 and steps[1] in _ADDRESS and isinstance(changed["site"], dict):
        # Coordinates of the former address would send people there.
        point = ("latitude", "longitude")
        changed["site"] = {key: item for key, item in changed["site"].items() if key not in point}
    if steps[0] == "payers" and len(steps) > 1 and not program.get("payers") and changed.get("payers"):
        changed["payers_complete"] = False  # one payer that was found out about is no whole list
    return changed


def with_date(program: Data, steps: Steps, date: dt.date) -> Data:
    """`program` with the day on which the field at `steps` was confirmed.

    What has a day of its own gets that; else the key of the program, but for intake, whose phone and web
    address are found out one by one.
    """
    top, day = steps[0], date.isoformat()
    at: Steps = ("verified", "fields", ".".join(steps) if top == "intake" else top)
    if len(steps) > 1 and top in _DATED_ENTRIES:
        entry = value_at(program, steps[:2])
        if entry is None:
            return program
        said = entry if isinstance(entry, dict) else {"id": entry}
        return _mapping(_put(program, steps[:2], said | {"verified": day}))
    if top == "tracks" and steps[2:] == ("seats_open",):
        at = (*steps[:2], "as_of")
    elif top == "availability" and steps[1:] != ("as_of",) and program.get("availability"):
        own = len(steps) == 1 and value_at(program, ("availability", "as_of"))
        program = program if own else _put(program, ("availability", "as_of"), day)
    return _mapping(_put(program, at, day))


def _mapping(data: Any) -> Data:
    assert isinstance(data, dict), "a program is a mapping, whatever is put in it"
    return data


def _put(node: Any, steps: Steps, value: Any, key: str = "") -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if node is None and key in _LISTS:
        node = []
    if isinstance(node, list):
        return _put_item(node, step, rest, value, key)
    if isinstance(node, str) and key == "delivery":
        node = _DELIVERY.get(node, {})
    if node is not None and not isinstance(node, dict):
        raise NoPlaceError(f"{key} has no parts")
    if key == "tracks":
        raise NoPlaceError("it has no tracks")
    known = dict(node or {})
    item = _put(known.get(step), rest, value, step)
    if item is None:
        known.pop(step, None)
    else:
        known[step] = item
    return known or (None if key else known)


def _put_item(items: list[Any], step: str, rest: Steps, value: Any, key: str) -> list[Any] | None:
    at = _index(items, step)
    if at is None and (key == "tracks" or step.isdigit()):
        raise NoPlaceError(f"it has no {key.removesuffix('s')} {step}")
    if rest:
        entry = step if at is None else items[at]
        item = _put(entry if isinstance(entry, dict) else {"id": entry}, rest, value, step)
    elif value is False and key == "approaches":
        item = {"id": step, "offered": False}
    elif value is None or value is False:
        item = None
    else:
        item = (step if at is None else items[at]) if value is True else value
    kept = list(items)
    if at is None:
        kept += [item] if item is not None else []
    elif item is None:
        del kept[at]
    else:
        kept[at] = item
    return kept or None


def _index(items: list[Any], step: str) -> int | None:
    """The place of the entry with that id; else of that number."""
    for at, item in enumerate(items):
        if item == step or (isinstance(item, dict) and item.get("id") == step):
            return at
    return int(step) if step.isdigit() and int(step) < len(items) else None
