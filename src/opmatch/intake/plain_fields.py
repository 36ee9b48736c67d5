"""Request values that need no vocabulary: age, dates, delivery, profiles and the client reference."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from opmatch.errors import UsageError
from opmatch.intake.quote import quoted
from opmatch.model.request import MUST_NAMES, DeliveryWish
from opmatch.pattern import pattern

OLDEST: Final = 120  # years
WEIGHTS: Final = ("balanced", "fit", "speed", "close", "cost")
_DELIVERY: Final[dict[str, DeliveryWish]] = {
    **dict.fromkeys(("in-person", "inperson", "on-site", "onsite", "face-to-face"), "in-person"),
    **dict.fromkeys(("virtual", "telehealth", "online", "remote", "video"), "virtual"),
    **dict.fromkeys(("any", "either", "both"), "any"),
}
_MUST: Final = {
    **{name: name for name in MUST_NAMES},
    "approaches": "approach",
    "services": "service",
    "supports": "support",
    "languages": "language",
    "population": "for",
    "populations": "for",
}
_AHEAD: Final = pattern(r"([0-9]{1,4})\s*(d|days?|w|wks?|weeks?)")
_MAX_REF: Final = 100  # characters
_TELLING: Final = (
    ("an email address", pattern(r"\S+@\S+")),
    ("a Social Security number", pattern(r"[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}")),
    ("a phone number", pattern(r"(?:\+?1[\s.-]*)?\(?[2-9][0-9]{2}\)?[\s.-]*[0-9]{3}[\s.-]*[0-9]{4}")),
    (
        "a date",
        pattern(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}"),
    ),
    ("a date", pattern(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")),
    ("a name", pattern(r"[A-Z][^\W\d_.'-]*(?:[.'-]\w*)*(?:,?\s+[A-Z][^\W\d_]*(?:[.'-]\w*)*)+")),
)
"""Forms of what a reference must not be, matched against the whole of it. "Ward B" is refused as a name
too: a false alarm costs a hyphen, a name in a mailed answer can't be called back."""


def read_age(text: str) -> int:
    """Whole years, 0 to 120. Raises UsageError."""
    text = text.strip()
    if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > OLDEST:
        raise UsageError(f"{quoted(text)} is no age; write whole years from 0 to {OLDEST}")
    return int(text)


def read_delivery(text: str) -> DeliveryWish:
    """Raises UsageError."""
    found = _DELIVERY.get(re.sub(r"[\s_]+", "-", text.strip().lower()))
    if found is None:
        raise UsageError(f"{quoted(text)} is no way to attend; write in-person, virtual or any")
    return found


def read_start_by(text: str, as_of: dt.date) -> dt.date:
    """A date as 2026-12-01, or counted from `as_of`: 7d, 2w. Raises UsageError, for a past day too."""
    words = text.strip().lower()
    if match := _AHEAD.fullmatch(words):
        days = int(match[1]) * (7 if match[2].startswith("w") else 1)
        return as_of + dt.timedelta(days=days)
    if words == "today":
        return as_of
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words):
            raise ValueError
        day = dt.date.fromisoformat(words)
    except ValueError:
        raise UsageError(f"{quoted(text)} is no day; write {as_of}, 7d or 2w") from None
    if day < as_of:
        raise UsageError(f"{quoted(text)} is before {as_of}, the day this is made for")
    return day


def read_weights(text: str) -> str:
    """The name of a weight profile. Raises UsageError."""
    name = text.strip().lower()
    if name not in WEIGHTS:
        raise UsageError(
            f"{quoted(text)} is no weight profile; write {', '.join(WEIGHTS[:-1])} or {WEIGHTS[-1]}"
        )
    return name


def read_must(text: str) -> str:
    """One of MUST_NAMES, from its plural or the key's name too. Raises UsageError."""
    found = _MUST.get(text.strip().lower())
    if found is None:
        names = f"{', '.join(MUST_NAMES[:-1])} or {MUST_NAMES[-1]}"
        raise UsageError(f"{quoted(text)} can't be made a condition; write {names}")
    return found


def read_switch(value: bool | str) -> bool:
    """true or false, from the words of CSV cells too. Raises UsageError."""
    if isinstance(value, bool):
        return value
    words = value.strip().lower()
    if words in ("true", "yes", "1", "y"):
        return True
    if words in ("false", "no", "0", "n"):
        return False
    raise UsageError(f"{quoted(value)} is neither true nor false")


def read_ref(text: str) -> str:
    """An opaque client reference. Raises UsageError, never repeating it, if it tells who the client is."""
    ref = text.strip()
    if len(ref) > _MAX_REF or not ref.isprintable():
        raise UsageError(f"takes a code of at most {_MAX_REF} printable characters")
    for what, form in _TELLING:
        if form.fullmatch(ref):
            why = "and answers carry it; use a code that means nothing to others"
            raise UsageError(f"looks like {what}, {why}")
    return ref
