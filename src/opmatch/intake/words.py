"""A request as it was typed, by the keys that files, flags and CSV columns share; nothing is resolved yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import asdict, replace

from opmatch.errors import UsageError


class Where(NamedTuple):
    """The file and line (1-based, where known) a value was read from."""

    file: str
    line: int | None = None


class RequestWords(Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"except_ids": "except"}):
    """What was asked for, as it was typed; None or empty is not asked.

    `sources` is no request key: it says where values came from that were read from a file.
    """

    needs: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    age: str | int | None = None
    near: str | None = None
    within: str | float | None = None  # a number is miles
    delivery: str | None = None
    when: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    language: str | None = None
    populations: tuple[str, ...] = ()
    gender: str | None = None
    approaches: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    start_by: str | None = None
    waitlist: bool | None = None
    except_ids: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    safety_reviewed: bool | None = None
    weights: str | None = None
    ref: str | None = None
    sources: dict[str, Where] = {}


KEYS: Final[tuple[str, ...]] = tuple(key for key in RequestWords.__struct_encode_fields__ if key != "sources")
"""The keys as people write them, in order: `except`, not `except_ids`."""
LISTS: Final[frozenset[str]] = frozenset(
    key
    for key, default in zip(KEYS, RequestWords.__struct_defaults__, strict=False)
    if isinstance(default, tuple)
)
SWITCHES: Final[frozenset[str]] = frozenset({"waitlist", "safety_reviewed"})
_FIELD_OF: Final[dict[str, str]] = dict(zip(KEYS, RequestWords.__struct_fields__, strict=False))


def field_of(key: str) -> str:
    """The attribute of RequestWords for a key."""
    return _FIELD_OF[key]


def value_of(words: RequestWords, key: str) -> Any:
    return getattr(words, _FIELD_OF[key])


def merge(file_words: RequestWords, flag_words: RequestWords) -> RequestWords:
    """The file's words, each key overridden by the flag of the same name where that was given."""
    given = {key for key in KEYS if value_of(flag_words, key) not in (None, ())}
    return replace(
        file_words,
        **{_FIELD_OF[key]: value_of(flag_words, key) for key in given},
        sources={key: where for key, where in file_words.sources.items() if key not in given},
    )


def apply_change(words: RequestWords | Mapping[str, Any], change: Mapping[str, Any]) -> RequestWords:
    """The words with a partial request in request-file keys laid over: its values replace, empty ones too.

    This is what a `relax` is for. The words may be a mapping of the same keys too, such as the `request` of
    an answer. Raises UsageError for a key that is none of a request's.
    """
    if not isinstance(words, RequestWords):
        words = apply_change(RequestWords(), {key: words[key] for key in words if key != "as_of"})
    unknown = [key for key in change if key not in _FIELD_OF]
    if unknown:
        raise UsageError(f"no request has the key {', '.join(map(repr, sorted(unknown)))}")
    return replace(
        words,
        **{_FIELD_OF[key]: _plain(key, value) for key, value in change.items()},
        sources={key: where for key, where in words.sources.items() if key not in change},
    )


def _plain(key: str, value: Any) -> Any:
    if isinstance(value, Mapping):  # an answer says more of a value than the words to ask it again
        value = value.get("id") or value.get("text")
    if key not in LISTS:
        return value
    if value is None:
        return ()
    items = (value,) if isinstance(value, str) else tuple(value)
    return tuple(item["id"] if isinstance(item, Mapping) else item for item in items)


def as_document(words: RequestWords) -> dict[str, Any]:
    """The words as a request file would hold them: the keys that were given, in order."""
    values = asdict(words)
    document = {key: values[_FIELD_OF[key]] for key in KEYS}
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in document.items()
        if value not in (None, ())
    }
