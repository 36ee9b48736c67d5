"""Whether a schedule of the Human Services Data Specification is in force on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from opmatch.formats.file_dates import read_day

NOTHING: Final = ("", "null", "none", "n/a", "0")
"""What exporters write where a limit is none."""
_FOREVER: Final = 2050  # 2099-12-31 and 9999-12-31 are no last days
_OVER: Final = "is over"
_PERHAPS_OVER: Final = "is over, or may be"
_NOT_BEGUN: Final = "has not begun"
NOT_NOW: Final = (_OVER, _PERHAPS_OVER, _NOT_BEGUN)
"""Reasons that say nothing of the hours of another line."""


def not_in_force(text: Mapping[str, str], today: dt.date | None) -> str:
    """Why a schedule with these limits says nothing of `today`; "" where it does, as far as it says."""
    ends = [read_day(text[name], any_year=True) for name in ("until", "valid_to") if text[name]]
    # A rule's anchor may be a bare time; the first day that a schedule is valid may not.
    starts = [read_day(text[name], any_year=True) for name in ("valid_from", "dtstart")]
    if text["count"] not in NOTHING:
        return "holds a number of times only"
    if any(end is None for end in ends):
        return "its last day can't be read"
    if text["valid_from"] and starts[0] is None:
        return "its first day can't be read"
    known = [end for end in ends if end is not None and end.year < _FOREVER]
    if known and (today is None or min(known) < today):
        return _PERHAPS_OVER if today is None else _OVER
    if today is not None and any(start is not None and start > today for start in starts):
        return _NOT_BEGUN
    return ""
