"""What is said before an answer, and the stop that takes its place."""

from __future__ import annotations

from collections.abc import Sequence

from opmatch.model.ranking import Notice, SafetyStop
from opmatch.render import phrases
from opmatch.render.drawn import draw
from opmatch.render.layout import Layout
from opmatch.render.page import Column, Columns, Part, Words, paragraphs, words

_LOUD = ("sample", "safety", "crisis")


def opening(notices: Sequence[Notice]) -> list[Part]:
    """The notices before an answer, the ones about safety and fiction loud; then an empty line."""
    told = phrases.leading(notices)
    grid = Columns((Column(1), Column()), tuple(map(_notice, told)))
    return [grid, ""] if told else []


def _notice(notice: Notice) -> tuple[Words, Words]:
    loud = notice.kind in _LOUD
    style = "bold" if loud else ""
    return words("!" if loud else "-", style=style), paragraphs(notice.text, style)


def closing(notices: Sequence[Notice]) -> Words:
    """The crisis lines."""
    return paragraphs(phrases.crisis(notices))


def render_stop(stop: SafetyStop, notices: Sequence[Notice], layout: Layout) -> str:
    """What comes first, instead of an answer, for people; crisis lines last."""
    title = words(stop.title, style="bold red")
    return draw([title, paragraphs(stop.text), "", *opening(notices), closing(notices)], layout)
