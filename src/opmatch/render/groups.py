"""Matches in the order people read them: by level, then tier, one place once."""

from __future__ import annotations

from collections.abc import Iterable

from opmatch.model.program import LEVELS, Level
from opmatch.model.ranking import Match, Tier


def by_level_and_tier(matches: Iterable[Match]) -> list[tuple[Level, Tier, list[Match]]]:
    """The matches of each level and tier that has any, in their order; folded into the best of a place."""
    found: dict[tuple[Level, Tier], list[Match]] = {}
    folded: set[str] = set()
    for match in matches:
        if match.program.id in folded:
            continue
        folded.update(match.same_site)
        found.setdefault((match.program.level, match.tier), []).append(match)
    tiers: tuple[Tier, ...] = ("eligible", "confirm", "out")
    return [(level, tier, found[level, tier]) for level in LEVELS for tier in tiers if (level, tier) in found]
