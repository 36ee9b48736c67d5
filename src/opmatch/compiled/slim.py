"""A struct as the least data that decodes to it: what is as by default is left out."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct


def slim(value: Any) -> Any:
    """`value` with every struct in it as a mapping of its unusual fields."""
    if isinstance(value, Struct):
        made = {}
        for name, default in _fields(type(value)):
            own = getattr(value, name)
            if own != default:
                made[name] = slim(own)
        return made
    if isinstance(value, tuple):
        return [slim(one) for one in value]
    return value


@cache
def _fields(kind: type[Struct]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (one.name, one.default_factory() if one.default_factory is not msgspec.NODEFAULT else one.default)
        for one in msgspec.structs.fields(kind)
    )
