"""A request as a YAML or JSON file, read strictly: every problem at once, each with its line."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable
from typing import Any, Final

from opmatch.errors import InputError, Problem
from opmatch.intake.quote import quoted
from opmatch.intake.scalars import Entry, UnreadableError, read_entries
from opmatch.intake.words import KEYS, LISTS, SWITCHES, RequestWords, Where, field_of
from opmatch.pattern import pattern

_MAX_ITEMS: Final = 100
_MAX_TEXT: Final = 2_000  # characters of one value
_SWITCH_WORDS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_PERSONAL: Final = frozenset(
    (
        *("name", "names", "firstname", "lastname", "surname", "fullname", "initials", "nickname"),
        *("client", "patient", "member", "subscriber", "dob", "birth", "birthdate", "birthday", "born"),
        *("phone", "telephone", "tel", "mobile", "cell", "fax", "email", "mail", "address", "street"),
        *("ssn", "social", "itin", "mrn", "record", "chart", "passport", "license", "policy"),
    )
)
"""Words of keys that would hold who the client is."""
_JSON_START: Final = pattern(r'\s*\{\s*["}]')
_WORDS_OF_KEY: Final = pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def read_request(text: str, name: str) -> RequestWords:
    """The request that `text`, the content of the file called `name`, asks in its own words.

    Values stay as written: 18:30, no and 02134 are text. Blanks are not asked. Raises InputError with every
    problem: keys that are none of a request's or are written twice, values of the wrong kind, and keys that
    would hold who the client is.
    """
    text = text.removeprefix("\ufeff")
    is_json = name.lower().endswith(".json") or _JSON_START.match(text) is not None
    try:
        entries = read_entries(text, is_json=is_json)
    except UnreadableError as error:
        raise InputError((Problem(name, error.message, line=error.line, mend=error.mend),)) from None
    return request_of(entries, name)


def request_of(entries: Iterable[Entry], name: str) -> RequestWords:
    """The same of what was read already, from one row of many; `name` is the file, "" for none.

    Raises InputError with every problem, as `read_request` does.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    sources: dict[str, Where] = {}
    seen: set[str] = set()
    for entry in entries:
        path = ""
        message, mend = wrong_key(entry.key, seen)
        seen.add(entry.key)
        if not message and not _blank(entry.value):
            path = entry.key
            found, message, mend = _value(entry)
            values[field_of(entry.key)] = found
            if name:
                sources[entry.key] = Where(name, entry.line)
        if message:
            problems.append(Problem(name, message, line=entry.line, path=path, mend=mend))
    if problems:
        raise InputError(tuple(problems))
    return RequestWords(**values, sources=sources)


def wrong_key(key: str, seen: Container[str] = ()) -> tuple[str, str]:
    """What is wrong with a key and what to write instead; both empty when nothing is."""
    if key in seen:
        return f"the key {quoted(key)} is written twice", "keep one"
    if key in KEYS:
        return "", ""
    words = {word.lower() for word in _WORDS_OF_KEY.findall(key)}
    if words & _PERSONAL or key.lower().replace("_", "") in _PERSONAL:
        return (
            f"the key {quoted(key)} would say who the client is, and answers may be copied and mailed",
            "take it out; `ref` may hold a code that means nothing to others",
        )
    near = difflib.get_close_matches(key.lower().replace("-", "_"), KEYS, n=1, cutoff=0.6)
    alias = _ALIASES.get(key.lower().replace("-", "_"))
    hint = alias or (near[0] if near else "")
    mend = f"did you mean {hint}?" if hint else f"the keys are {', '.join(KEYS)}"
    return f"no request has the key {quoted(key)}", mend


_ALIASES: Final = {
    "for": "populations",
    "zip": "near",
    "location": "near",
    "distance": "within",
    "insurance": "payers",
    "schedule": "when",
    "availability": "when",
    "exclude": "except",
}
"""Words people use for a key that are spelled nothing like it."""


def _value(entry: Entry) -> tuple[Any, str, str]:
    """The value as RequestWords holds it, or what is wrong with it and how to mend it."""
    key, value = entry.key, entry.value
    if key in SWITCHES:
        if isinstance(value, str) and value.lower() in _SWITCH_WORDS:
            return _SWITCH_WORDS[value.lower()], "", ""
        return None, "is neither true nor false", f"write {key}: true"
    if key in LISTS:
        items = value if isinstance(value, list) else [value]
        items = [item for item in items if not _blank(item)]
        if not all(isinstance(item, str) for item in items):
            return None, "holds more than texts", f"write {key}: [first, second]"
        if len(items) > _MAX_ITEMS:
            return None, f"has more than {_MAX_ITEMS} entries", "keep those that matter"
        wrong = [message for item in items if (message := _wrong_text(item))]
        return tuple(items), *(wrong[0] if wrong else ("", ""))
    if not isinstance(value, str):
        return None, "takes one value, not several", f"write {key}: value"
    return value, *(_wrong_text(value) or ("", ""))


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _wrong_text(text: str) -> tuple[str, str] | None:
    if len(text) > _MAX_TEXT:
        return f"is longer than {_MAX_TEXT:,} characters", "write it shorter"
    if any(not char.isprintable() and char not in "\n\t\r" for char in text):
        return "holds control characters", "take them out"
    return None
