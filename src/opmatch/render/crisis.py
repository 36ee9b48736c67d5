"""Crisis lines as text."""

from __future__ import annotations

from opmatch.render.plain import plain
from opmatch.vocabulary.terms import Crisis


def render(crisis: Crisis) -> str:
    """A line each, whose they are, and when they were last checked."""
    lines = [plain(line.text) for line in crisis.lines]
    return "\n".join([*lines, f"({crisis.country} only; last checked {crisis.reviewed.isoformat()})"]) + "\n"
