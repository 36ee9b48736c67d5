"""A ranking for people at a terminal."""

from __future__ import annotations

from opmatch.model.ranking import NearMiss, Ranking
from opmatch.render import phrases
from opmatch.render.card import Card, card
from opmatch.render.drawn import draw
from opmatch.render.groups import by_level_and_tier
from opmatch.render.layout import WIDE, Layout
from opmatch.render.notices import closing, opening, render_stop
from opmatch.render.page import Column, Columns, Part, Words, bullets, heading, rows, words

_LABEL_WIDTH = 7
_SCORE_WIDTH = 6


def render(ranking: Ranking, layout: Layout) -> str:
    """Notices, the matches by level and tier, what nearly fits, and always the crisis lines last."""
    stop, notices = ranking.safety_stop, ranking.notices
    if stop is not None:
        return render_stop(stop, notices, layout)
    return draw([*opening(notices), *_answer(ranking, layout), closing(notices)], layout)


def _answer(ranking: Ranking, layout: Layout) -> list[Part]:
    parts: list[Part] = [
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


def _card(shown: Card, layout: Layout) -> Columns:
    facts, reasons = rows(shown.facts, _LABEL_WIDTH), rows(shown.reasons, _LABEL_WIDTH)
    score = words(str(shown.score), shown.span, style="bold")
    rank, title = words(f"{shown.rank}."), words(shown.title, style="bold")
    if shown.organization:
        title = Words((*title.lines, *words(shown.organization, style="not bold").lines))
    columns = (Column(3, right=True), Column(_SCORE_WIDTH, right=True), Column())
    if layout.width < WIDE:
        return Columns(columns, ((rank, score, (title, facts, reasons)),))
    return Columns((*columns, Column()), ((rank, score, (title, facts), reasons),))


def _near_miss(miss: NearMiss) -> tuple[str, str]:
    program = miss.program
    reasons = "; ".join(failed.reason.rstrip(".") for failed in miss.failed)
    return (
        f"{phrases.name(program)}, {phrases.LEVEL_NAMES[program.level]} [{program.id}]",
        f"{reasons}. Comes up with: {phrases.as_options(miss.relax)}",
    )
