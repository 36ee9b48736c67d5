"""What a reader does with a `relax`: put its keys into the request, each a complete value."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec.structs import replace
from small_world import named

from opmatch.intake.week import parse_week
from opmatch.model.ranking import Change
from opmatch.model.request import Request


def relaxed(request: Request, change: Change) -> Request:
    """The request with the change applied."""
    values: dict[str, Any] = {}
    for key, value in change.items():
        match key:
            case "within":
                values["within"] = float(value)
            case "when":
                values["when"] = parse_week(value)
            case "start_by":
                values["start_by"] = dt.date.fromisoformat(value)
            case "payers":
                values["payers"] = named(*value)
            case "levels" | "must":
                values[key] = tuple(value)
            case "waitlist" | "delivery":
                values[key] = value
            case _:
                raise AssertionError(f"a relaxation of {key} is not promised")
    return replace(request, **values)
