"""The ages a SAMHSA record serves, may serve and doesn't serve."""

from __future__ import annotations

from typing import Final

from opmatch.formats.imported import Written
from opmatch.formats.samhsa_codes import Directory

_BRACKETS: Final[tuple[tuple[int, int | None], ...]] = ((0, 12), (13, 17), (18, 25), (26, 64), (65, None))
_CHILD: Final = (0, 12)
_OLD: Final = 200  # older than anybody


def ages(codes: tuple[str, ...], directory: Directory) -> list[Written]:
    """Age ranges in the written format; empty where the record says nothing of ages.

    In the mental-health directory an age that no code names isn't served, once one age is named. In the
    substance use directory age codes are incomplete: what isn't named is open, except for children under 13
    where the record has codes of category AGE.
    """
    entries = [entry for code in codes for entry in directory.codes[code].ages]
    if not entries:
        return []
    has_age_codes = any(directory.codes[code].category == "AGE" for code in codes)
    out: list[Written] = []
    for bracket in _BRACKETS:
        low, high = bracket
        covering = [one for one in entries if one.min <= low and one.max >= (high or _OLD)]
        sure = any(one.sure for one in covering)
        left_open = directory.short == "su" and not (bracket == _CHILD and has_age_codes)
        if not sure and not covering and not left_open:
            continue
        last = out[-1] if out else None
        if last is not None and last.get("max") == low - 1 and ("sure" not in last) == sure:
            last.pop("max")
        else:
            last = {"min": low}
            out.append(last)
        if high is not None:
            last["max"] = high
        if not sure:
            last.pop("sure", None)
            last["sure"] = False
    return out
