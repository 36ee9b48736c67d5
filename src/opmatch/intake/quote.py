"""Somebody's own words, short and harmless enough to stand in a message."""

from __future__ import annotations

from typing import Final

_AT_MOST: Final = 40  # characters: enough to find the word again, too few for a story


def quoted(text: str) -> str:
    """`text` in double quotes, cut, with control characters and other unprintables replaced."""
    short = text if len(text) <= _AT_MOST else text[: _AT_MOST - 1] + "…"
    return '"' + "".join(char if char.isprintable() else "�" for char in short) + '"'
