"""The lines of some paths of a file: a second reading, made only when there is something to say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from opmatch.catalog.events import MAX_DEPTH, event_source
from opmatch.catalog.flaw import FlawedError, Path
from opmatch.catalog.plain import collector_paused


def lines_of(text: str, wanted: Collection[Path]) -> dict[Path, int]:
    """The line (1-based) of each wanted path: of its key or list item, else of the nearest thing around it.

    JSON is read as the YAML it nearly is; where the text can't be followed to its end, what was found counts.
    """
    prefixes = {path[:length] for path in wanted for length in range(1, len(path) + 1)}
    found: dict[Path, int] = {}
    if prefixes:
        with collector_paused():
            _follow(text, prefixes, found)
    return {path: line for path in wanted if (line := _nearest(path, found)) is not None}


def _nearest(path: Path, found: Mapping[Path, int]) -> int | None:
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return None


def _follow(text: str, prefixes: set[Path], found: dict[Path, int]) -> None:
    import yaml
    from yaml import events as kinds

    # Open containers: path, next position (None in a mapping), key that waits for its value.
    stack: list[tuple[Path, int | None, str | None]] = []
    skipping = 0  # open containers below the last one anybody asked about
    try:
        get_event = event_source(text)
        while True:
            event: Any = get_event()
            kind = event.__class__
            starts = kind is kinds.MappingStartEvent or kind is kinds.SequenceStartEvent
            if kind is kinds.StreamEndEvent:
                return
            if kind is kinds.MappingEndEvent or kind is kinds.SequenceEndEvent:
                if skipping:
                    skipping -= 1
                else:
                    stack.pop()
                continue
            if skipping:
                skipping += starts
                if skipping > MAX_DEPTH:
                    return
                continue
            if not (starts or kind is kinds.ScalarEvent or kind is kinds.AliasEvent):
                continue
            path: Path = ()
            if stack:
                outer, position, key = stack[-1]
                if position is not None:
                    path = (*outer, position)
                    stack[-1] = (outer, position + 1, None)
                elif key is None and starts:
                    return  # a list or mapping for a key: refused anyway
                elif key is None:
                    name = getattr(event, "value", "")
                    if (*outer, name) in prefixes:
                        found[(*outer, name)] = event.start_mark.line + 1
                    stack[-1] = (outer, None, name)
                    continue
                else:
                    path = (*outer, key)
                    stack[-1] = (outer, None, None)
            if starts and (not path or path in prefixes):
                stack.append((path, 0 if kind is kinds.SequenceStartEvent else None, None))
            elif starts:
                skipping = 1
            if path and isinstance(path[-1], int) and path in prefixes:
                found[path] = event.start_mark.line + 1
    except (yaml.YAMLError, FlawedError):
        return
