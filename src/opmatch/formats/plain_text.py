"""Texts of published records as a catalog may hold them: one line, no markup, of a bounded length."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from opmatch.catalog.plain import UNWANTED
from opmatch.places.names import STATES

SHORT: Final = 200  # characters of a name, a street, a phone; the directories stop at 83
LONG: Final = 1000  # characters of a remark
_MOST_READ: Final = 20_000  # characters looked at; far more than is kept
_MARK: Final = "\ufeff"  # nobody sees it, and a catalog drops it
_ZIP_DIGITS: Final = 5
_MARKUP: Final = re.compile(
    r"<(script|style)\b[^<>]{0,500}>[^<]*</\1\s*>|</?[a-zA-Z!][^<>]{0,500}>", re.IGNORECASE
)
_URL: Final = re.compile(r"https?://[^\s/]+[^\s]*", re.IGNORECASE)
_BARE_HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
_LONGEST_URL: Final = 500
_STATE_CODES: Final = {name.casefold(): code for code, name in STATES.items()}


def clean(text: str, longest: int = SHORT) -> str:
    """`text` on one line and of a length a catalog takes, without characters that no catalog may hold."""
    return " ".join(UNWANTED.sub(" ", text[: 2 * longest]).replace(_MARK, " ").split())[:longest].rstrip()


def prose(value: Any, longest: int = LONG) -> str:
    """Text that may hold markup ("<p>Call &amp; ask</p>") as plain words; "" for what is no text at all."""
    text = scalar(value)[:_MOST_READ]
    if "<" in text or "&" in text:
        text = html.unescape(_MARKUP.sub(" ", text))
    return clean(text, longest)


def scalar(value: Any) -> str:
    """A single value of a JSON record as text; "" for null, for lists and for mappings."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        try:
            return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        except ValueError:  # an integer of thousands of digits
            return ""
    return ""


def five_digits(text: str) -> str:
    """A ZIP in five digits, or "" for what is none. Spreadsheets drop leading zeros and "02134-1000" ends."""
    digits = text.split("-", 1)[0].strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _ZIP_DIGITS):
        return ""
    return digits.zfill(_ZIP_DIGITS)


def state_code(text: str) -> str:
    """The two letters of a state or territory, from its letters or its name; "" for what is none."""
    words = text.strip().strip(".")
    if words.upper() in STATES:
        return words.upper()
    return _STATE_CODES.get(words.casefold(), "")


def web_address(text: str) -> str:
    """A web address as a catalog takes it; a bare host gets https. "" for what is none."""
    words = UNWANTED.sub("", text).strip()
    if len(words) > _LONGEST_URL:
        return ""
    if _URL.fullmatch(words):
        scheme, rest = words.split(":", 1)
        return f"{scheme.lower()}:{rest}"
    return f"https://{words}" if _BARE_HOST.fullmatch(words) else ""


def coordinates(latitude: str, longitude: str) -> Mapping[str, float] | None:
    """Both coordinates in degrees, or None where they are missing or can't be a place (0, 0 included)."""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None
    if not (-90 <= north <= 90 and -180 <= east <= 180) or (north == 0 and east == 0):
        return None
    return {"latitude": north, "longitude": east}


def without_blanks(**values: Any) -> dict[str, Any]:
    """The values that say something: no empty text, list or mapping, no None. False and 0 say something."""
    return {key: value for key, value in values.items() if not _blank(value)}


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | tuple | dict) and not value)
