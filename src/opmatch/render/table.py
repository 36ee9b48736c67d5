"""A ranking for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opmatch.model.ranking import NearMiss, Ranking
from opmatch.render import phrases
from opmatch.render.card import Card, card
from opmatch.render.groups import by_level_and_tier
from opmatch.render.layout import WIDE, Layout, bullets, draw, heading, rows, words
from opmatch.render.notices import closing, opening, render_stop

if TYPE_CHECKING:
    from rich.console import RenderableType

_LABEL_WIDTH = 7
_SCORE_WIDTH = 6


def render(ranking: Ranking, layout: Layout) -> str:
    """Notices, the matches by level and tier, what nearly fits, and always the crisis lines last."""
    stop, notices = ranking.safety_stop, ranking.notices
    if stop is not None:
        return render_stop(stop, notices, layout)
    return draw([*opening(notices), *_answer(ranking, layout), closing(notices)], layout)


def _answer(ranking: Ranking, layout: Layout) -> list[RenderableType]:
    parts: list[RenderableType] = [
        words(phrases.counts(ranking.considered, ranking.eligible, ranking.confirm), style="bold")
    ]
    if not ranking.matches and (line := phrases.funnel(ranking.funnel)):
        parts.append(words(line))
    if not ranking.matches and not ranking.near_misses and not ranking.relaxations:
        parts.append(words(phrases.LOOK_FURTHER))
    parts.append("")
    shown = None
    for level, tier, matches in by_level_and_tier(ranking.matches):
        if level != shown:
            parts.append(heading(phrases.LEVEL_NAMES[level], layout))
            shown = level
        parts += [
            words(f"{phrases.TIER_NAMES[tier]}:", style="green" if tier == "eligible" else "yellow"),
            "",
        ]
        for match in matches:
            parts += [_card(card(match), layout), ""]
    if ranking.near_misses:
        parts += [heading("Just missed", layout), bullets(map(_near_miss, ranking.near_misses)), ""]
    if ranking.relaxations:
        parts += [
            heading("Small changes that would add programs", layout),
            bullets(change.text for change in ranking.relaxations),
            "",
        ]
    if ranking.matches:
        parts += [words(phrases.LEGEND, style="dim"), ""]
    return parts


def _card(shown: Card, layout: Layout) -> RenderableType:
    from rich.console import Group
    from rich.table import Table

    facts, reasons = rows(shown.facts, _LABEL_WIDTH), rows(shown.reasons, _LABEL_WIDTH)
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=3, justify="right", no_wrap=True)
    grid.add_column(width=_SCORE_WIDTH, justify="right", no_wrap=True)
    grid.add_column(ratio=1)
    score = words(str(shown.score), shown.span, style="bold")
    rank, title = words(f"{shown.rank}."), words(shown.title, style="bold")
    if shown.organization:
        title.append("\n").append_text(words(shown.organization, style="not bold"))
    if layout.width < WIDE:
        grid.add_row(rank, score, Group(title, facts, reasons))
    else:
        grid.add_column(ratio=1)
        grid.add_row(rank, score, Group(title, facts), reasons)
    return grid


def _near_miss(miss: NearMiss) -> tuple[str, str]:
    program = miss.program
    reasons = "; ".join(failed.reason.rstrip(".") for failed in miss.failed)
    return (
        f"{phrases.name(program)}, {phrases.LEVEL_NAMES[program.level]} [{program.id}]",
        f"{reasons}. Comes up with: {phrases.as_options(miss.relax)}",
    )
