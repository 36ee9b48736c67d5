"""A file's text as plain data, whatever its syntax; and the text nobody may put in a catalog."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from msgspec import Struct

from opmatch.catalog.flaw import Flaw, Path

Progress = Callable[[int, int], None]
"""Called with what is done and what there is in all, in the same unit."""

_UNWANTED = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f"  # C0, the escape that starts terminal sequences among them
    r"\x7f-\x84\x86-\x9f"  # DEL and C1, but for the line break NEL, which becomes a blank as others do
    r"\u202a-\u202e\u2066-\u2069"  # overrides that make text read backwards
    r"\ud800-\udfff"  # halves of a character, which no output can encode
)
UNWANTED: Final = re.compile(f"[{_UNWANTED}]")
"""Characters refused in any text of a catalog."""
MAY_HIDE_UNWANTED: Final = re.compile(rf"[\\{_UNWANTED}]")
"""A source without any of these has no unwanted character in a value: escapes need a backslash."""


class Document(Struct, frozen=True, kw_only=True):
    """What a file says: dicts, lists, text, True, False and None; from JSON also numbers.

    `lines` are the lines of the items of the top-level list `programs`, by position.
    """

    data: Any
    lines: Mapping[int, int]
    flaws: tuple[Flaw, ...] = ()


def unwanted_flaw(path: Path, text: str, line: int | None = None) -> Flaw | None:
    """The flaw of a text that holds a character nobody should have to see, if it does."""
    found = UNWANTED.search(text)
    if found is None:
        return None
    code = f"U+{ord(found.group()):04X}"
    return Flaw(path, f"holds the control character {code}", "take it out", line)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the garbage collector, which walks millions of new objects again and again for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
