"""What the resolving of every program shares: words, places, flaws found, equal values made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from opmatch.catalog.flaw import Flaw, Path, shown
from opmatch.catalog.resolve.words import Words
from opmatch.places.lookup import Places, ZipPlace
from opmatch.vocabulary.terms import Kind, Vocabulary

_T = TypeVar("_T")
_MARK: Final = "\ufeff"
_ONE_BY_ONE: Final = 400  # ZIPs; from then on reading the whole table is cheaper
_YEARS: Final = range(1990, 2050)
"""A fact about a program from outside these years is a typing error; a fixed range needs no clock."""


class Scope:
    """Collects flaws while one program after the other is resolved; `take_flaws` between them."""

    def __init__(self, vocabulary: Vocabulary, places: Places) -> None:
        self.words = Words(vocabulary)
        self.places = places
        self._zips: dict[str, ZipPlace | None] = {}
        self._flaws: list[Flaw] = []
        self._made: dict[Hashable, Any] = {}

    def flaw(self, at: Path, message: str, mend: str = "") -> None:
        self._flaws.append(Flaw(at, message, mend))

    def take_flaws(self) -> tuple[Flaw, ...]:
        """The flaws since the last call."""
        taken = tuple(self._flaws)
        self._flaws.clear()
        return taken

    def shared(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` gives, made once for equal keys, unless it found flaws: these belong to their place."""
        found: _T | None = self._made.get(key)
        if found is None:
            before = len(self._flaws)
            found = make()
            if len(self._flaws) == before:
                self._made[key] = found
        return found

    def zip(self, code: str) -> ZipPlace | None:
        """Where a ZIP is; None for one that isn't in the table."""
        if code not in self._zips:
            many = len(self._zips) >= _ONE_BY_ONE
            self._zips[code] = self.places.all_zips().get(code) if many else self.places.zip(code)
        return self._zips[code]

    def term(self, kind: Kind, text: str, at: Path) -> str | None:
        """The id of a vocabulary word, or None and a flaw."""
        found = self.words.id(kind, text)
        if found is None:
            near = self.words.near(kind, text)
            mend = f"did you mean {' or '.join(near)}?" if near else f"write the id of a {kind}"
            self.flaw(at, f"no {kind} is called {shown(text)!r}", mend)
        return found

    def terms(self, kind: Kind, texts: tuple[str, ...] | None, at: Path) -> tuple[str, ...]:
        """The ids of vocabulary words, each once, in the order written."""
        if not texts:
            return ()

        def make() -> tuple[str, ...]:
            found = (self.term(kind, text, (*at, index)) for index, text in enumerate(texts))
            return tuple(dict.fromkeys(id_ for id_ in found if id_ is not None))

        return self.shared((kind, texts), make)

    def day(self, value: dt.date | None, at: Path) -> dt.date | None:
        """`value`, with a flaw where its year can't be meant."""
        if value is not None and value.year not in _YEARS:
            message = f"is in the year {value.year}"
            self.flaw(at, message, f"write a day from {_YEARS.start} to {_YEARS.stop - 1}")
        return value


def one_line(text: str | None) -> str:
    """A text without line breaks, doubled blanks and stray byte order marks; "" where there is none."""
    return " ".join(text.replace(_MARK, "").split()) if text else ""
