"""Opening hours as schedules of the Human Services Data Specification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from opmatch.catalog.as_written import Written
from opmatch.formats.hsds_own import stable_id
from opmatch.model.clock_text import parse_days

_BYDAY: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MIDNIGHT: Final = "24:00"
_ALL_DAY: Final = "00:00-24:00"


def schedules(hours: Mapping[str, Any], service: str) -> list[Written]:
    """A weekly rule for each stretch of hours; days that are closed, or open all day, in words.

    A day that isn't in `hours` is unknown and gets nothing.
    """
    return [
        {"id": stable_id("schedule", service, days, text), "service_id": service} | _schedule(days, text)
        for days, said in hours.items()
        for text in ([said] if isinstance(said, str) else said)
    ]


def _schedule(days_text: str, text: str) -> Written:
    days = parse_days(days_text)
    if text == "closed" or text == _ALL_DAY:
        words = "Closed" if text == "closed" else "24 hours"
        return {"description": f"{', '.join(_NAMES[day] for day in days)}: {words}"}
    opens, _, closes = text.partition("-")
    return {
        "freq": "WEEKLY",
        "byday": ",".join(_BYDAY[day] for day in days),
        "opens_at": opens,
        "closes_at": "00:00" if closes == _MIDNIGHT else closes,
    }
