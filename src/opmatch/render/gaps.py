"""Gaps as tables: one place in full, or many places in short; and as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opmatch.keeping.gap_cells import Cell, Gaps, Open, unserved
from opmatch.model.program import Level
from opmatch.model.request import Understood
from opmatch.render import csv
from opmatch.render.layout import Layout, draw, words
from opmatch.render.page import bullets, heading
from opmatch.render.phrases import LEVEL_NAMES

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

COLUMNS = ("place", "level", "need", "payer", "served", "may", "cannot", "open_programs", "closed", "ask_who")
_NEED_WIDTH = 25
_CELL_WIDTH = 8
_LEGEND = (
    "12 +30: twelve programs serve it as far as listed, thirty more may (ask). none: nobody does, or may."
    " Programs limited to a group, and those of which that must be asked, are in no cell."
)
_LEGEND_MANY = (
    "Of all pairs of need and payer: those nobody serves or may, and those for which all must be asked."
    " One place in full: --state or --near."
)


def render_table(report: Gaps, limit: int, layout: Layout) -> str:
    """One place: needs by payers, level by level. Several: a line each, then what is missing in most."""
    if len(report.places) == 1:
        return draw(_one_place(report, layout), layout)
    return draw(_many_places(report, limit, layout), layout)


def render_csv(report: Gaps) -> str:
    """A row a cell, with the programs of its place and level."""
    entries = {(one.place, one.level): one for one in report.entries}
    return csv.sheet(
        COLUMNS,
        (
            {
                "place": cell.place,
                "level": cell.level,
                "need": cell.need,
                "payer": cell.payer,
                "served": cell.served,
                "may": cell.may,
                "cannot": cell.cannot,
                "open_programs": cell.served + cell.may + cell.cannot,
                "closed": entries[cell.place, cell.level].closed,
                "ask_who": entries[cell.place, cell.level].ask_who,
            }
            for cell in report.cells
        ),
    )


def _one_place(report: Gaps, layout: Layout) -> list[RenderableType]:
    cells = {(one.level, one.need, one.payer): one for one in report.cells}
    parts: list[RenderableType] = [words(f"Who serves what in {report.places[0]}", style="bold"), ""]
    for entry in report.entries:
        parts.append(heading(f"{LEVEL_NAMES[entry.level]}: {_counted(entry)}", layout))
        if entry.programs == entry.closed + entry.ask_who:
            parts += [words("none that anybody may enter" if entry.programs else "none"), ""]
            continue
        columns = max(1, (layout.width - _NEED_WIDTH) // (_CELL_WIDTH + 1))
        for at in range(0, len(report.payers), columns):
            some = report.payers[at : at + columns]
            parts += [_grid(entry.level, report.needs, some, cells), ""]
    return [*parts, words(_LEGEND, style="dim")]


def _counted(entry: Open) -> str:
    apart = [
        f"{count} {what}" for count, what in ((entry.closed, "closed"), (entry.ask_who, "ask who")) if count
    ]
    count = f"{entry.programs:,} program{'' if entry.programs == 1 else 's'}"
    return f"{count} ({', '.join(apart)})" if apart else count


def _grid(
    level: Level,
    needs: Sequence[Understood],
    payers: Sequence[Understood],
    cells: dict[tuple[Level, str, str], Cell],
) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=_NEED_WIDTH, no_wrap=True)
    for _ in payers:
        grid.add_column(width=_CELL_WIDTH, justify="right", overflow="fold")
    grid.add_row("", *(words(_head(payer.label), style="dim") for payer in payers))
    for need in needs:
        grid.add_row(words(_short(need.label)), *(_cell(cells[level, need.id, payer.id]) for payer in payers))
    return grid


def _cell(cell: Cell) -> Text:
    if cell.served == cell.may == 0:
        return words("none", style="bold red")
    if cell.served == 0:
        return words(f"0 +{cell.may:,}", style="yellow")
    return words(f"{cell.served:,} +{cell.may:,}" if cell.may else f"{cell.served:,}")


def _many_places(report: Gaps, limit: int, layout: Layout) -> list[RenderableType]:
    from rich.table import Table

    pairs = len(report.needs) * len(report.payers)
    head = (
        f"{len(report.places)} places, {len(report.needs)} needs × {len(report.payers)} payers at each level"
    )
    parts: list[RenderableType] = [words(head, style="bold"), ""]
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    for _ in report.levels:
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(justify="right", no_wrap=True)
    grid.add_row("", *(text for level in report.levels for text in (words(level.upper(), style="bold"), "")))
    grid.add_row(
        words("place", style="dim"),
        *(words(t, style="dim") for _ in report.levels for t in ("nobody", "ask all")),
    )
    for place in report.places:
        row = []
        for level in report.levels:
            here = [one for one in report.cells if one.place == place and one.level == level]
            nobody = sum(one.served == one.may == 0 for one in here)
            ask = sum(one.served == 0 < one.may for one in here)
            row += [words(f"{nobody:,}", style="red" if nobody == pairs else ""), words(f"{ask:,}")]
        grid.add_row(words(place), *row)
    parts += [grid, ""]
    missing = sorted(unserved(report).items(), key=lambda one: (-len(one[1]), one[0]))[: limit or None]
    if missing:
        labels = {one.id: one.label for one in (*report.needs, *report.payers)}
        parts += [
            heading("Served for sure in the fewest places", layout),
            bullets(
                f"{level.upper()}, {labels[need]}, {labels[payer]}: nobody for sure in {len(places)} of"
                f" {len(report.places)}"
                for (level, need, payer), places in missing
            ),
            "",
        ]
    return [*parts, words(_LEGEND_MANY, style="dim")]


def _head(label: str) -> str:
    """A payer's label in words that a column is wide enough for."""
    plain = label.partition(" (")[0]
    return " ".join(word for word in plain.split() if word != "insurance")


def _short(text: str) -> str:
    return text if len(text) <= _NEED_WIDTH else f"{text[: _NEED_WIDTH - 1]}…"
