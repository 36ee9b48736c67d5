"""Services that opmatch exported, as the programs they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from opmatch.catalog.written import CatalogEntry
from opmatch.formats.checked import why_not
from opmatch.formats.doubts import Doubts
from opmatch.formats.hsds_kinds import Kind
from opmatch.formats.hsds_own import Facts, own_facts, with_facts
from opmatch.formats.hsds_trees import Node
from opmatch.formats.imported import Written
from opmatch.formats.plain_text import clean
from opmatch.model.program import Field, Level


def own_kind(service: Node) -> Kind | None:
    """Field and level of a service that says them itself; None for one that opmatch didn't write."""
    facts = own_facts(service)
    try:
        fields = msgspec.convert(facts.get("field"), tuple[Field, ...])
        level: Level = msgspec.convert(facts.get("level"), Level)
    except msgspec.ValidationError:
        return None
    return Kind(fields, (level,)) if fields else None


def as_exported(read: Written, own: Facts, taken: set[str], doubts: Doubts) -> Written:
    """What was `read` from a service's fields, with its `own` facts, under its own id if none has `taken` it.

    Facts that no catalog would take are left out, all of them, and told.
    """
    whole = with_facts(read, own)
    problem = why_not(whole)
    if problem:
        doubts.add("attributes", clean(problem), "no facts of a program")
        return {**read, "notes": [*read.get("notes", []), *doubts.notes()]}
    if whole["id"] in taken:
        whole["id"] = read["id"]
    taken.add(whole["id"])
    return whole


def header_of(headers: Sequence[Any], usual: Written, as_of: dt.date | None) -> Written:
    """What the exported catalogs said of themselves: the day the earliest, fictional only where all are."""
    try:
        found = [msgspec.convert(header, CatalogEntry, strict=False) for header in headers]
    except msgspec.ValidationError:
        return usual
    days = [one.as_of for one in found]
    known = [day for day in days if day is not None]
    day = as_of or (min(known) if known and len(known) == len(days) else None)
    names = dict.fromkeys(one.name for one in found if one.name)
    return {
        "name": clean(", ".join(names)) or usual["name"],
        "sample": all(one.sample is True for one in found),
        **({"as_of": day} if day else {}),
    }
