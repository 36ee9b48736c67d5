"""A shipped text file of sorted lines, searched in place without reading all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from opmatch import shipped

_PROBE_BYTES: Final = 512  # more than two lines


class SortedTable:
    """Lines "key|value…" sorted by bytes."""

    def __init__(self, name: str) -> None:
        self._path = shipped.path(name)

    def find(self, key: str) -> list[str] | None:
        """The columns after `key`, which may hold several itself ("chicago|IL"); None without such a line.

        About log2(lines) short reads.
        """
        wanted = key.encode() + b"|"
        with self._path.open("rb", buffering=0) as file:
            low, high = 0, self._path.stat().st_size
            # Between `low` (a line's start) and `high` lies the line, if there is one.
            while low < high:
                middle = (low + high) // 2
                file.seek(max(0, middle - 1))
                chunk = file.read(_PROBE_BYTES)
                # From `middle` on, the next line starts after the next newline.
                start = 0 if middle == 0 else chunk.find(b"\n") + 1
                at = middle if middle == 0 else middle - 1 + start
                if at >= high:
                    high = middle
                    continue
                line = chunk[start:].split(b"\n", 1)[0]
                if line.startswith(wanted):
                    return line[len(wanted) :].decode().split("|")
                if line < wanted:
                    low = at + len(line) + 1
                else:
                    high = middle
        return None

    def lines(self) -> Iterator[list[str]]:
        """Every line's columns, in order."""
        text = self._path.read_text(encoding="utf-8")
        return (line.split("|") for line in text.splitlines())
