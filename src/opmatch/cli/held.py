"""Keeping a file to oneself while it is read, changed and written back."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from opmatch.cli.files import reason
from opmatch.errors import UsageError

PATIENCE_SECONDS = 5.0
LEFT_BEHIND_SECONDS = 60.0  # nobody holds a file that long; whoever left the mark is gone
_AGAIN_SECONDS = 0.05


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """Nobody else who asks the same may change `file` meanwhile; a file beside it marks that.

    Raises UsageError when somebody else doesn't let go of it, or when the folder can't be written.
    """
    mark = file.with_name(f".{file.name}.held")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _take(mark, file)
    except OSError as error:
        raise UsageError(f"{file} can't be written: {reason(error)}") from None
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            mark.unlink()


def _take(mark: Path, file: Path) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except (FileExistsError, PermissionError) as error:  # Windows denies what is just being deleted
            if isinstance(error, PermissionError) and not mark.exists():
                raise
        else:
            return
        with contextlib.suppress(OSError):
            if time.time() - mark.stat().st_mtime > LEFT_BEHIND_SECONDS:
                mark.unlink()
                continue
        if time.monotonic() > give_up:
            raise UsageError(f"{file} is being changed by another opmatch; try again, or delete {mark}")
        time.sleep(_AGAIN_SECONDS)
