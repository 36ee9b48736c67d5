"""What a catalog covers and what isn't known, as bars and as rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from opmatch.keeping.stats import Stats
from opmatch.render import csv
from opmatch.render.layout import Layout, draw, words
from opmatch.render.page import heading
from opmatch.render.phrases import LEVEL_NAMES
from opmatch.vocabulary.terms import Kind, Vocabulary

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

COLUMNS = ("part", "dimension", "value", "label", "programs", "of", "share")
_KINDS: dict[str, Kind] = {
    "need": "need",
    "payer": "payer",
    "language": "language",
    "population": "population",
    "only for": "population",
    "approach": "approach",
    "service": "service",
}
_LABEL_WIDTH = 30
_COUNT_WIDTH = 7
_SHARE_WIDTH = 6
_TITLES = {
    "level": "Level of care",
    "field": "Field of care",
    "status": "Status",
    "delivery": "How one can attend",
    "need": "Needs listed (a general program treats common ones unlisted)",
    "payer": "Payers listed",
    "language": "Languages listed (English goes without saying)",
    "population": "Groups served",
    "only for": "Closed to all but",
    "approach": "Approaches",
    "service": "Services",
    "state": "States of sites",
}


def render_table(stats: Stats, vocabulary: Vocabulary, limit: int, layout: Layout) -> str:
    """A block of bars a dimension, `limit` values each (0 is all); what isn't known comes last."""
    count = f"{stats.programs:,} program{'' if stats.programs == 1 else 's'}"
    parts: list[RenderableType] = [words(count, style="bold"), ""]
    for name, counts in stats.by.items():
        if not counts:
            continue
        shown = dict(list(counts.items())[: limit or None])
        labels = {value: label(vocabulary, name, value) for value in shown}
        parts += [heading(_TITLES[name], layout), _bars(shown, labels, _of(stats, shown), layout)]
        if more := len(counts) - len(shown):
            parts.append(words(f"and {more:,} more: --limit 0", style="dim"))
        parts.append("")
    order = sorted(stats.unknown, key=lambda field: -_share(stats.unknown[field], stats.asked[field]))
    unknown = {field: stats.unknown[field] for field in order}
    parts += [
        heading("Not known, of the programs where it matters", layout),
        _bars(unknown, {field: field for field in unknown}, stats.asked, layout),
    ]
    return draw(parts, layout)


def render_csv(stats: Stats, vocabulary: Vocabulary) -> str:
    """A row a value of each dimension, and a row a field that isn't known."""
    return csv.sheet(COLUMNS, _rows(stats, vocabulary))


def label(vocabulary: Vocabulary, dimension: str, value: str) -> str:
    """What people call a value."""
    if dimension == "level":
        return LEVEL_NAMES[value]  # type: ignore[index]
    kind = _KINDS.get(dimension)
    return value if kind is None else vocabulary.label(kind, value)


def _rows(stats: Stats, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "part": "listed",
            "dimension": name,
            "value": value,
            "label": label(vocabulary, name, value),
            "programs": count,
            "of": stats.programs,
            "share": round(_share(count, stats.programs), 4),
        }
        for name, counts in stats.by.items()
        for value, count in counts.items()
    ]
    rows += [
        {
            "part": "unknown",
            "dimension": field,
            "programs": count,
            "of": stats.asked[field],
            "share": round(_share(count, stats.asked[field]), 4),
        }
        for field, count in stats.unknown.items()
    ]
    return rows


def _of(stats: Stats, shown: Mapping[str, int]) -> dict[str, int]:
    return dict.fromkeys(shown, stats.programs)


def _share(count: int, of: int) -> float:
    return count / of if of else 0.0


def _bars(
    counts: Mapping[str, int], labels: Mapping[str, str], of: Mapping[str, int], layout: Layout
) -> Table:
    from rich.table import Table

    width = max(10, layout.width - _LABEL_WIDTH - _COUNT_WIDTH - _SHARE_WIDTH - 3)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=_LABEL_WIDTH, no_wrap=True)
    grid.add_column(width=_COUNT_WIDTH, justify="right", no_wrap=True)
    grid.add_column(width=_SHARE_WIDTH, justify="right", no_wrap=True)
    grid.add_column(width=width, no_wrap=True)
    for value, count in counts.items():
        share = _share(count, of[value])
        text = labels[value]
        short = text if len(text) <= _LABEL_WIDTH else f"{text[: _LABEL_WIDTH - 1]}…"
        bar = "━" * round(share * width) or ("╸" if count else "")
        grid.add_row(words(short), words(f"{count:,}"), words(_percent(share)), words(bar, style="cyan"))
    return grid


def _percent(share: float) -> str:
    """Never 0 % for some and never 100 % for not all."""
    if 0 < share < 0.01:
        return "<1 %"
    if 0.99 < share < 1:
        return ">99 %"
    return f"{share * 100:.0f} %"
