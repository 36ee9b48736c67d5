"""Several programs side by side, with their points where there is a request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from opmatch.model.program import Program
from opmatch.model.ranking import Match, Notice
from opmatch.render import phrases
from opmatch.render.facts import NOT_LISTED, facts
from opmatch.render.layout import Layout, draw, words
from opmatch.render.notices import closing, opening
from opmatch.render.page import heading
from opmatch.vocabulary.terms import Vocabulary

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_LABEL_WIDTH = 16  # "  availability" and the gap after it
_COLUMN_WIDTH = 21  # columns under which a fact gets hard to read

Row = tuple[str, tuple[str, ...]]


def render(
    programs: Sequence[Program],
    matches: Sequence[Match],
    vocabulary: Vocabulary,
    as_of: dt.date,
    notices: Sequence[Notice],
    layout: Layout,
) -> str:
    """A column a program, as many abreast as fit; `matches` are of the same programs, or none at all."""
    parts: list[RenderableType] = [*opening(notices)]
    abreast = max(1, (layout.width - _LABEL_WIDTH) // _COLUMN_WIDTH)
    for start in range(0, len(programs), abreast):
        some = programs[start : start + abreast]
        if matches:
            parts += [heading("For this request", layout)]
            parts += [_table(some, _match_rows(matches[start : start + abreast])), ""]
            parts += [heading("What is listed", layout)]
        parts += [_table(some, _fact_rows(some, vocabulary, as_of)), ""]
    parts.append(closing(notices))
    return draw(parts, layout)


def _match_rows(matches: Sequence[Match]) -> list[Row]:
    verdicts = {"eligible": "fits", "confirm": "fits if confirmed", "out": "does not fit"}
    rows: list[Row] = [
        ("verdict", tuple(verdicts[match.tier] for match in matches)),
        ("score", tuple(f"{match.score} ({match.low}–{match.high})" for match in matches)),
    ]
    names = dict.fromkeys(criterion.name for match in matches for criterion in match.criteria)
    rows += [(f"  {name}", tuple(_points(match, name) for match in matches)) for name in names]
    rows += [
        ("way there", tuple(phrases.travel(match) or "not known" for match in matches)),
        ("time", tuple(phrases.when(match) for match in matches)),
        ("not met", tuple(_gates(match, "not_met") for match in matches)),
        ("to confirm", tuple(_gates(match, "unknown") for match in matches)),
        ("ask first", tuple(phrases.ask_first(match) for match in matches)),
    ]
    return [row for row in rows if any(row[1])]


def _points(match: Match, name: str) -> str:
    return next((f"{c.points} of {c.of}" for c in match.criteria if c.name == name), "")


def _gates(match: Match, state: str) -> str:
    return "; ".join(gate.reason.rstrip(".") for gate in match.gates if gate.state == state)


def _fact_rows(programs: Sequence[Program], vocabulary: Vocabulary, as_of: dt.date) -> list[Row]:
    """Facts that at least one of them lists."""
    columns = [facts(program, vocabulary, as_of) for program in programs]
    rows: list[Row] = [
        ("organization", tuple(program.organization for program in programs)),
        ("id", tuple(program.id for program in programs)),
    ]
    rows += [
        (line[0].label, tuple(NOT_LISTED if fact.missed else fact.text for fact in line))
        for line in zip(*columns, strict=True)
        if any(fact.text for fact in line)
    ]
    return rows


def _table(programs: Sequence[Program], rows: Sequence[Row]) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=_LABEL_WIDTH - 2, no_wrap=True)
    for _ in programs:
        grid.add_column(ratio=1, overflow="fold")
    titles = [phrases.title(program.name, fictional=program.origin.sample) for program in programs]
    grid.add_row("", *(words(title, style="bold") for title in titles))
    for label, texts in rows:
        grid.add_row(words(label, style="dim"), *(words(text) for text in texts))
    return grid
