"""Which program of one catalog is which of another, where ids have changed: by name and place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from opmatch.catalog.doubts_contact import phone_digits
from opmatch.catalog.twins import street_key
from opmatch.model.program import Program

NEAR_NAME: Final = 88.0  # rapidfuzz token_sort_ratio, of 100, with address, phone or ZIP the same
_WORDS: Final = re.compile(r"[a-z0-9]+")
_LARGEST_BLOCK: Final = 400  # programs of a side; larger ones say too little, such as a national intake line
_ALIKE: Final = 10.0  # added for each of address and phone in common, so that name alone never wins over them


class _Pair(NamedTuple):
    score: float
    ids: tuple[str, str]  # sorted, so that the order is the same from either side
    old: Program
    new: Program


def same_programs(old: Sequence[Program], new: Sequence[Program]) -> tuple[tuple[Program, Program], ...]:
    """Pairs of one program each, best first, none in two pairs; the same pairs whichever is older.

    Only programs of one level that share an address, a telephone, or ZIP and first letters are compared.
    """
    blocks: dict[tuple[str, ...], tuple[list[Program], list[Program]]] = defaultdict(lambda: ([], []))
    for side, programs in enumerate((old, new)):
        for program in programs:
            for key in _keys(program):
                blocks[key][side].append(program)
    pairs: dict[tuple[str, str], _Pair] = {}
    for ours, theirs in blocks.values():
        if len(ours) > _LARGEST_BLOCK or len(theirs) > _LARGEST_BLOCK:
            continue
        for one in ours:
            for other in theirs:
                if (one.id, other.id) not in pairs and (pair := _pair(one, other)) is not None:
                    pairs[one.id, other.id] = pair
    taken_old: set[str] = set()
    taken_new: set[str] = set()
    found = []
    for pair in sorted(pairs.values(), key=lambda pair: (-pair.score, pair.ids)):
        if pair.old.id not in taken_old and pair.new.id not in taken_new:
            taken_old.add(pair.old.id)
            taken_new.add(pair.new.id)
            found.append((pair.old, pair.new))
    return tuple(found)


def _keys(program: Program) -> list[tuple[str, ...]]:
    site, phone = program.site, phone_digits(program.intake.phone)
    keys: list[tuple[str, ...]] = []
    if phone:
        keys.append(("phone", phone, program.level))
    if site is not None and site.street and site.zip:
        keys.append(("street", street_key(site.street), site.zip, program.level))
    if site is not None and (site.zip or site.city):
        keys.append(
            ("name", site.zip or f"{site.city}, {site.state}".casefold(), _name(program)[:3], program.level)
        )
    if site is None:
        keys.append(("no site", _name(program)[:6], program.level))
    return keys


def _name(program: Program) -> str:
    whole = program.name if program.name == program.organization else f"{program.organization} {program.name}"
    return " ".join(_WORDS.findall(whole.casefold()))


def _pair(one: Program, other: Program) -> _Pair | None:
    from rapidfuzz import fuzz

    if not set(one.fields) & set(other.fields):
        return None
    score = fuzz.token_sort_ratio(_name(one), _name(other), score_cutoff=NEAR_NAME)
    if not score:
        return None
    ours, theirs = one.site, other.site
    street = ours is not None and theirs is not None and bool(ours.street)
    score += _ALIKE * (street and _address(one) == _address(other))
    phone = phone_digits(one.intake.phone)
    score += _ALIKE * (bool(phone) and phone == phone_digits(other.intake.phone))
    ids = (one.id, other.id) if one.id <= other.id else (other.id, one.id)
    return _Pair(round(score, 6), ids, one, other)


def _address(program: Program) -> tuple[str, str]:
    site = program.site
    return (street_key(site.street), site.zip) if site is not None else ("", "")
