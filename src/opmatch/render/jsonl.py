"""A ranking as JSON Lines: one match a line."""

from __future__ import annotations

import msgspec

from opmatch.model.ranking import Ranking


def render(ranking: Ranking) -> str:
    """A match a line, in rank order; a safety stop is the only line there is."""
    if ranking.safety_stop is not None:
        lines = [msgspec.json.encode({"schema": ranking.schema, "safety_stop": ranking.safety_stop})]
    else:
        lines = [msgspec.json.encode(match) for match in ranking.matches]
    return b"".join(line + b"\n" for line in lines).decode()
