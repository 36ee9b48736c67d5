"""What is wrong with a row, told with its words or without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from opmatch.batch.outcome import Fault, Wrong
from opmatch.batch.words import Flaw
from opmatch.errors import DeclinedTermError, UnknownTermError, UsageError
from opmatch.intake import understand
from opmatch.intake.quote import quoted
from opmatch.intake.words import RequestWords, as_document

_QUOTE: Final = re.compile(r'"([^"]*)"')
_LEFT_OUT: Final = '"…"'
_TELLING: Final = 3  # characters from which a word that stands in a message by chance would be odd
_UNSAID: Final = "can't be understood"


def of_flaw(flaw: Flaw, help_line: str = "") -> Fault:
    """A row that is no request. Its messages name keys and never values."""
    return _fault(tuple(Wrong(key, message) for key, message in flaw.problems), help_line)


def of_error(error: understand.RequestError, words: RequestWords, *, with_request: bool) -> Fault:
    """Values that can't be understood; without the request no message repeats one of them."""
    return _fault(
        tuple(
            Wrong(
                one.key,
                one.message if with_request else _discreet(one.error, one.message, words),
                _candidates(one.error),
            )
            for one in error.wrongs
        ),
        error.help_line,
    )


def _fault(problems: tuple[Wrong, ...], help_line: str = "") -> Fault:
    unsure = all(one.candidates for one in problems)
    message = "; ".join(f"{one.key}: {one.message}" if one.key else one.message for one in problems)
    return Fault(kind="unsure" if unsure else "invalid", message=message, problems=problems, help=help_line)


def _candidates(error: UsageError) -> tuple[str, ...]:
    return error.suggestions if isinstance(error, UnknownTermError) else ()


def _discreet(error: UsageError, message: str, words: RequestWords) -> str:
    if isinstance(error, DeclinedTermError):
        return f"is no {error.kind} here: {error.reason} Look for: {error.look_for}"
    if isinstance(error, UnknownTermError):
        meant = f"; did you mean {', '.join(error.suggestions)}?" if error.suggestions else ""
        return f"is no {error.kind} that is known for sure{meant}"
    values = tuple(dict.fromkeys(_texts(as_document(words))))
    for value in values:
        for shown in (quoted(value), repr(value)):
            message = message.replace(shown, _LEFT_OUT)
    message = _QUOTE.sub(lambda found: _LEFT_OUT if _is_part(found[1], values) else found[0], message)
    # Whatever else a message may be made of: rather none than one that gives a value away.
    bare = message.replace(_LEFT_OUT, "").casefold()
    return _UNSAID if any(len(one) >= _TELLING and one.casefold() in bare for one in values) else message


def _is_part(quote: str, values: Iterable[str]) -> bool:
    part = quote.removesuffix("…").casefold()
    return any(part in value.casefold() for value in values)


def _texts(document: Mapping[str, Any]) -> Iterator[str]:
    for value in document.values():
        for text in value if isinstance(value, list) else (value,):
            if not isinstance(text, bool):
                yield str(text).strip()
