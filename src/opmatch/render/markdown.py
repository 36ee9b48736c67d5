"""A ranking as Markdown, for notes, charts and e-mail."""

from __future__ import annotations

from opmatch.model.ranking import Ranking
from opmatch.pattern import pattern
from opmatch.render import phrases
from opmatch.render.card import Card, card
from opmatch.render.groups import by_level_and_tier
from opmatch.render.plain import plain

_MARKS = pattern(r"([\\`*_{}\[\]<>#|~])")


def render(ranking: Ranking) -> str:
    """The same as the table, in headings and lists; crisis lines last."""
    lines: list[str] = ["# Programs", ""] if ranking.safety_stop is None else []
    if ranking.safety_stop is not None:
        lines += [f"# {escape(ranking.safety_stop.title)}", "", *_paragraphs(ranking.safety_stop.text)]
    for notice in phrases.leading(ranking.notices):
        lines += [f"> {escape(notice.text)}", ""]
    if ranking.safety_stop is None:
        lines += _answer(ranking)
    lines += ["---", "", *_paragraphs(phrases.crisis(ranking.notices))]
    return "\n".join(lines).strip("\n") + "\n"


def escape(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown would read as a mark."""
    return _MARKS.sub(r"\\\1", plain(text))


def _answer(ranking: Ranking) -> list[str]:
    lines = [escape(phrases.counts(ranking.considered, ranking.eligible, ranking.confirm)), ""]
    if not ranking.matches and (line := phrases.funnel(ranking.funnel)):
        lines += [escape(line), ""]
    if not ranking.matches and not ranking.near_misses and not ranking.relaxations:
        lines += [phrases.LOOK_FURTHER, ""]
    shown = None
    for level, tier, matches in by_level_and_tier(ranking.matches):
        if level != shown:
            lines += [f"## {phrases.LEVEL_NAMES[level]}", ""]
            shown = level
        lines += [f"*{phrases.TIER_NAMES[tier]}*", ""]
        for match in matches:
            lines += _card(card(match))
    if ranking.near_misses:
        lines += ["## Just missed", ""]
        for miss in ranking.near_misses:
            reasons = "; ".join(failed.reason.rstrip(".") for failed in miss.failed)
            lines.append(
                f"- **{escape(phrases.name(miss.program))}** ({miss.program.level}): {escape(reasons)}."
                f" Comes up with: `{plain(phrases.as_options(miss.relax)).replace('`', '')}`"
            )
        lines.append("")
    if ranking.relaxations:
        lines += ["## Small changes that would add programs", ""]
        lines += [f"- {escape(change.text)}" for change in ranking.relaxations] + [""]
    if ranking.matches:
        lines += [phrases.LEGEND, ""]
    return lines


def _card(shown: Card) -> list[str]:
    lines = [f"### {shown.rank}. {escape(shown.title)}: {shown.score} ({shown.span})", ""]
    if shown.organization:
        lines += [escape(shown.organization), ""]
    lines += [f"- {label}: {escape(text)}" for label, text in (*shown.facts, *shown.reasons)]
    return [*lines, ""]


def _paragraphs(text: str) -> list[str]:
    return [part for line in text.splitlines() if line.strip() for part in (escape(line), "")]
