"""How uncertain facts are read: as expected, at their worst, at their best, or with one of them fixed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

End = Literal["low", "high"]
ENDS: tuple[End, End] = ("low", "high")


class Ask(Struct, frozen=True, gc=False):
    """One uncertain fact: its key, how far it is trusted, and the question that would settle it.

    A question that takes long to put together is made when somebody reads it.
    """

    key: str
    trust: float
    question: str | Callable[[], str]

    @property
    def text(self) -> str:
        return self.question if isinstance(self.question, str) else self.question()


class View:
    """Reads a fact as trust·value + (1 − trust)·prior, and notes which facts were read, in their order.

    "low" and "high" put 0 and 1 in place of every prior; `fixed` puts a value in place of one whole fact.
    """

    def __init__(
        self,
        mode: Literal["expected"] | End = "expected",
        fixed: tuple[str, float] | None = None,
    ) -> None:
        self.mode = mode
        self.fixed = fixed
        self.asks: dict[str, Ask] = {}
        self.keys: list[str] = []

    def read(
        self, key: str, value: float, trust: float, prior: float, question: str | Callable[[], str] = ""
    ) -> float:
        """The utility of one fact; `question` settles it, where a call could."""
        self.keys.append(key)
        if question:
            self.asks.setdefault(key, Ask(key, trust, question))
        if self.fixed is not None and self.fixed[0] == key:
            return self.fixed[1]
        if self.mode == "low":
            prior = 0.0
        elif self.mode == "high":
            prior = 1.0
        return trust * value + (1.0 - trust) * prior


class Numbers(View):
    """Reads as expected and notes nothing, for those of whom only the points are asked."""

    def read(
        self, key: str, value: float, trust: float, prior: float, question: str | Callable[[], str] = ""
    ) -> float:
        return trust * value + (1.0 - trust) * prior


class Judged(Struct, frozen=True, gc=False):
    """One criterion of one way to attend, before it is weighed.

    `known` is how much of the utility is known rather than believed, 0 to 1; `prior` the belief for the rest.
    Words that take long to put together are made when somebody reads them.
    """

    utility: float
    known: float
    prior: float
    words: str | Callable[[], str]
    age_days: int | None

    @property
    def reason(self) -> str:
        return self.words if isinstance(self.words, str) else self.words()
