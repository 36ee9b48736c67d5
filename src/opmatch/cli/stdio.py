"""The terminal: what stdout and stderr can show, and writing to them."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

from opmatch.errors import UsageError

if TYPE_CHECKING:
    from opmatch.render.layout import Layout

NARROWEST, WIDEST = 60, 140  # columns; past that lines get hard to read
WIDTH_UNKNOWN = 80
_CLOSED = (errno.EPIPE, errno.EINVAL)  # Windows says EINVAL for a pipe whose reader is gone


def prepare_streams() -> None:
    """Let no character stop the output: UTF-8 into pipes and files, replacement on a terminal that lacks it.

    A pipe on Windows would else be read and written in a code page that can't hold every name.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        with contextlib.suppress(OSError, ValueError):
            if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def terminal(*, color: bool = True, to_file: bool = False) -> Layout:
    """What standard output can show; `to_file` for text that goes into a file instead."""
    from opmatch.render.layout import Layout

    columns = shutil.get_terminal_size((WIDTH_UNKNOWN, 24)).columns if not to_file else WIDTH_UNKNOWN
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("_", "-")
    return Layout(
        width=max(NARROWEST, min(WIDEST, columns)),
        color=color and not to_file and _shows_color(),
        ascii=not to_file and not encoding.startswith("utf"),
    )


def is_terminal(stream: TextIO) -> bool:
    """Whether a person is looking at `stream`."""
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def _shows_color() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not is_terminal(sys.stdout):
        return False
    if sys.platform == "win32":  # the old console prints colour codes as rubbish
        return any(os.environ.get(name) for name in ("WT_SESSION", "ANSICON", "ConEmuANSI", "TERM"))
    return True


def write_text(text: str) -> None:
    """Text for people to stdout. A reader that has seen enough is no error.

    Raises UsageError when stdout can't be written for another reason, such as a full disk.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _not_written(error)


def write_data(text: str) -> None:
    """Data to stdout: UTF-8 with plain newlines, whatever the terminal or the system is set to."""
    write_bytes(text.encode("utf-8"))


def write_bytes(data: bytes) -> None:
    """The same of data that is UTF-8 already."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        return write_text(data.decode())
    try:
        sys.stdout.flush()
        raw.write(data)
        raw.flush()
    except OSError as error:
        _not_written(error)
    return None


def write_note(text: str) -> None:
    """Words for the person at the terminal, on stderr, as they are but for control characters."""
    from opmatch.render.plain import plain

    with contextlib.suppress(OSError, ValueError):
        for line in text.splitlines():
            sys.stderr.write(plain(line) + "\n")
        sys.stderr.flush()


def write_error(text: str) -> None:
    """An error to stderr, every line marked as ours."""
    write_note("\n".join(f"opmatch: {line}" for line in text.splitlines() or [text]))


def _not_written(error: OSError) -> None:
    if error.errno in _CLOSED:
        # Python flushes stdout once more at exit; there is nobody left to write to.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    raise UsageError(f"standard output can't be written: {error.strerror}") from None
