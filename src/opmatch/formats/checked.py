"""Whether a program from a file of our own making is one that a catalog takes."""

from __future__ import annotations

import functools
from typing import Any

import msgspec

from opmatch.catalog.flaw import path_text
from opmatch.catalog.plain import UNWANTED
from opmatch.catalog.resolve.program import resolve
from opmatch.catalog.resolve.scope import Scope
from opmatch.catalog.written import ProgramEntry
from opmatch.formats.imported import Written
from opmatch.model.program import Origin
from opmatch.places.lookup import Places
from opmatch.vocabulary.load import load


def why_not(program: Written) -> str:
    """The first flaw for which a catalog with `program` would be refused; "" where there is none."""
    try:
        entry = msgspec.convert(msgspec.to_builtins(program), ProgramEntry)
        if _unwanted(program):
            return "holds a control character"
    except msgspec.ValidationError as error:
        return str(error)
    except RecursionError:
        return "is nested too deep"
    _, flaws = resolve(entry, Origin(name=""), (), _scope())
    return f"{path_text(flaws[0].path)} {flaws[0].message}" if flaws else ""


def _unwanted(value: Any) -> bool:
    match value:
        case str():
            return UNWANTED.search(value) is not None
        case dict():
            return any(_unwanted(one) for pair in value.items() for one in pair)
        case list():
            return any(map(_unwanted, value))
    return False


@functools.cache
def _scope() -> Scope:
    return Scope(load(), Places())
