"""A list of calls about many people, part by part: a number, then its questions, each with its people."""

from __future__ import annotations

from msgspec import Struct


class Behind(Struct, frozen=True, kw_only=True):
    """A program behind a number; `phone` is "" where none is listed, and for what doesn't exist."""

    id: str
    phone: str
    name: str
    organization: str
    level: str
    fictional: bool


class GroupCall(Struct, frozen=True, kw_only=True):
    """One number to call; "" where none is listed, then for one program alone. `people` counts them."""

    phone: str
    programs: tuple[Behind, ...]
    people: int


class GroupQuestion(Struct, frozen=True, kw_only=True):
    """What to ask there."""

    ask: str


class Asker(Struct, frozen=True, kw_only=True):
    """Whom the question is for, and the ids of the programs it is about."""

    person: str
    programs: tuple[str, ...]


Part = GroupCall | GroupQuestion | Asker
"""A call is followed by its questions, a question by its people; a list may be too long to be one value."""
