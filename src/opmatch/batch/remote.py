"""What a machine of a cluster does: unpack the catalog it was sent, once, for all the chunks it answers."""

from __future__ import annotations

import hashlib
import pickle
import platform
import threading
import traceback
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from opmatch import __version__, shipped
from opmatch.batch.chunk import Answers, answer
from opmatch.batch.plan import Plan
from opmatch.batch.rows import Row
from opmatch.compiled.ship import unpacked
from opmatch.model.program import Catalog

Sealed = BytesIO
"""What is sent. Whoever hands it on can unpickle it, whatever is installed there, and its repr shows nothing:
a machine writes what it can't unpickle, and the repr of what it failed at, into its log."""

_OTHER_ROOMS: Final = ("cli", "data", "keeping", "placing", "render")
"""Rooms that no answer depends on; a checkout keeps its sample elsewhere than a wheel."""
_one_at_a_time = threading.Lock()
"""A worker may have threads. They would gain nothing, and what is remembered of requests is for one."""
_open: WeakKeyDictionary[Sealed, Catalog] = WeakKeyDictionary()
"""Catalogs as long as the cluster keeps what they were sent as."""


class Maker(NamedTuple):
    """An opmatch, told from others: `files` is a hash, since one at work in a checkout keeps its version."""

    version: str
    files: str


class Another(NamedTuple):
    """Nothing was answered: the machine has another opmatch."""

    machine: str
    version: str


class Broken(NamedTuple):
    """Nothing was answered: an error of this type in this line, without what it said."""

    machine: str
    error: str
    line: str


Reply = Answers | Another | Broken


@cache
def this_opmatch() -> Maker:
    """The one that is running here."""
    found = hashlib.sha256()
    root = shipped.path("")
    names = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    for name in sorted(name.as_posix() for name in names if _matters(name)):
        found.update(f"{name}\0".encode())
        found.update(hashlib.sha256(root.joinpath(name).read_bytes()).digest())
    return Maker(__version__, found.hexdigest())


def _matters(name: Path) -> bool:
    return name.parts[0] not in _OTHER_ROOMS and "__pycache__" not in name.parts


def sealed_chunk(plan: Plan, rows: Sequence[Row]) -> Sealed:
    return Sealed(pickle.dumps((plan, rows)))


def answer_there(shipment: Sealed, chunk: Sealed, version: str, files: str) -> tuple[str, tuple[object, ...]]:
    """`answer` to a chunk, for the opmatch that sealed it, to be read by `reply_of`. Raises nothing.

    `shipment` is a packed catalog, which is opened once for as long as the same object is given.
    """
    machine = platform.node() or "a machine without a name"
    try:
        here = this_opmatch()
        if here != (version, files):
            return "another", (machine, here.version)
        with _one_at_a_time:
            plan, rows = pickle.loads(chunk.getvalue())
            return "answers", (Sealed(pickle.dumps(answer(_catalog(shipment), plan, rows))),)
    except Exception as error:  # a worker would write it into its log, with the requests it quotes
        return "broken", (machine, type(error).__name__, _line(error))


def reply_of(kind: str, values: tuple[object, ...]) -> Reply:
    """What came back, where it was asked."""
    if kind == "another":
        return Another(*map(str, values))
    if kind == "broken":
        return Broken(*map(str, values))
    (sealed,) = values
    assert isinstance(sealed, Sealed)
    found: Answers = pickle.loads(sealed.getvalue())
    return found


def _catalog(shipment: Sealed) -> Catalog:
    found = _open.get(shipment)
    if found is None:
        found = _open[shipment] = unpacked(shipment.getvalue())
    return found


def _line(error: Exception) -> str:
    """The line of opmatch it broke in, without any value."""
    found = "opmatch"
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "?")
        if module.startswith("opmatch."):
            found = f"{module}:{line}"
    return found
