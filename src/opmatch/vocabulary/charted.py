"""A chart's SI and HI in capitals: suicidal and homicidal ideation, noted or denied."""

from __future__ import annotations

import re

_SHOUTED = 3  # words in capitals from which on capitals say nothing
_SIGN = re.compile(r"(?<![\w/])(?P<sign>[+-]?)\s?(?P<what>SI|HI)\b(?!\s+(?:joint|no|se|necesito))")
_DENIED = re.compile(
    r"\b(?:no|not|denies|denied|denying|without|negative|neg|never|niega|absent)\b[^.;]*$|\bw/o\b[^.;]*$",
    re.IGNORECASE,
)
_NONE = re.compile(r"\s*(?:/\s?HI)?\s*[:=-]*\s*(?:denie[sd]|neg|none|no\b|absent|0|\(-\))", re.IGNORECASE)


def charted(sentence: str) -> bool:
    """Whether SI or HI stands there undenied: "+SI, -HI" is a notice, "denies SI/HI" isn't."""
    if sentence.isupper() and len(sentence.split()) > _SHOUTED:
        return False
    return any(
        found["sign"] != "-"
        and not _DENIED.search(sentence[: found.start()])
        and not _NONE.match(sentence[found.end() :])
        for found in _SIGN.finditer(sentence)
    )
