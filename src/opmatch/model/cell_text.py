"""Text for a cell of a sheet, which no spreadsheet takes for a formula and which reads back as it was."""

from __future__ import annotations

import re
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_GUARD: Final = "'"
_GUARDED: Final = re.compile(r"'+\s*[=+\-@|%]")


def guarded(text: str) -> str:
    """`text`, with an apostrophe before it where a spreadsheet would run it, or take that apostrophe away."""
    runs = text.lstrip().startswith(FORMULA_STARTS) or _GUARDED.match(text)
    return f"{_GUARD}{text}" if runs else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text.removeprefix(_GUARD) if _GUARDED.match(text) else text
