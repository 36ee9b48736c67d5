"""The day a published file is from, where its name says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_DAY: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(?:[-_.]?(0[1-9]|1[0-2])(?:[-_.]?([0-3][0-9]))?)?(?![0-9])")


def day_of(paths: Sequence[Path]) -> dt.date | None:
    """The earliest day that the names of files tell: "ladders_2023-05-17.csv", or "rows_2019.json".

    A bare year or month is its first day, which makes few facts look fresher than they are. None where a
    file's name says nothing.
    """
    days = [_day(path.name) for path in paths]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def _day(name: str) -> dt.date | None:
    for year, month, day in _DAY.findall(name):
        try:
            if int(year) in _YEARS:
                return dt.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            continue
    return None


_AMERICAN: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b.*", re.DOTALL)
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?", re.DOTALL)
_CALENDAR: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T[0-9]{6}Z?)?")  # as RFC 5545 writes it


_YEARS: Final = range(
    1990, 2050
)  # as the catalog format has it: outside of them a fact's day is a typing error


def read_day(text: str, *, any_year: bool = False) -> dt.date | None:
    """The day of "6/28/2022 5:27 PM" (month first) or of "2022-06-28T17:27:00Z"; None for what is none.

    Facts have no day before 1990 or after 2049, but a limit may: "9999-12-31" is forever to some exporters.
    """
    words = text.strip()
    if found := _AMERICAN.fullmatch(words):
        month, day, year = (int(part) for part in found.groups())
    elif found := _ISO.fullmatch(words) or _CALENDAR.fullmatch(words):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return dt.date(year, month, day) if any_year or year in _YEARS else None
    except ValueError:
        return None
