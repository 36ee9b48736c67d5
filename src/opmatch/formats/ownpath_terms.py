"""What the values of OwnPath's columns mean, read from the table beside this module."""

from __future__ import annotations

import functools
import re
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from opmatch import shipped
from opmatch.model.program import Level

TABLE: Final = "formats/ownpath.yaml"


class Says(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one value says of a program."""

    specializes_in: tuple[str, ...] = ()  # populations
    welcomes: tuple[str, ...] = ()
    treats: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    say: str = ""


class Telehealth(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one value of OffersTelehealth says of how one can attend."""

    virtual: bool | Literal["unknown"]
    in_person: bool = True
    say: str = ""


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who may enter a place whose name has one of `words`."""

    words: tuple[str, ...]
    only: tuple[str, ...] | Literal["unknown"]
    say: str = ""

    def fits(self, name: str) -> bool:
        return re.search(rf"\b({'|'.join(map(re.escape, self.words))})s?\b", name, re.IGNORECASE) is not None


class Terms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table; keys of values are in lower case."""

    levels: dict[str, dict[str, Level | None]]  # by column
    services: dict[str, Says]
    fees: dict[str, str]
    languages: dict[str, str]
    most_by_staff: int
    accessibility: dict[str, Says]
    populations: dict[str, tuple[str, ...]]
    telehealth: dict[str, Telehealth]
    who_may_enter: tuple[Entry, ...]


@functools.cache
def terms() -> Terms:
    """The table as shipped."""
    table: Any = shipped.yaml_document(TABLE)
    for key in ("services", "fees", "languages", "accessibility", "populations", "telehealth"):
        table[key] = {value.casefold(): meaning for value, meaning in table[key].items()}
    table["levels"] = {
        column: {value.casefold(): level for value, level in levels.items()}
        for column, levels in table["levels"].items()
    }
    return msgspec.convert(table, Terms)


def parts(cell: str) -> list[str]:
    """The values of a cell, each once."""
    return list(dict.fromkeys(part for part in (" ".join(part.split()) for part in cell.split(";")) if part))
