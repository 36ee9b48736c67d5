"""Ids for more records than fit in memory: eight bytes a record, and two readings of the file."""

from __future__ import annotations

import hashlib
import itertools
from array import array
from bisect import bisect_left
from typing import Final

_BYTES: Final = 8
_HASH_LETTERS: Final = 8


class StreamIds:
    """First `see` every wanted id, then `take` them in the same order; all ids given out are different.

    An id that nobody else wants is given as it is. One that others want too gets a hash of what tells its
    record apart, or, where it was written by a person, the first keeps it. Equal records are numbered.
    """

    def __init__(self) -> None:
        self._wanted = array("Q")
        self._shared: set[int] = set()
        self._given: set[str] = set()  # of the shared ones only

    def see(self, wanted: str) -> None:
        self._wanted.append(_hash(wanted))

    def __len__(self) -> int:
        return len(self._wanted)

    def sort(self) -> None:
        """Call once when all are seen."""
        self._wanted = array("Q", sorted(self._wanted))
        self._shared = {one for one, next_one in itertools.pairwise(self._wanted) if one == next_one}

    def take(self, wanted: str, content: str, *, by_hand: bool) -> str:
        """The id of a record that wants `wanted`; `content` tells it apart from others that do."""
        if _hash(wanted) not in self._shared:
            return wanted
        if by_hand:
            names = itertools.chain([wanted], (f"{wanted}-{number}" for number in itertools.count(2)))
        else:
            told = f"{wanted}-{hashlib.sha256(content.encode(errors='replace')).hexdigest()[:_HASH_LETTERS]}"
            names = itertools.chain([told], (f"{told}-{number}" for number in itertools.count(2)))
        found = next(
            name
            for name in names
            if name not in self._given and (name == wanted or not self._is_wanted(name))
        )
        self._given.add(found)
        return found

    def _is_wanted(self, name: str) -> bool:
        value = _hash(name)
        place = bisect_left(self._wanted, value)
        return place < len(self._wanted) and self._wanted[place] == value


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(errors="replace"), digest_size=_BYTES).digest(), "big")
