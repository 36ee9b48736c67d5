"""Everything wrong with a record that isn't as the format has it, in plain words.

The fast reading stops at the first problem; this slow walk over the types is run only on what it refused.
"""

from __future__ import annotations

import difflib
import types
import typing
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec

from opmatch.catalog.flaw import Flaw, Path, shown

_KEYS_SHOWN = 8
_T = typing.TypeVar("_T")


def convert(data: Any, kind: type[_T]) -> _T:
    """`data` as `kind`, fast. Text that reads as a number or day is taken where one is due.

    Raises msgspec.ValidationError at the first problem.
    """
    return msgspec.convert(data, kind, strict=False)


def flaws_of(data: Any, kind: type[msgspec.Struct], path: Path) -> list[Flaw]:
    """Every problem of `data` as a `kind`, in the order written; none where `convert` accepts it."""
    found = list(_walk(data, kind, path))
    if not found:
        try:
            convert(data, kind)
        except msgspec.ValidationError as error:  # never lose a problem for lack of better words
            found.append(Flaw(path, f"is not as the format has it: {error}"))
    return found


def _walk(data: Any, kind: Any, path: Path) -> typing.Iterator[Flaw]:
    if data is None and _allows_none(kind):
        return
    branch = _branch(data, kind)
    if branch is None:
        if not _accepts(data, kind):
            yield _leaf_flaw(data, kind, path)
    elif _is_struct(branch):
        yield from _struct(data, branch, path)
    elif get_origin(branch) is tuple:
        for index, item in enumerate(data):
            yield from _walk(item, get_args(branch)[0], (*path, index))
        if not _accepts_length(data, kind):
            yield Flaw(path, "is empty", _mend(kind))
    else:
        for key, value in data.items():
            yield from _walk(value, get_args(branch)[1], (*path, key))


def _struct(data: dict[str, Any], kind: type[msgspec.Struct], path: Path) -> typing.Iterator[Flaw]:
    hints = _hints(kind)
    for key, value in data.items():
        if key in hints:
            yield from _walk(value, hints[key], (*path, key))
        else:
            near = difflib.get_close_matches(key, hints, n=1, cutoff=0.6)
            keys = f"the keys here are {', '.join(hints)}" if len(hints) <= _KEYS_SHOWN else "take it out"
            mend = f"did you mean {near[0]}?" if near else keys
            yield Flaw((*path, key), "is not a key of the format", mend)
    for field in msgspec.structs.fields(kind):
        if field.required and field.name not in data:
            yield Flaw((*path, field.name), "is missing", _mend(hints[field.name]) or f"write {field.name}")


@cache
def _hints(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)


def _parts(kind: Any) -> tuple[Any, ...]:
    """The members of a union, through annotations and aliases; one type is a union of one."""
    if get_origin(kind) is Annotated:
        return (
            _parts(get_args(kind)[0]) if get_origin(get_args(kind)[0]) is not tuple else (get_args(kind)[0],)
        )
    if isinstance(kind, types.UnionType) or get_origin(kind) is typing.Union:
        return tuple(part for member in get_args(kind) for part in _parts(member))
    return (kind,)


def _allows_none(kind: Any) -> bool:
    return any(part is type(None) for part in _parts(kind))


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _branch(data: Any, kind: Any) -> Any:
    """The member of the union that a mapping or list is meant as; None for anything else."""
    for part in _parts(kind):
        if isinstance(data, dict) and (_is_struct(part) or get_origin(part) is dict):
            return part
        if isinstance(data, list) and get_origin(part) is tuple:
            return part
    return None


def _accepts(data: Any, kind: Any) -> bool:
    try:
        msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def _accepts_length(data: list[Any], kind: Any) -> bool:
    return bool(data) or _accepts(data, kind)


def _mend(kind: Any) -> str:
    """What the format's own notes say to write; for a union, its first note."""
    if get_origin(kind) is Annotated:
        for note in get_args(kind)[1:]:
            if isinstance(note, msgspec.Meta) and note.extra and note.extra.get("mend"):
                return str(note.extra["mend"])
        return _mend(get_args(kind)[0])
    for member in get_args(kind) if get_origin(kind) is not Literal else ():
        if isinstance(kind, types.UnionType) or get_origin(kind) is typing.Union:
            found = _mend(member)
            if found:
                return found
    return ""


def _leaf_flaw(data: Any, kind: Any, path: Path) -> Flaw:
    words = [word for part in _parts(kind) if get_origin(part) is Literal for word in get_args(part)]
    mend = _mend(kind)
    if not mend and words:
        mend = f"write {_either([str(word) for word in words])}"
    if isinstance(data, str) and words:
        near = difflib.get_close_matches(data.casefold(), [str(word) for word in words], n=1, cutoff=0.75)
        mend = f"did you mean {near[0]}?" if near else mend
    return Flaw(path, _what(data, kind), mend or _shape(kind))


def _what(data: Any, kind: Any) -> str:
    takes_text = any(part is str for part in _parts(kind))
    if data is None:
        return "is blank"
    if isinstance(data, bool):
        return f"is {str(data).lower()}, which isn't expected here"
    if isinstance(data, int | float):
        number = shown(str(data))
        return f"is the number {number} and must be text in quotes" if takes_text else f"can't be {number}"
    if isinstance(data, str):
        return f"can't be {shown(data)!r}" if data else "is empty"
    return (
        "is a list, which isn't expected here"
        if isinstance(data, list)
        else "is a mapping, which isn't expected here"
    )


def _shape(kind: Any) -> str:
    """What to write where the format has no words of its own."""
    for part in _parts(kind):
        if _is_struct(part):
            return f"write keys such as {', '.join(list(_hints(part))[:3])}"
        if get_origin(part) is tuple:
            return "write a list, such as [a, b]"
        if get_origin(part) is dict:
            return "write keys with values"
    return "write a text"


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
