"""Needs: all there are, and how one text about them is understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from opmatch.model.ranking import Notice
from opmatch.render import phrases
from opmatch.render.layout import Layout, bullets, draw, words
from opmatch.render.notices import closing
from opmatch.vocabulary.terms import Need, Vocabulary

if TYPE_CHECKING:
    from rich.console import RenderableType

    from opmatch.vocabulary.read import Reading


def render_tree(vocabulary: Vocabulary, notices: Sequence[Notice], layout: Layout) -> str:
    """Every need under the broader one it is part of: the id to type, what it means, who treats it."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=3, overflow="fold")
    grid.add_column(ratio=2, overflow="fold")
    for need in _in_order(vocabulary.needs, None):
        indent = "  " * len(vocabulary.ancestors(need.id))
        fields = phrases.fields(need.fields)
        grid.add_row(words(indent + need.id), words(need.label), words(fields, style="dim"))
    return draw([grid, "", closing(notices)], layout)


def render_reading(reading: Reading, notices: Sequence[Notice], layout: Layout) -> str:
    """What the text is taken for, or may have meant; crisis lines first where the words call for it."""
    parts: list[RenderableType] = [closing(notices), ""] if reading.crisis else []
    first = next(iter(reading.candidates), None)
    if reading.sure and first is not None:
        how = "" if first.score >= 1 else ", a near spelling"
        parts.append(words(f"“{reading.text}” is taken for {first.label} ({first.id}){how}."))
    elif reading.candidates:
        parts.append(words(f"“{reading.text}” is not a need that is known. Did you mean:"))
        parts.append(bullets(f"{one.label}: --need {one.id}" for one in reading.candidates))
    else:
        parts.append(words(f"“{reading.text}” is not a need that is known. All of them: opmatch needs"))
    return draw([*parts, "", closing(notices)], layout)


def reading_data(reading: Reading) -> dict[str, Any]:
    """The reading in the names that other tools depend on."""
    return {
        "text": reading.text,
        "sure": reading.sure,
        "candidates": reading.candidates,
        "declined": reading.declined,
        "crisis": reading.crisis,
    }


def _in_order(needs: Sequence[Need], parent: str | None) -> list[Need]:
    """Each need followed by the narrower ones."""
    return [one for need in needs if need.parent == parent for one in (need, *_in_order(needs, need.id))]
