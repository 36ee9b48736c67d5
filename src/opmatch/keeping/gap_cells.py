"""What a report of gaps holds: counts by place, level, need and payer."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from opmatch.model.program import Level
from opmatch.model.request import Understood


class Cell(Struct, frozen=True, kw_only=True):
    """Programs of one level in one place: by the gates eligible, good if confirmed, or out."""

    place: str
    level: Level
    need: str
    payer: str
    served: int
    may: int
    cannot: int


class Open(Struct, frozen=True, kw_only=True):
    """Active programs of a level that can be reached in a place; `closed` and `ask_who` are in no cell."""

    place: str
    level: Level
    programs: int
    closed: int
    ask_who: int


class Gaps(Struct, frozen=True, kw_only=True):
    """Cells in the order of places, levels, needs and payers."""

    places: tuple[str, ...]
    levels: tuple[Level, ...]
    needs: tuple[Understood, ...]
    payers: tuple[Understood, ...]
    entries: tuple[Open, ...]
    cells: tuple[Cell, ...]


def unserved(report: Gaps) -> Mapping[tuple[Level, str, str], tuple[str, ...]]:
    """(level, need, payer) to the places where nobody serves it for sure."""
    found: dict[tuple[Level, str, str], list[str]] = {}
    for cell in report.cells:
        if cell.served == 0:
            found.setdefault((cell.level, cell.need, cell.payer), []).append(cell.place)
    return {key: tuple(places) for key, places in found.items()}
