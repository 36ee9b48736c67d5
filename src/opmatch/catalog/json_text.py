"""JSON text as plain data, refusing what JSON readers let pass: repeated keys, NaN, endless numbers."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from msgspec import Struct

from opmatch.catalog.flaw import Flaw, FlawedError, Path, shown
from opmatch.catalog.plain import MAY_HIDE_UNWANTED, Document, collector_paused, unwanted_flaw

_MAX_DIGITS: Final = 30


_Doubled = dict[int, tuple[dict[str, Any], tuple[str, ...]]]
"""By identity, each dict that lost a value (held, so that no other takes its identity), and the keys."""


class _Refused(Struct):
    """Stands where a number stood that is none."""

    text: str


def read_json(text: str) -> Document:
    """`text` as a Document (without lines). Raises FlawedError for broken syntax and nesting too deep."""
    doubled: _Doubled = {}
    refused: list[_Refused] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(items)
        if len(made) != len(items):
            counts = Counter(key for key, _value in items)
            doubled[id(made)] = made, tuple(sorted(key for key, count in counts.items() if count > 1))
        return made

    def constant(words: str) -> Any:
        refused.append(_Refused(words))
        return refused[-1]

    def integer(digits: str) -> Any:
        return int(digits) if len(digits) <= _MAX_DIGITS else constant(digits)

    try:
        with collector_paused():
            data = json.loads(text, object_pairs_hook=pairs, parse_constant=constant, parse_int=integer)
    except json.JSONDecodeError as error:
        message = f"is not valid JSON: {error.msg} (column {error.colno})"
        mend = "check commas, quotes and brackets here"
        raise FlawedError([Flaw((), message, mend, error.lineno)]) from None
    except RecursionError:
        raise FlawedError([Flaw((), "is nested too deeply", "write it flatter")]) from None
    flaws: list[Flaw] = []
    if doubled or refused or MAY_HIDE_UNWANTED.search(text):
        _walk(data, (), doubled, flaws)
    return Document(data=data, lines={}, flaws=tuple(flaws))


def _walk(data: Any, path: Path, doubled: _Doubled, flaws: list[Flaw]) -> None:
    stack: list[tuple[Any, Path]] = [(data, path)]
    while stack:
        value, at = stack.pop()
        if isinstance(value, str):
            flaw = unwanted_flaw(at, value)
            flaws.extend([flaw] if flaw else [])
        elif isinstance(value, dict):
            for key in doubled.get(id(value), (None, ()))[1]:
                message = "is written twice; the second would silently replace the first"
                flaws.append(Flaw((*at, key), message, "keep one"))
            for key in value:
                flaw = unwanted_flaw(at, key)
                flaws.extend([flaw] if flaw else [])
            stack.extend((item, (*at, key)) for key, item in reversed(value.items()))
        elif isinstance(value, list):
            stack.extend((item, (*at, index)) for index, item in reversed(list(enumerate(value))))
        elif isinstance(value, _Refused):
            flaws.append(Flaw(at, f"{shown(value.text)} is no usable number", "write a plain number"))
