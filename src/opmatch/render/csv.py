"""A ranking as CSV: a row a match, for spreadsheets that would run a formula if they met one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from opmatch.model.cell_text import guarded
from opmatch.model.ranking import Match, Ranking
from opmatch.render import phrases
from opmatch.render.plain import plain

COLUMNS = (
    "rank",
    "tier",
    "level",
    "score",
    "low",
    "high",
    "id",
    "name",
    "organization",
    "field",
    "fictional",
    "mode",
    "track",
    "sessions",
    "distance_miles",
    "travel_minutes",
    "street",
    "city",
    "state",
    "zip",
    "phone",
    "url",
    "why",
    "confirm",
    "same_site",
    "source",
    "source_record",
    "verified",
    "as_of",
    "safety_stop",
    "safety",
)


def render(ranking: Ranking) -> str:
    """A header and a row a match; a safety stop is one row that says so in its last columns."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_safe(row) for row in rows_of(ranking))
    return out.getvalue()


def rows_of(ranking: Ranking) -> list[dict[str, Any]]:
    """A row a match by the names of `COLUMNS`, none where nothing fits; one of a safety stop alone."""
    every = every_row(ranking)
    if ranking.safety_stop is not None:
        return [every]
    return [every | _row(match) for match in ranking.matches]


def every_row(ranking: Ranking) -> dict[str, Any]:
    """What each row of a ranking says, one without a match too."""
    stop = ranking.safety_stop
    if stop is not None:
        return {"as_of": ranking.as_of, "safety_stop": stop.flag, "safety": f"{stop.title}: {stop.text}"}
    said = (one.text for one in phrases.leading(ranking.notices) if one.kind in ("crisis", "safety"))
    return {"as_of": ranking.as_of, "safety": " ".join(said)}


def sheet(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A header and the rows of a report, no value of which a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_safe(row) for row in rows)
    return out.getvalue()


def _row(match: Match) -> dict[str, Any]:
    program, site = match.program, match.program.site
    return {
        "rank": match.rank,
        "tier": match.tier,
        "level": program.level,
        "score": match.score,
        "low": match.low,
        "high": match.high,
        "id": program.id,
        "name": phrases.name(program),
        "organization": program.organization,
        "field": "; ".join(program.field),
        "fictional": "yes" if program.fictional else "no",
        "mode": match.option.mode,
        "track": match.option.track,
        "sessions": phrases.sessions(match.sessions, door_to_door=match.option.mode == "in-person"),
        "distance_miles": match.distance_miles,
        "travel_minutes": match.travel_minutes,
        "street": site.street if site else "",
        "city": site.city if site else "",
        "state": site.state if site else "",
        "zip": site.zip if site else "",
        "phone": phrases.phone(program),
        "url": program.url,
        "why": phrases.why(match),
        "confirm": "; ".join(question.ask for question in match.questions),
        "same_site": "; ".join(match.same_site),
        "source": program.source.name,
        "source_record": program.source.record,
        "verified": program.verified,
    }


def _safe(row: Mapping[str, Any]) -> dict[str, str]:
    """Every value as text that no spreadsheet takes for a formula; numbers stay numbers."""
    return {key: neutral(value) for key, value in row.items()}


def neutral(value: Any) -> str:
    """`value` as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    return guarded(plain(value))
