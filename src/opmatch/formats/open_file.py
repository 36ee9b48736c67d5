"""A file to import: its first bytes, its bytes as a whole, or its text as a stream."""

from __future__ import annotations

import codecs
import hashlib
import io
from pathlib import Path
from typing import BinaryIO, Final

from opmatch.errors import InputError, Problem

_CHUNK: Final = 1024 * 1024
_START: Final = 64
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class OpenFile:
    """A file read as often as needed. What can be read only once, such as a pipe, is held in memory.

    `size` in bytes. Use `open_file` to make one.
    """

    def __init__(self, path: Path, size: int, held: bytes | None) -> None:
        self.path, self.size, self._held = path, size, held
        self._raw: BinaryIO | None = None

    def start(self) -> bytes:
        return self.first(_START)

    def first(self, count: int) -> bytes:
        """The first `count` bytes."""
        with self._binary() as file:
            return file.read(count)

    def everything(self) -> bytes:
        with self._binary() as file:
            return file.read()

    def close(self) -> None:
        """Let go of what was held to be read again."""

    def sha256(self) -> str:
        """The digest of the whole file."""
        found = hashlib.sha256()
        with self._binary() as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
        return found.hexdigest()

    def text(self) -> io.TextIOWrapper:
        """The text as a stream, line ends as they are. Raises InputError for what is no text."""
        encoding = self._encoding()
        self._raw = self._binary()
        return io.TextIOWrapper(self._raw, encoding=encoding, newline="")

    def done(self) -> int:
        """Bytes of the text read so far."""
        return 0 if self._raw is None or self._raw.closed else self._raw.tell()

    def _binary(self) -> BinaryIO:
        return io.BytesIO(self._held) if self._held is not None else self.path.open("rb")

    def _encoding(self) -> str:
        start = self.start()
        # Excel on Windows writes cp1252.
        for encoding in ("utf-16",) if start.startswith(_UTF_16) else ("utf-8-sig", "cp1252"):
            if self._is(encoding):
                return encoding
        raise _error(self.path, "is not text", "save it as CSV in UTF-8")

    def _is(self, encoding: str) -> bool:
        decoder = codecs.getincrementaldecoder(encoding)()
        with self._binary() as file:
            try:
                while chunk := file.read(_CHUNK):
                    if "\0" in decoder.decode(chunk):
                        return False
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return False
        return True


def open_file(path: Path, most_bytes: int) -> OpenFile:
    """The file at `path`. Raises InputError when it can't be read, is empty or has more than `most_bytes`."""
    try:
        with path.open("rb") as file:
            is_file = path.is_file()
            held = None if is_file else _all_of(file, most_bytes)
            size = path.stat().st_size if held is None else len(held)
            blank = not (file.read(_CHUNK) if held is None else held).strip()
    except FileNotFoundError:
        raise _error(path, "is not there", "check the name") from None
    except OSError as error:
        raise _error(path, f"can't be read: {(error.strerror or type(error).__name__).lower()}") from None
    except ValueError:  # a NUL in the name
        raise _error(path, "is no file name") from None
    if size > most_bytes:
        raise too_large(path, most_bytes)
    if blank and size <= _CHUNK:
        raise _error(path, "is empty")
    return OpenFile(path, size, held)


def _all_of(file: BinaryIO, most_bytes: int) -> bytes:
    # Asked for all at once, a buffer as large as the limit would be made first.
    chunks: list[bytes] = []
    left = most_bytes + 1
    while left > 0 and (chunk := file.read(min(_CHUNK, left))):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


def too_large(path: Path, most_bytes: int) -> InputError:
    """What to say of a file larger than can be read."""
    return _error(path, f"is larger than {most_bytes // 1024**2} MB: that is no directory")


def _error(path: Path, message: str, mend: str = "") -> InputError:
    return InputError((Problem(str(path), message, mend=mend),))
