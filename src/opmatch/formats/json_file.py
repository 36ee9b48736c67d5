"""JSON files of any usual encoding as plain data; several documents, one a line, are a list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from opmatch.errors import InputError, Problem
from opmatch.formats.open_file import open_file

MAX_BYTES: Final = 512 * 1024 * 1024  # the whole locator is a tenth of it
_MEND: Final = "download it again"


def read_json(path: Path) -> Any:
    """What the file says. Raises InputError when it can't be read or isn't JSON."""
    with open_file(path, MAX_BYTES).text() as stream:
        text = stream.read()
    return read_text(text, str(path))


def read_text(text: str, file: str) -> Any:
    """What `text` says; `file` is its name in errors. Raises InputError."""
    try:
        return _decoded(text)
    except RecursionError:
        raise _error(file, "is nested too deep", "give the published file") from None
    except ValueError as error:
        try:
            lines = [_decoded(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            lines = []
        if len(lines) > 1:
            return lines
        line = getattr(error, "lineno", None)
        words = getattr(error, "msg", "a number that is too long")
        raise _error(file, f"is not valid JSON: {words}", _MEND, line) from None


def looks_like_json(start: bytes) -> bool:
    """Whether a file that starts so may be JSON."""
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] in (b"{", b"[")


def _decoded(text: str) -> Any:
    # NaN and infinities are no JSON, but exporters write them for what they don't know.
    return json.loads(text, parse_constant=lambda _word: None)


def _error(file: str, message: str, mend: str = "", line: int | None = None) -> InputError:
    return InputError((Problem(file, message, mend=mend, line=line),))
