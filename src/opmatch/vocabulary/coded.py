"""Texts of codes, or that name what is declined, read as needs."""

from __future__ import annotations

from functools import cache
from typing import Any

from opmatch.vocabulary.codes import Declined, code_words, codes_alone, codes_in, place_code, place_range
from opmatch.vocabulary.cues import NAME, SIGN, Cues, add_plain
from opmatch.vocabulary.reading import MAX_CANDIDATES, Candidate
from opmatch.vocabulary.taken import MAX_TAKEN
from opmatch.vocabulary.terms import Vocabulary
from opmatch.vocabulary.tokens import BREAK, Token
from opmatch.vocabulary.weigh import Weighed, weigh


def read_codes(
    vocabulary: Vocabulary, text: str
) -> tuple[tuple[Candidate, ...], tuple[str, ...], dict[str, Any] | None] | None:
    """The reading of a text of nothing but codes, or of words beside codes that say the need; else None."""
    alone = codes_alone(text)
    pairs = alone or tuple(codes_in(text))
    if not pairs:
        return None
    needs: dict[str, list[str]] = {}
    declined: dict[str, Any] | None = None
    wide = False
    for first, last in pairs:
        if first != last:
            in_range = place_range(vocabulary, first, last)
            wide = wide or len(in_range) > 1
            for need in in_range:
                needs.setdefault(need, []).append(f"{first}-{last}")
            continue
        placed = place_code(vocabulary, first)
        if isinstance(placed, Declined):
            declined = declined or placed.as_data(first)
        else:
            needs.setdefault(placed, []).append(first)
    if not alone and not needs:
        return None
    candidates = tuple(
        Candidate(
            id=need, label=vocabulary.label("need", need), score=0.6 if wide else 1.0, matched=tuple(codes)
        )
        for need, codes in list(needs.items())[:MAX_CANDIDATES]
    )
    roots = {need for need in needs if not set(vocabulary.ancestors(need)) & needs.keys()}
    taken = tuple(needs)[:MAX_TAKEN] if not wide else (tuple(roots) if len(roots) == 1 else ())
    return candidates, taken, declined


@cache
def _declined_cues() -> Cues:
    cues = Cues("en")
    for place, declined in enumerate(code_words().declined):
        add_plain(cues, str(place), NAME, declined.words)
    return cues


def declined_words(typed: tuple[Token, ...], weighed: tuple[Weighed, ...]) -> dict[str, Any] | None:
    """What the text names that is declined, where it covers as many words as the best need does."""
    found = weigh(_declined_cues(), [token for token in typed if token.word != BREAK], {})
    found = tuple(one for one in found if one.best > 0)
    if not found:
        return None
    rival = next((one for one in weighed if one.best >= SIGN), None)
    if rival is not None and (
        len(rival.at) > len(found[0].at)
        or (rival.best >= NAME and len(rival.at) == len(found[0].at) and rival.weight > found[0].weight)
    ):
        return None
    declined = code_words().declined[int(found[0].id)]
    return declined.as_data(declined.code)
