"""YAML text as plain data, straight from libyaml's events: nothing is guessed and nothing expands.

Plain scalars stay text exactly as written (18:30, 02134, no, 1.10, 2026-10-01), except the YAML 1.2 words for
true, false and null.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from opmatch.catalog.flaw import Flaw, FlawedError, Path, shown
from opmatch.catalog.plain import (
    MAY_HIDE_UNWANTED,
    UNWANTED,
    Document,
    Progress,
    collector_paused,
    unwanted_flaw,
)

MAX_DEPTH: Final = 32
_MAX_FLAWS = 1000  # a file with more is of another kind
_PROGRESS_EVERY = 256  # programs

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_ALIAS_MEND = "write the values out"
_TAG_MEND = "write the plain value, in quotes where it is text"


def event_source(text: str) -> Callable[[], Any]:
    """The function that gives the next event of `text`: libyaml's where present, else the pure parser's."""
    import yaml

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        get_event: Callable[[], Any] = loader(text).get_event
    except yaml.YAMLError as error:  # the pure parser looks at the characters at once
        raise FlawedError([_syntax_flaw(error, text)]) from None
    return get_event


def read_yaml(text: str, progress: Progress | None = None) -> Document:
    """`text` as a Document; what is wrong with the text itself is in its `flaws`.

    `progress` is called now and then with characters read and characters in all.
    Raises FlawedError where reading can't go on: broken syntax, nesting too deep, a second document.
    """
    import yaml

    flaws: list[Flaw] = []
    try:
        with collector_paused():
            return _read(text, flaws, progress)
    except yaml.YAMLError as error:
        flaws.append(_syntax_flaw(error, text))
    raise FlawedError(flaws)


def _read(text: str, flaws: list[Flaw], progress: Progress | None) -> Document:
    # One loop, no calls of our own in the common case: a catalog of 12,000 programs has 1.5 million events.
    from yaml import events as kinds

    scalar, mapping, sequence = kinds.ScalarEvent, kinds.MappingStartEvent, kinds.SequenceStartEvent
    ends = (kinds.MappingEndEvent, kinds.SequenceEndEvent)
    mapping_end, sequence_end = ends
    get_event = event_source(text)
    careful = MAY_HIDE_UNWANTED.search(text) is not None
    words = _WORDS
    root: list[Any] = []
    programs: list[Any] = []  # until the real one is met
    lines: dict[int, int] = {}
    stack: list[tuple[Any, Any, str | None]] = []
    container: Any = root
    append: Any = root.append  # None while the container is a mapping
    key: str | None = None  # of the mapping entry whose value comes next
    documents = 0
    while True:
        event = get_event()
        kind = event.__class__
        if kind is scalar:
            value = event.value
            if event.tag is not None or event.anchor is not None:
                flaws.extend(_node_flaws(event, _path(stack, container, key)))
            if careful and UNWANTED.search(value) is not None:
                found = unwanted_flaw(_path(stack, container, key), value, event.start_mark.line + 1)
                flaws.extend([found] if found else [])
            if append is not None:
                append(words.get(value, value) if not event.style else value)
            elif key is None:
                if not event.style and value in words:
                    flaws.append(_key_flaw(event, _path(stack, container, None)))
                elif value in container:
                    flaws.append(_repeated_key(event, _path(stack, container, None)))
                key = value
            else:
                container[key] = words.get(value, value) if not event.style else value
                key = None
        elif kind is mapping or kind is sequence:
            child: Any = {} if kind is mapping else []
            if event.tag is not None or event.anchor is not None:
                flaws.extend(_node_flaws(event, _path(stack, container, key)))
            if append is not None:
                if container is programs:
                    lines[len(programs)] = event.start_mark.line + 1
                    if progress is not None and len(programs) % _PROGRESS_EVERY == 0:
                        progress(min(event.start_mark.index, len(text)), len(text))
                append(child)
            elif key is None:
                flaws.append(_key_flaw(event, _path(stack, container, None)))
                raise FlawedError(flaws)
            else:
                container[key] = child
                if key == "programs" and len(stack) == 1 and kind is sequence:
                    programs = child
            stack.append((container, append, key))
            if len(stack) > MAX_DEPTH:
                line = event.start_mark.line + 1
                flaws.append(Flaw((), f"is nested more than {MAX_DEPTH} deep", "write it flatter", line))
                raise FlawedError(flaws)
            container, key = child, None
            append = child.append if kind is sequence else None
        elif kind is mapping_end or kind is sequence_end:
            container, append, key = stack.pop()
            key = None
        elif kind is kinds.AliasEvent:
            line = event.start_mark.line + 1
            message = f"uses the alias *{shown(event.anchor)}"
            flaws.append(Flaw(_path(stack, container, key), message, _ALIAS_MEND, line))
            if append is not None:
                append(None)
            else:
                key = shown(event.anchor) if key is None else container.update({key: None})
        elif kind is kinds.DocumentStartEvent:
            documents += 1
            if documents > 1:
                line = event.start_mark.line + 1
                flaws.append(Flaw((), "holds several documents", "keep one document a file", line))
                raise FlawedError(flaws)
        elif kind is kinds.StreamEndEvent:
            return Document(data=root[0] if root else None, lines=lines, flaws=tuple(flaws))
        if len(flaws) > _MAX_FLAWS:
            raise FlawedError(flaws)


def _path(stack: list[tuple[Any, Any, str | None]], container: Any, key: str | None) -> Path:
    """Where the reading is: every open container's key or position."""
    path: list[str | int] = []
    for index, (outer, _append, outer_key) in enumerate(stack):
        if index > 0:  # the first is the list that holds the document itself
            path.append(outer_key if outer_key is not None else len(outer) - 1)
    if key is not None:
        path.append(key)
    elif isinstance(container, list) and stack:
        path.append(len(container))
    return tuple(path)


def _node_flaws(event: Any, path: Path) -> list[Flaw]:
    line = event.start_mark.line + 1
    flaws = []
    if event.anchor is not None:
        flaws.append(Flaw(path, f"has the anchor &{shown(event.anchor)}", _ALIAS_MEND, line))
    if event.tag is not None:
        flaws.append(Flaw(path, f"has the tag {shown(event.tag)}", _TAG_MEND, line))
    return flaws


def _key_flaw(event: Any, path: Path) -> Flaw:
    words = getattr(event, "value", None)
    message = "has a list or mapping for a key" if words is None else f"has the key {words or 'nothing'!r}"
    return Flaw(
        path, message, "keys are words; put quotes around it if it is meant", event.start_mark.line + 1
    )


def _repeated_key(event: Any, path: Path) -> Flaw:
    message = "is written twice; the second would silently replace the first"
    return Flaw((*path, event.value), message, "keep one", event.start_mark.line + 1)


def _syntax_flaw(error: Exception, text: str) -> Flaw:
    """The parser's complaint, with its line."""
    mark = getattr(error, "problem_mark", None)
    position = getattr(error, "position", None)  # of a character no YAML may have, in bytes
    words = getattr(error, "problem", None) or getattr(error, "reason", None) or "can't be read"
    context = getattr(error, "context", None)
    message = f"is not valid YAML: {f'{context}, ' if context else ''}{words}"
    if position is not None:
        line = text.encode(errors="replace").count(b"\n", 0, position) + 1
        return Flaw((), message, "take it out", line)
    mend = "check quotes, colons and indentation here"
    return Flaw((), message, mend, None if mark is None else mark.line + 1)
