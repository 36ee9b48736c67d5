"""The bytes of a file of requests, or of standard input, to be read more than once."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO, Final

from opmatch.errors import InputError, Problem
from opmatch.formats.open_file import OpenFile, open_file

STANDARD_INPUT: Final = "standard input"
MAX_BYTES: Final = 64 * 1024**3
_CHUNK: Final = 1024 * 1024


class Spooled(OpenFile):
    """What can be read only once, kept in a file that has no name and goes with the process."""

    def __init__(self, file: BinaryIO, name: str, size: int) -> None:
        super().__init__(Path(name), size, None)
        self._file = file

    def close(self) -> None:
        self._file.close()

    def _binary(self) -> BinaryIO:
        # One reader at a time: copies of a handle share its position.
        handle = os.dup(self._file.fileno())
        os.lseek(handle, 0, os.SEEK_SET)
        return io.BufferedReader(io.FileIO(handle))


def open_requests(source: str, standard_input: BinaryIO) -> OpenFile:
    """The file at `source`, or `standard_input` for "-".

    Raises InputError when it can't be read or is empty.
    """
    if source != "-":
        path = Path(source)
        try:
            if path.is_dir():
                raise InputError((Problem(source, "is a folder", mend="name a file in it"),))
            if not path.exists() or path.is_file():
                return open_file(path, MAX_BYTES)
            with path.open("rb") as pipe:
                return _spooled(pipe, source)
        except OSError as error:
            raise _unreadable(source, error) from None
        except ValueError:  # a NUL in the name
            raise InputError((Problem(source, "is no file name"),)) from None
    try:
        return _spooled(standard_input, STANDARD_INPUT)
    except OSError as error:
        raise _unreadable(STANDARD_INPUT, error) from None


def _spooled(stream: BinaryIO, name: str) -> Spooled:
    # Requests are health data: on systems that can, the file has no name from the start.
    file = tempfile.TemporaryFile()  # noqa: SIM115 (kept open as long as it is read)
    shutil.copyfileobj(stream, file, _CHUNK)
    file.flush()
    size = file.tell()
    file.seek(0)
    if not file.read(_CHUNK).strip():
        file.close()
        raise InputError((Problem(name, "is empty"),))
    return Spooled(file, name, size)


def _unreadable(name: str, error: OSError) -> InputError:
    return InputError((Problem(name, f"can't be read: {(error.strerror or type(error).__name__).lower()}"),))
