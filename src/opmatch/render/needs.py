"""Needs: all there are, and how one text about them is understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from opmatch.model.ranking import Notice
from opmatch.render import phrases
from opmatch.render.layout import Layout, draw, words
from opmatch.render.notices import closing
from opmatch.render.page import bullets
from opmatch.vocabulary.terms import Need, Vocabulary

if TYPE_CHECKING:
    from rich.console import RenderableType

    from opmatch.vocabulary.reading import Candidate, Reading


def render_tree(
    vocabulary: Vocabulary, programs: Mapping[str, int], notices: Sequence[Notice], layout: Layout
) -> str:
    """Every need under the broader one: the id to type, what it means, the field, programs that list it."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=3, overflow="fold")
    grid.add_column(ratio=2, overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    for need in _in_order(vocabulary.needs, None):
        indent = "  " * len(vocabulary.ancestors(need.id))
        fields = phrases.fields(need.fields)
        grid.add_row(
            words(indent + need.id),
            words(need.label),
            words(fields, style="dim"),
            words(f"{programs[need.id]:,}"),
        )
    return draw([grid, "", closing(notices)], layout)


def render_reading(reading: Reading, notices: Sequence[Notice], layout: Layout) -> str:
    """What the text is taken for, or may have meant; crisis lines first where the words call for it."""
    parts: list[RenderableType] = [closing(notices), ""] if reading.crisis else []
    taken = [one for need in reading.taken for one in reading.candidates if one.id == need]
    if taken:
        names = ", then ".join(f"{one.label} ({one.id})" for one in taken)
        parts.append(words(f"“{reading.text}” is taken for {names}{_how(reading)}."))
        others = [one for one in reading.candidates if one not in taken]
        if len(reading.candidates) > 1:
            parts.append(bullets(map(_scored, (*taken, *others))))
    elif reading.declined is not None:
        told = reading.declined
        parts.append(words(f"“{reading.text}” is {told['label']} ({told['code']}), no need here."))
        parts.append(words(f"{told['reason']} Look for: {told['look_for']}"))
    elif reading.candidates:
        parts.append(words(f"“{reading.text}” is not a need that is known for sure. Did you mean:"))
        parts.append(bullets(f"--need {one.id}: {_scored(one)}" for one in reading.candidates))
    else:
        parts.append(words(f"“{reading.text}” is not a need that is known. All of them: opmatch needs"))
    return draw([*parts, "", closing(notices)], layout)


def _how(reading: Reading) -> str:
    first = reading.candidates[0]
    if first.score >= 1 or len(reading.candidates) > 1:
        return ""
    return ", a near spelling" if len(reading.text.split()) == len(first.matched) else ""


def _scored(one: Candidate) -> str:
    return f"{one.label} ({one.score:.2f}): {', '.join(one.matched)}"


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
