"""What is said before an answer, and the stop that takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opmatch.model.ranking import Notice, SafetyStop
from opmatch.render import phrases
from opmatch.render.layout import Layout, draw, paragraphs, words

if TYPE_CHECKING:
    from rich.console import RenderableType

_LOUD = ("sample", "safety", "crisis")


def opening(notices: Sequence[Notice]) -> list[RenderableType]:
    """The notices before an answer, the ones about safety and fiction loud; then an empty line."""
    from rich.table import Table

    told = phrases.leading(notices)
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=1, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for notice in told:
        loud = notice.kind in _LOUD
        style = "bold" if loud else ""
        grid.add_row(words("!" if loud else "-", style=style), paragraphs(notice.text, style))
    return [grid, ""] if told else []


def closing(notices: Sequence[Notice]) -> RenderableType:
    """The crisis lines."""
    return paragraphs(phrases.crisis(notices))


def render_stop(stop: SafetyStop, notices: Sequence[Notice], layout: Layout) -> str:
    """What comes first, instead of an answer, for people; crisis lines last."""
    title = words(stop.title, style="bold red")
    return draw([title, paragraphs(stop.text), "", *opening(notices), closing(notices)], layout)
