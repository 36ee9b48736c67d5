"""The output while it is being written: whole at the end, or a file whose name says that it is a part."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
from msgspec import Struct

from opmatch.errors import UsageError
from opmatch.model.program import CatalogInfo

_OWNER_ONLY: Final = 0o600


class Made(Struct, frozen=True, kw_only=True):
    """All that decides the bytes of an output: who goes on with a part must find each of these the same."""

    opmatch: str
    formula: str
    requests: str  # SHA-256 of the input
    catalogs: tuple[CatalogInfo, ...]
    corrections: tuple[str, ...]  # SHA-256 each
    as_of: str
    limit: int
    form: str
    with_request: bool
    calls: bool


_TOLD: Final = {
    "opmatch": "opmatch has another version",
    "formula": "the formula has changed",
    "requests": "the requests have changed",
    "catalogs": "the catalogs have changed",
    "corrections": "the corrections have changed",
    "as_of": "--as-of is another day",
    "limit": "--limit is another",
    "form": "--format is another",
    "with_request": "--with-request is not as it was",
    "calls": "--calls is not as it was",
}


class Partial:
    """`OUT.partial` beside the output, and what it is made of in `OUT.partial.made`; both 0600.

    Raises UsageError, as all its methods do, when somebody else is writing it or it can't be written.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.path = out.with_name(f"{out.name}.partial")
        self.calls = out.with_name(f"{out.name}.partial.calls")
        self._made = out.with_name(f"{out.name}.partial.made")
        self._file: BinaryIO | None = None

    @property
    def begun(self) -> bool:
        """Whether there is a part; who was killed before the first line has left none."""
        try:
            return self.path.stat().st_size > 0
        except (OSError, ValueError):  # it isn't there; or writing it will tell what is wrong
            return False

    def made(self) -> Made:
        """What the part left behind was made of."""
        try:
            return msgspec.json.decode(self._made.read_bytes(), type=Made)
        except (OSError, msgspec.MsgspecError):
            raise UsageError(
                f"{self.path} doesn't say what it was made of, so it can't be continued; delete it"
            ) from None

    def begin(self, made: Made, *, again: bool) -> BinaryIO:
        """The file to write to, held against others; `again` keeps what is in it."""
        with self._told():
            self._open(fresh=not again)
            if not again:
                self.calls.unlink(missing_ok=True)
                descriptor = os.open(self._made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(msgspec.json.encode(made))
        assert self._file is not None
        return self._file

    def _open(self, *, fresh: bool) -> None:
        file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY), "r+b")
        if not _hold(file):
            file.close()
            raise UsageError(f"{self.path} is being written by another opmatch")
        if fresh and file.seek(0, io.SEEK_END):  # somebody was quicker
            file.close()
            raise UsageError(left_behind(self.path))
        self._file = file

    def write(self, data: bytes) -> None:
        """Append whole lines, so that whoever is killed next has lost none of them."""
        assert self._file is not None
        with self._told():
            self._file.write(data)
            self._file.flush()

    def finish(self) -> None:
        """Put the whole in the place of the output."""
        assert self._file is not None
        with self._told():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self.path.replace(self.out)
            self._made.unlink(missing_ok=True)
            self.calls.unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove every trace."""
        if self._file is not None:
            self._file.close()
        journal = self.calls.with_name(f"{self.calls.name}-journal")
        for path in (self.path, self._made, self.calls, journal):
            with contextlib.suppress(OSError):
                path.unlink()

    def close(self) -> None:
        """Leave the part as it is, or no trace where nothing was written."""
        if self._file is None or self._file.closed:
            return
        with contextlib.suppress(OSError):
            self._file.close()
        if not self.begun:
            self.drop()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            raise UsageError(f"{self.path} can't be written: {why}") from None


def _hold(file: BinaryIO) -> bool:
    """Whether nobody else writes to it, and nobody will until it is closed."""
    try:
        import fcntl
    except ImportError:  # Windows lets two write
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def left_behind(path: Path) -> str:
    """What to say of a part that is there already."""
    return f"{path} is left of a run that was interrupted: continue it with --resume, or delete it"


def differences(then: Made, now: Made) -> list[str]:
    """What has changed since, in words."""
    return [told for field, told in _TOLD.items() if getattr(then, field) != getattr(now, field)]


def cut(file: BinaryIO, length: int) -> None:
    """Drop what is behind `length` and go on there."""
    file.truncate(length)
    file.seek(length, io.SEEK_SET)
