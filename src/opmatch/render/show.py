"""One program's facts with their age and source, for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from opmatch.model.program import Program
from opmatch.model.ranking import Notice
from opmatch.render import phrases
from opmatch.render.facts import Fact, age_text, facts
from opmatch.render.layout import Layout, draw, words
from opmatch.render.notices import closing, opening
from opmatch.vocabulary.terms import Vocabulary

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def render(
    program: Program,
    vocabulary: Vocabulary,
    as_of: dt.date,
    notices: Sequence[Notice],
    layout: Layout,
) -> str:
    """Every fact that is listed, then what isn't; crisis lines last.

    An age stands where it differs from that of the whole record, which is the one of "checked".
    """
    told = facts(program, vocabulary, as_of)
    parts: list[RenderableType] = [*opening(notices)]
    title = phrases.title(program.name, fictional=program.origin.sample)
    under = " · ".join(part for part in (program.organization, program.id) if part)
    parts += [words(title, style="bold"), words(under), ""]
    parts += [_table([fact for fact in told if fact.text]), ""]
    if blanks := [fact.label for fact in told if fact.missed]:
        parts += [words(f"Not listed, so ask if it matters: {', '.join(blanks)}."), ""]
    parts.append(closing(notices))
    return draw(parts, layout)


def _table(told: Sequence[Fact]) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=13, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(width=13, justify="right", no_wrap=True)
    usual = next((fact.age_days for fact in told if fact.label == "checked"), None)
    for fact in told:
        age = age_text(fact.age_days) if fact.age_days != usual or fact.label == "checked" else ""
        grid.add_row(words(fact.label, style="dim"), words(fact.text), words(age, style="dim"))
    return grid
