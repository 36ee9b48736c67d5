"""What has changed between two catalogs: programs added, gone, closed, moved, and changed field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from opmatch.catalog.twins import street_key
from opmatch.keeping.likeness import same_programs
from opmatch.model.program import Program

FIELDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("name", ("name",)),
    ("organization", ("organization",)),
    ("status", ("status",)),
    ("level", ("level",)),
    ("field", ("fields",)),
    ("delivery", ("in_person", "virtual")),
    ("licensed_states", ("licensed_states",)),
    ("site", ("site",)),
    ("ages", ("ages", "ages_complete")),
    ("genders", ("genders",)),
    ("needs", ("needs",)),
    ("approaches", ("approaches",)),
    ("services", ("services",)),
    ("populations", ("populations",)),
    ("exclusions", ("exclusions",)),
    ("payers", ("payers", "payers_complete")),
    ("fees", ("fees",)),
    ("languages", ("languages", "interpreters")),
    ("supports", ("supports",)),
    ("tracks", ("tracks",)),
    ("appointments", ("appointments",)),
    ("office_hours", ("office_hours",)),
    ("availability", ("availability",)),
    ("intake", ("intake",)),
    ("accreditation", ("accreditation",)),
    ("notes", ("notes",)),
)
"""Fields of the catalog format with what the model keeps of each. Ids, sources and dates of confirmation are
no change: a directory printed anew has others for the same facts."""
_IN_NO_ORDER: Final = frozenset(
    {"genders", "services", "supports", "licensed_states", "approaches", "payers", "languages"}
)


class FieldChange(Struct, frozen=True, kw_only=True):
    """One field before and after, as plain data; None is not known."""

    field: str
    old: Any
    new: Any


class Changed(Struct, frozen=True, kw_only=True):
    """One program in both catalogs; `renamed` where it was found by name and place, not by id."""

    old: Program
    new: Program
    renamed: bool
    moved: bool
    closed: bool
    reopened: bool
    fields: tuple[FieldChange, ...]


class Diff(Struct, frozen=True, kw_only=True):
    """Everything in the order of ids. `gone` are no longer listed; closed ones are listed as closed."""

    added: tuple[Program, ...]
    gone: tuple[Program, ...]
    changed: tuple[Changed, ...]
    unchanged: int

    @property
    def by_field(self) -> dict[str, int]:
        """Field to programs in which it changed, the most first."""
        counts = Counter(one.field for change in self.changed for one in change.fields)
        return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def diff(old: Sequence[Program], new: Sequence[Program]) -> Diff:
    """What has become of each program of `old`, and what is new."""
    before, after = {one.id: one for one in old}, {one.id: one for one in new}
    pairs = [(before[id_], after[id_]) for id_ in before.keys() & after.keys()]
    left = [one for id_, one in before.items() if id_ not in after]
    right = [one for id_, one in after.items() if id_ not in before]
    found = same_programs(left, right)
    renamed = {one.id for one, _ in found}
    taken = {one.id for _, one in found}
    changes = [_change(one, other) for one, other in (*pairs, *found)]
    return Diff(
        added=tuple(sorted((one for one in right if one.id not in taken), key=lambda one: one.id)),
        gone=tuple(sorted((one for one in left if one.id not in renamed), key=lambda one: one.id)),
        changed=tuple(
            sorted((one for one in changes if one.fields or one.renamed), key=lambda one: one.old.id)
        ),
        unchanged=sum(not (one.fields or one.renamed) for one in changes),
    )


def _change(old: Program, new: Program) -> Changed:
    fields = tuple(
        FieldChange(field=name, old=_plain(old, parts), new=_plain(new, parts))
        for name, parts in FIELDS
        if any(_key(old, part) != _key(new, part) for part in parts)
    )
    return Changed(
        old=old,
        new=new,
        renamed=old.id != new.id,
        moved=_place(old) != _place(new),
        closed=old.status == "active" != new.status,
        reopened=new.status == "active" != old.status,
        fields=fields,
    )


def _plain(program: Program, parts: tuple[str, ...]) -> Any:
    values = {part: msgspec.to_builtins(getattr(program, part)) for part in parts}
    return values if len(values) > 1 else next(iter(values.values()))


def _key(program: Program, part: str) -> Any:
    """A value as it is compared: lists that have no order in any order, days of confirmation left out."""
    value = getattr(program, part)
    if part == "availability":
        return (value.status, value.wait_days)
    if part == "tracks":
        return sorted(
            (msgspec.structs.replace(one, seats_as_of=None) for one in value), key=lambda one: one.id
        )
    if part in ("needs", "populations"):
        lists = msgspec.structs.asdict(value)
        return {name: sorted(one) if isinstance(one, tuple) else one for name, one in lists.items()}
    if part in _IN_NO_ORDER and value is not None:
        undated = [
            msgspec.structs.replace(one, verified=None) if hasattr(one, "verified") else one for one in value
        ]
        return sorted(undated, key=repr)
    return value


def _place(program: Program) -> tuple[str, ...] | None:
    """Where people would have to go; a street written another way is the same street."""
    site = program.site
    if site is None:
        return None
    if site.confidential:
        point = site.point
        return (site.state, f"{point.latitude},{point.longitude}" if point else "")
    return (street_key(site.street), site.city.casefold(), site.state, site.zip)
