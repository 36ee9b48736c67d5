"""Doubts about two programs at a time: one program listed twice, and listings left over from a former life.

Only programs that share a telephone and a city, or an address, are held against each other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from opmatch.catalog.doubts_contact import phone_digits
from opmatch.model.program import Program

TwinRule = Literal["duplicate", "listed-by-two-sources", "ghost"]
_WORDS: Final = re.compile(r"[a-z0-9]+")
_COMPANY: Final = frozenset(
    {"inc", "llc", "llp", "pllc", "pc", "ltd", "corp", "corporation", "co", "the", "and"}
)
_STREETS: Final = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "boulevard": "blvd", "drive": "dr",
    "lane": "ln", "court": "ct", "place": "pl", "highway": "hwy", "parkway": "pkwy", "suite": "ste",
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw",
    "southeast": "se", "southwest": "sw", "floor": "fl",
}  # fmt: skip
_TELLING: Final = frozenset(
    (
        *(
            "adult",
            "adults",
            "adolescent",
            "adolescents",
            "adol",
            "child",
            "children",
            "youth",
            "teen",
            "teens",
        ),
        *("kids", "family", "men", "mens", "women", "womens", "male", "female", "day", "evening", "night"),
        *("north", "south", "east", "west", "ii", "iii", "iv", "op", "iop", "php"),
    )
)
"""Words that tell apart two programs whose names are otherwise near; so do numbers and single letters."""
_FULL_COMPARISON: Final = 60  # programs; in a larger block each is held against its neighbours by name only
_NEIGHBOURS: Final = 12
_RENAMED_AMONG: Final = 4  # programs; where more share a phone and an address, several names are no wonder


class Twin(NamedTuple):
    """Of two programs, the one to look at, the other, and what makes them alike."""

    rule: TwinRule
    program: Program
    other: Program
    message: str
    mend: str


class _Card(NamedTuple):
    """What two listings are held against each other by."""

    program: Program
    name: str
    telling: frozenset[str]
    phone: str
    street: str
    zip: str
    city: str


def twins(programs: Sequence[Program], limits: Mapping[str, Any]) -> Iterator[Twin]:
    """Every probable pair, each once, in the order of ids. Confidential sites are never compared by place."""
    blocks: dict[tuple[str, ...], list[_Card]] = defaultdict(list)
    for program in sorted(programs, key=lambda one: one.id):
        if program.status == "closed":
            continue
        card = _card(program)
        if card.phone and card.city:
            blocks["phone", card.phone, card.city, program.level].append(card)
        if card.street and card.zip:
            blocks["street", card.street, card.zip, program.level].append(card)
    seen: set[tuple[str, str]] = set()
    found = []
    for block in blocks.values():
        for one, other in _pairs(block):
            key = (one.program.id, other.program.id)
            if key not in seen:
                seen.add(key)
                if (twin := _compare(one, other, limits, len(block))) is not None:
                    found.append(twin)
    yield from sorted(found, key=lambda twin: (twin.program.id, twin.other.id))


def _card(program: Program) -> _Card:
    site = program.site
    placed = site is not None and not site.confidential
    said = program.name if program.name == program.organization else f"{program.organization} {program.name}"
    words = [word for word in _WORDS.findall(said.casefold()) if word not in _COMPANY]
    return _Card(
        program=program,
        name=" ".join(words),
        telling=frozenset(w for w in words if w in _TELLING or len(w) == 1 or w.isdigit()),
        phone=phone_digits(program.intake.phone),
        street=street_key(site.street) if site is not None and placed else "",
        zip=site.zip if site is not None and placed else "",
        city=f"{site.city.casefold()}, {site.state}" if site is not None and placed and site.city else "",
    )


def street_key(street: str) -> str:
    """A street line with its words in one form: "1200 North Clark Street" is "1200 n clark st"."""
    return " ".join(_STREETS.get(word, word) for word in _WORDS.findall(street.casefold()))


def _pairs(block: list[_Card]) -> Iterable[tuple[_Card, _Card]]:
    """All pairs of a block, the smaller id first; of a large one, neighbours in the order of names."""
    if len(block) <= _FULL_COMPARISON:
        return ((one, other) for at, one in enumerate(block) for other in block[at + 1 :])
    by_name = sorted(block, key=lambda card: (card.name, card.program.id))
    near = (
        (card, other) for at, card in enumerate(by_name) for other in by_name[at + 1 : at + 1 + _NEIGHBOURS]
    )
    return ((min(pair, key=_id), max(pair, key=_id)) for pair in near)


def _id(card: _Card) -> str:
    return card.program.id


def _compare(one: _Card, other: _Card, limits: Mapping[str, Any], among: int) -> Twin | None:
    from rapidfuzz import fuzz

    if not set(one.program.fields) & set(other.program.fields):
        return None
    likeness = fuzz.token_sort_ratio(one.name, other.name)
    same_name = likeness >= limits["near_name"] and one.telling == other.telling
    same_street = bool(one.street) and (one.street, one.zip) == (other.street, other.zip)
    same_phone = bool(one.phone) and one.phone == other.phone
    older, newer = _by_age(one.program, other.program)
    if same_name and (same_street or not one.street or not other.street):
        sharing = " and ".join(
            [*(["address"] if same_street else []), *(["phone"] if same_phone else [])] or ["city"]
        )
        rule: TwinRule = "duplicate"
        mend = "keep one"
        if one.program.source.name != other.program.source.name:
            rule, mend = "listed-by-two-sources", "keep one, with what the other adds"
        later, earlier = sorted((one.program, other.program), key=lambda program: program.id, reverse=True)
        return Twin(rule, later, earlier, f"has the name, level and {sharing} of {earlier.id}", mend)
    if one.program.source.name != other.program.source.name or not same_phone:
        return None
    if same_name and one.zip == other.zip and one.street and other.street and _number(one) != _number(other):
        return Twin(
            "ghost", older, newer, f"has the name, phone and ZIP of {newer.id} at another address",
            "ask whether it has moved; close the one that is gone",
        )  # fmt: skip
    unlike = likeness < limits["unlike_name"] and not _related(one, other)
    if same_street and unlike and among <= _RENAMED_AMONG:
        return Twin(
            "ghost", older, newer, f"has the phone and address of {newer.id} under another name",
            "ask which name is true; close the one that is gone",
        )  # fmt: skip
    return None


def _number(card: _Card) -> str:
    return card.street.partition(" ")[0]


def _related(one: _Card, other: _Card) -> bool:
    """Whether two names belong to one organization, which may well run several programs at one address."""
    ours, theirs = one.program.organization.casefold(), other.program.organization.casefold()
    return bool(ours) and ours == theirs


def _by_age(one: Program, other: Program) -> tuple[Program, Program]:
    """The one confirmed longer ago first; on a tie the larger id, which is the later entry as a rule."""
    first, second = sorted((one, other), key=lambda p: p.id, reverse=True)
    return (second, first) if _confirmed(second) < _confirmed(first) else (first, second)


def _confirmed(program: Program) -> dt.date:
    days = [program.verified.date, *program.verified.fields.values()]
    known = [day for day in days if day is not None]
    return max(known, default=program.origin.as_of or dt.date.min)
