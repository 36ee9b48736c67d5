"""A call about many people at once: one number, and each question with everybody it is for."""

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


class GroupQuestion(Struct, frozen=True, kw_only=True):
    """What to ask; `people` are those it is for, each with the ids of the programs it is about."""

    ask: str
    people: tuple[tuple[str, tuple[str, ...]], ...]


class GroupCall(Struct, frozen=True, kw_only=True):
    """One number to call; "" where none is listed, then for one program alone. `people` counts them."""

    phone: str
    programs: tuple[Behind, ...]
    questions: tuple[GroupQuestion, ...]
    people: int
