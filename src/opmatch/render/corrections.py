"""Corrections for people: what each one says, and how it stands to its source."""

from __future__ import annotations

from collections.abc import Sequence

from opmatch.model.program import Correction, Standing
from opmatch.render.layout import Layout, draw, words
from opmatch.render.page import bullets

STANDINGS: dict[Standing, str] = {
    "applied": "applied",
    "caught-up": "the source says the same by now: it can be taken back with --remove",
    "source-changed": "applied, but the source has changed what it says: ask again",
    "no-place": "not applied: the program no longer has this part",
    "no-program": "not applied: no program of that id in the catalogs read",
}


def render(corrections: Sequence[Correction], fictional: frozenset[str], layout: Layout) -> str:
    """Each correction with its standing; `fictional` are ids whose phone numbers are never shown."""
    if not corrections:
        return "no corrections are kept\n"
    items = []
    for one in corrections:
        hidden = one.program in fictional and one.field in ("intake", "intake.phone")
        value = "(fictional)" if hidden else one.value or "not known"
        source = "(fictional)" if hidden else one.source or "nothing"
        who = f", {one.who}" if one.who else ""
        items.append(
            (
                f"{one.program} {one.field}: {value}",
                f"by {one.by} on {one.date}{who}; the source says {source}",
                STANDINGS[one.standing],
            )
        )
    count = f"{len(corrections):,} correction{'' if len(corrections) == 1 else 's'} kept"
    return draw([words(count, style="bold"), bullets(items)], layout)
