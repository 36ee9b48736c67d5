"""Sets of row numbers as whole numbers: bit n stands for row n."""

from __future__ import annotations

from collections.abc import Iterable


def of_rows(rows: Iterable[int], count: int) -> int:
    """The bits of `rows`, all below `count`."""
    made = bytearray((count >> 3) + 1)
    for row in rows:
        made[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(made, "little")


def first_rows(count: int) -> int:
    """The rows from 0 up to `count`."""
    return (1 << count) - 1


def part(bits: int, first: int, end: int) -> int:
    """The rows from `first` up to `end`, moved down to 0."""
    return (bits >> first) & ((1 << (end - first)) - 1)


def rows(bits: int, first: int = 0) -> list[int]:
    """The rows in order, `first` added to each."""
    found: list[int] = []
    if not bits:
        return found
    text = bin(bits)
    last = len(text) - 1 + first
    at = text.rfind("1")
    while at > 0:
        found.append(last - at)
        at = text.rfind("1", 1, at)
    return found


def to_bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) >> 3, "little")


def from_bytes(data: bytes) -> int:
    return int.from_bytes(data, "little")
