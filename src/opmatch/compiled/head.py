"""What is read of every compiled catalog first: what it was made from, and what is where in it."""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec import Struct

from opmatch.matching.index.sets import Band
from opmatch.model.program import CatalogInfo, Origin

FORMAT = 1
"""Raised whenever what is written here can't be read by an older opmatch, or says something else."""
PROGRAMS_A_BLOCK = 16
IDS_A_BLOCK = 256
MADE_FROM, HEAD, CORRECTIONS = "made-from", "head", "corrections"


class FileStamp(Struct, frozen=True, array_like=True):
    """A source file as it was when it was read."""

    path: str
    size: int
    changed_ns: int
    inode: int
    sha256: str


class MadeFrom(Struct, frozen=True, array_like=True):
    """All that a compiled catalog depends on. `at_ns` is when the files were looked at, from `folder`."""

    format: int
    code: str  # opmatch and all of its data, as they stand in its folder
    paths: tuple[str, ...]
    overlays: tuple[tuple[str, str], ...]  # path and sha256, in order
    files: tuple[FileStamp, ...]
    at_ns: int
    folder: str


class Part(Struct, frozen=True, array_like=True):
    """One file's share: its programs by their place in its list and their row."""

    path: str
    sha256: str
    info: CatalogInfo
    as_of: dt.date | None
    programs: tuple[tuple[int, int], ...]


class Head(Struct, frozen=True, array_like=True):
    """`sets` has the number of the piece that holds each set of rows; `ids` the first id of each block."""

    count: int
    planes: int
    years: tuple[int, ...]
    bands: tuple[Band, ...]
    infos: tuple[CatalogInfo, ...]
    as_of: dt.date | None
    origins: tuple[Origin, ...]
    corrected: int
    parts: int
    ids: tuple[str, ...]
    sets: dict[str, int]


def bits_name(number: int) -> str:
    return f"bits/{number}"


def points_name(band: int) -> str:
    return f"points/{band}"


def rows_name(block: int) -> str:
    return f"rows/{block}"


def ids_name(block: int) -> str:
    return f"ids/{block}"


def part_name(number: int) -> str:
    return f"part/{number}"


encode = msgspec.msgpack.encode
