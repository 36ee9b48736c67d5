"""One match as labelled lines, the same for the terminal and for Markdown."""

from __future__ import annotations

from typing import NamedTuple

from opmatch.model.ranking import Match
from opmatch.render import phrases


class Card(NamedTuple):
    """A match for people: `facts` say what it is, `reasons` why it is here and what to ask."""

    rank: int
    score: int
    low: int
    high: int
    title: str
    organization: str
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]

    @property
    def span(self) -> str:
        return f"{self.low}–{self.high}"


def card(match: Match) -> Card:
    """The lines of a match; what isn't known has none."""
    program = match.program
    facts = (
        ("where", phrases.where(match)),
        ("when", phrases.when(match)),
        ("call", phrases.phone(program)),
        ("id", program.id),
        ("also", ", ".join(other for other in match.same_site if other != program.id)),
    )
    reasons = (
        ("why", phrases.why(match)),
        ("confirm" if match.tier == "confirm" else "ask", phrases.ask_first(match)),
    )
    return Card(
        rank=match.rank,
        score=match.score,
        low=match.low,
        high=match.high,
        title=phrases.name(program),
        organization=phrases.organization(program),
        facts=tuple((label, text) for label, text in facts if text),
        reasons=tuple((label, text) for label, text in reasons if text),
    )
