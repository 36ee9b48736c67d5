"""Typable ids from what a record says, the same in every import whatever the order of the records."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

_LONGEST_SLUG: Final = 48  # letters; longer names are cut between words
_HASH_LETTERS: Final = (4, 4, 4, 8)  # at each step; the last is for hashes that clash themselves
_NOT_A_WORD: Final = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """`text` in lower-case letters, digits and hyphens; empty when nothing of it can be written so."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("'", "").replace("’", ""))
    words = _NOT_A_WORD.sub("-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    if len(words) <= _LONGEST_SLUG:
        return words
    cut = words[: _LONGEST_SLUG + 1].rsplit("-", 1)[0]
    return cut[:_LONGEST_SLUG]


def stems(records: Sequence[tuple[str, ...]]) -> list[str]:
    """One id stem a record, all different. Each record is its name, its ZIP, then what tells namesakes apart.

    Namesakes in one ZIP get a short hash of the first of these texts that tells them apart, so neither the
    order of the records nor a new neighbour elsewhere changes an id. Records that are equal in every text are
    numbered.
    """
    plain = ["-".join(filter(None, (slug(record[0]) or "program", slug(record[1])))) for record in records]
    out = list(plain)
    details = max((len(record) for record in records), default=0) - 2
    for step in range(max(details, len(_HASH_LETTERS))):
        clashing = _clashing(out)
        if not clashing:
            return out
        for place in clashing:
            # The names count too, since the slug may have been cut.
            known = records[place][: 3 + step]
            letters = _HASH_LETTERS[min(step, len(_HASH_LETTERS) - 1)]
            out[place] = f"{plain[place]}-{_hash(known, letters)}"
    taken = set(out)
    for place in _clashing(out):
        numbers = (f"{out[place]}-{number}" for number in itertools.count(1))
        out[place] = next(stem for stem in numbers if stem not in taken)
        taken.add(out[place])
    return out


def _clashing(stems: Sequence[str]) -> list[int]:
    count = Counter(stems)
    return [place for place, stem in enumerate(stems) if count[stem] > 1]


def _hash(texts: tuple[str, ...], letters: int) -> str:
    # Spelling that people don't see as different must not make a different id.
    same = "\0".join(" ".join(text.casefold().split()) for text in texts)
    return hashlib.sha256(same.encode()).hexdigest()[:letters]
