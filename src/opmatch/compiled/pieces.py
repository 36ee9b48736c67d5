"""A compiled catalog as named pieces of bytes, each with a checksum that holds its name too."""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Final

_CHECK_BYTES: Final = 4
_PLAIN, _PACKED = b"=", b"z"
_WORTH_PACKING: Final = 16 * 1024  # bytes; unpacking less takes longer than reading it


class DamagedError(Exception):
    """What was kept is not what was written; it has to be made again."""


class Pieces(ABC):
    """Pieces by name."""

    @abstractmethod
    def get(self, name: str) -> bytes:
        """The piece of this name. Raises DamagedError where it isn't there or isn't whole."""


class MemoryPieces(Pieces):
    """Pieces as they were made."""

    def __init__(self, made: Mapping[str, bytes]) -> None:
        self.made = made

    def get(self, name: str) -> bytes:
        return self.made[name]


def sealed(name: str, content: bytes) -> bytes:
    """`content` as it is kept."""
    how, body = _PLAIN, content
    if len(content) >= _WORTH_PACKING and name.startswith("bits/"):
        packed = zlib.compress(content, 1)
        if len(packed) * 2 < len(content):
            how, body = _PACKED, packed
    return _check(name, how, body) + how + body


def opened(name: str, kept: bytes) -> bytes:
    """What `sealed` made it from. Raises DamagedError."""
    check, how, body = kept[:_CHECK_BYTES], kept[_CHECK_BYTES : _CHECK_BYTES + 1], kept[_CHECK_BYTES + 1 :]
    if _check(name, how, body) != check:
        raise DamagedError(name)
    return zlib.decompress(body) if how == _PACKED else body


def _check(name: str, how: bytes, body: bytes) -> bytes:
    return zlib.crc32(body, zlib.crc32(how, zlib.crc32(name.encode()))).to_bytes(_CHECK_BYTES, "little")
