"""Files the command line reads and writes: requests in, answers out, each kept private."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from opmatch.errors import InputError, Problem, UsageError

REQUEST_LIMIT_BYTES = 1_000_000  # a request is a few lines; more is some other file
_OWNER_ONLY = 0o600


def read_input(source: str, limit: int = REQUEST_LIMIT_BYTES) -> tuple[str, str]:
    """The text of the file `source`, or of standard input for "-", with the name to call it in errors.

    Raises InputError when it is missing, a folder, too large or not UTF-8.
    """
    name = "standard input" if source == "-" else source
    try:
        if source == "-":
            raw = getattr(sys.stdin, "buffer", None)
            data = raw.read(limit + 1) if raw is not None else sys.stdin.read(limit + 1).encode()
        else:
            with Path(source).open("rb") as file:
                data = file.read(limit + 1)
    except OSError as error:
        raise InputError((Problem(name, f"can't be read: {reason(error)}"),)) from None
    except ValueError:  # a NUL in the name
        raise InputError((Problem(name, "is no file name"),)) from None
    if len(data) > limit:
        raise InputError((Problem(name, f"is larger than {limit:,} bytes: that is no request"),))
    try:
        return data.decode("utf-8-sig"), name
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError((Problem(name, "is not UTF-8 text", line=line, mend="save it as UTF-8"),)) from None


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path` as a whole or not at all, readable by its owner only.

    Raises UsageError when it can't be written; what was there before is then still there.
    """
    write_private_parts(path, (text,))


def write_private_parts(path: Path, parts: Iterable[str]) -> None:
    """The same for a text that is made part by part and need not fit into memory."""
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name a file in it")
        if path.exists() and not path.is_file():  # a device or a pipe has nothing to replace
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(parts)
            return
        _replace(path.resolve(), parts)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {reason(error)}") from None
    except ValueError:
        raise UsageError("the output's file name can't be used") from None


def reason(error: OSError) -> str:
    """The system's words for what went wrong, without its number."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return (error.strerror or type(error).__name__).lower()


def _replace(path: Path, parts: Iterable[str]) -> None:
    import tempfile

    # mkstemp makes the file 0600 from the start, so nobody can read it in between.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(parts)
        temporary.chmod(_OWNER_ONLY)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
