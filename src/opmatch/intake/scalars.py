"""YAML or JSON text as plain lists and texts: every value as it was written, nothing guessed or expanded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

MAX_CHARACTERS: Final = 200_000
_MAX_DEPTH: Final = 6
_BLANKS: Final = ("", "~", "null", "Null", "NULL")


class Entry(Struct, frozen=True):
    """One key of the file's mapping. `value` is None (a blank), a text, a list, or a dict."""

    key: str
    value: Any
    line: int | None


class UnreadableError(Exception):
    """The text can't be read any further; never leaves the package."""

    def __init__(self, message: str, mend: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.mend, self.line = message, mend, line


def read_entries(text: str, *, is_json: bool, located: bool = True) -> list[Entry]:
    """The keys of the one mapping that `text` holds, in order, repeated ones too. Raises UnreadableError.

    In JSON, looking for the line of each key takes longer than reading it: who has one line says no to
    `located`.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(
            f"has more than {MAX_CHARACTERS:,} characters: that is no request", "keep one request a file"
        )
    return _json_entries(text, located=located) if is_json else _yaml_entries(text)


def _yaml_entries(text: str) -> list[Entry]:
    import yaml

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        events = _events(loader(text))
        first = next(events)
        if isinstance(first, yaml.StreamEndEvent):
            return []
        if not isinstance(first, yaml.MappingStartEvent):
            if isinstance(first, yaml.ScalarEvent) and first.value in _BLANKS:
                return []
            raise UnreadableError("is no list of keys and values", "write lines such as needs: [ptsd]", 1)
        entries = list(_pairs(events, 1))
        extra = next(events)
        if not isinstance(extra, yaml.StreamEndEvent):
            line = extra.start_mark.line + 1
            raise UnreadableError("holds several requests", "keep one request a file", line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "broken text"
        raise UnreadableError(
            f"is not valid YAML: {what}",
            "check quotes, colons and indentation here",
            None if mark is None else mark.line + 1,
        ) from None
    return entries


def _events(loader: Any) -> Iterator[Any]:
    """The events that matter, refusing aliases, anchors and tags."""
    import yaml

    quiet = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
    while True:
        event = loader.get_event()
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableError("uses an anchor or alias (& or *)", "write the value out, in quotes", line)
        if getattr(event, "tag", None):
            raise UnreadableError("uses a tag (!)", "write the plain value, in quotes", line)
        if not isinstance(event, quiet):
            yield event


def _pairs(events: Iterator[Any], depth: int) -> Iterator[Entry]:
    import yaml

    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            return
        line = event.start_mark.line + 1
        if not isinstance(event, yaml.ScalarEvent):
            raise UnreadableError("has a list or mapping for a key", "keys are words", line)
        yield Entry(event.value, _node(next(events), events, depth + 1), line)


def _node(event: Any, events: Iterator[Any], depth: int) -> Any:
    import yaml

    if depth > _MAX_DEPTH:
        raise UnreadableError("is nested too deep", "write it flatter", event.start_mark.line + 1)
    if isinstance(event, yaml.ScalarEvent):
        if event.style:
            return event.value
        return None if event.value in _BLANKS else event.value
    if isinstance(event, yaml.MappingStartEvent):
        return {entry.key: entry.value for entry in _pairs(events, depth)}
    out = []
    while not isinstance(item := next(events), yaml.SequenceEndEvent):
        out.append(_node(item, events, depth + 1))
    return out


def _json_entries(text: str, *, located: bool) -> list[Entry]:
    try:
        # Numbers and constants stay as written; dicts are lists of pairs here, so that none is lost.
        pairs = json.loads(text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"is not valid JSON: {error.msg} (column {error.colno})",
            "check commas, quotes and brackets here",
            error.lineno if located else None,
        ) from None
    except RecursionError:
        raise UnreadableError("is nested too deep", "write it flatter") from None
    if not isinstance(pairs, _Pairs):
        raise UnreadableError("is no JSON object", 'write {"needs": ["ptsd"]}', 1)
    if not located:
        return [Entry(key, _from_json(value, 2), None) for key, value in pairs]
    at = 0
    entries = []
    for key, value in pairs:
        found = re.compile(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:").search(text, at)
        line = None if found is None else text.count("\n", 0, found.start()) + 1
        at = at if found is None else found.end()
        entries.append(Entry(key, _from_json(value, 2), line))
    return entries


class _Pairs(list[tuple[str, Any]]):
    """A JSON object, every pair of it."""


def _from_json(value: Any, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise UnreadableError("is nested too deep", "write it flatter")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _Pairs):
        return {key: _from_json(item, depth + 1) for key, item in value}
    return [_from_json(item, depth + 1) for item in value] if isinstance(value, list) else value
