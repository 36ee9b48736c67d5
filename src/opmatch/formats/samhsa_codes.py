"""The service codes of SAMHSA's directories as facts, read from the table beside this module."""

from __future__ import annotations

import functools
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from opmatch import shipped
from opmatch.model.program import AgeRange, Field, Level

TABLE: Final = "formats/samhsa_codes.yaml"


class Code(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one code says; the keys are explained at the top of the table."""

    name: str
    category: str = ""
    level: Level | None = None
    at: Level | None = None
    unless: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    specializes: tuple[str, ...] = ()
    treats: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    welcomes: tuple[str, ...] = ()
    only_populations: tuple[str, ...] = ()
    ask_who_may_enter: bool = False
    payers: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    ages: tuple[AgeRange, ...] = ()
    languages: tuple[str, ...] = ()
    interpreted: tuple[str, ...] = ()
    accreditation: tuple[str, ...] = ()
    say: str = ""


LISTS: Final = (
    "fields", "specializes", "treats", "excludes", "only", "approaches", "lacks", "services", "supports",
    "populations", "welcomes", "only_populations", "payers", "genders", "ages", "languages", "interpreted",
    "accreditation",
)  # fmt: skip
"""Keys of a code that list values."""


class Directory(Struct, frozen=True, kw_only=True, dict=True):
    """One of the two directories: its field of care, and its codes in the table's order."""

    field: Field
    short: Literal["mh", "su"]
    codes: dict[str, Code]

    @functools.cached_property
    def order(self) -> dict[str, int]:
        """Each code's place in the table, to list facts in one order whatever the record's."""
        return {code: place for place, code in enumerate(self.codes)}

    @functools.cached_property
    def facts(self) -> dict[str, tuple[tuple[str, tuple[Any, ...]], ...]]:
        """The lists of each code that aren't empty, by key."""
        return {
            code: tuple((key, values) for key in LISTS if (values := getattr(entry, key)))
            for code, entry in self.codes.items()
        }

    @functools.cached_property
    def payers(self) -> tuple[str, ...]:
        """The payers that some code can say, sorted."""
        return tuple(sorted({payer for entry in self.codes.values() for payer in entry.payers}))

    @functools.cached_property
    def genders(self) -> tuple[str, ...]:
        """The genders that some code can say, sorted."""
        return tuple(sorted({gender for entry in self.codes.values() for gender in entry.genders}))


@functools.cache
def directories() -> tuple[Directory, Directory]:
    """The mental-health and the substance use directory."""
    table = shipped.yaml_document(TABLE)
    both = _codes(table["both"])
    return (
        Directory(field="mental-health", short="mh", codes=both | _codes(table["mental-health"])),
        Directory(field="substance-use", short="su", codes=both | _codes(table["substance-use"])),
    )


def _codes(section: Any) -> dict[str, Code]:
    return {
        code: msgspec.convert({**entry, "category": category}, Code)
        for category, entries in section.items()
        for code, entry in entries.items()
    }
