"""One row of OwnPath's file: its cells, what of them can't be read, and the levels of care they list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from opmatch.formats.doubts import Doubts
from opmatch.formats.ownpath_terms import parts, terms
from opmatch.formats.plain_text import clean
from opmatch.model.program import LEVELS, Field, Level

_COLUMNS: Final[tuple[tuple[str, Field], ...]] = (
    ("MentalHealthSettings", "mental-health"),
    ("SubstanceUseServices", "substance-use"),
)
_ADDRESS: Final = re.compile(
    r"(?:(.*\S)\s*,)?\s*([^,]*[^,\s])\s*,\s*([A-Za-z][A-Za-z. ]*?)\s+([0-9]{5})(?:-[0-9]{4})?"
)
_NO_LOCATION: Final = "please contact this provider"
_FLAG_OFF: Final = ("", "0", "0.0", "no", "false", "n")

Levels = dict[Level, list[Field]]


class Record:
    """One row: its cells by column, whatever the case of the columns, and what can't be read of it."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.doubts = Doubts()

    def text(self, column: str) -> str:
        return self._cells.get(column.lower(), "")

    def flag(self, column: str) -> bool:
        return self.text(column).casefold() not in _FLAG_OFF

    def known(self, column: str, table: Mapping[str, Any]) -> list[Any]:
        """What the values of a cell mean by `table`; the others are doubts."""
        found = []
        for value in parts(self.text(column)):
            if value.casefold() in table:
                found.append(table[value.casefold()])
            else:
                self.doubts.add(column, value, "not a value this column is known to have")
        return found

    @property
    def hidden(self) -> bool:
        return self.flag("HideAddress") or _NO_LOCATION in self.text("AddressOneLine").casefold()

    @property
    def name(self) -> str:
        """The name to show; a hidden place's account name gives it away, and is never used."""
        shown = clean(self.text("DisplayName"))
        return shown if shown or self.hidden else clean(self.text("AccountName"))

    @property
    def address(self) -> tuple[str, str, str, str] | None:
        """Street, city, state as written and ZIP; None where hidden or not an address that can be read."""
        found = None if self.hidden else _ADDRESS.fullmatch(clean(self.text("AddressOneLine")))
        return None if found is None else (found[1] or "", found[2], found[3], found[4])


def levels(record: Record) -> Levels:
    """The outpatient levels with the fields of the columns that name them, in order."""
    found: dict[Level, list[Field]] = {}
    for column, field in _COLUMNS:
        for level in record.known(column, terms().levels[column]):
            if level is not None and field not in found.setdefault(level, []):
                found[level].append(field)
    if not found and record.flag("OpioidTreatmentPrograms"):
        found["op"] = ["substance-use"]
    return {level: found[level] for level in LEVELS if level in found}
