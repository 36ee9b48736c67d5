"""What a machine of a cluster does: unpack the catalog it was sent, once, for all the chunks it answers."""

from __future__ import annotations

import hashlib
import pickle
import platform
import threading
import traceback
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from opmatch import __version__, shipped
from opmatch.batch.chunk import answer
from opmatch.batch.plan import Plan
from opmatch.batch.rows import Row
from opmatch.compiled.ship import unpacked
from opmatch.model.program import Catalog

_OTHER_ROOMS: Final = ("cli", "data", "keeping", "placing", "render")
"""Rooms that no answer depends on; a checkout keeps its sample elsewhere than a wheel."""
_one_at_a_time = threading.Lock()
"""A worker may have threads. They would gain nothing, and what is remembered of requests is for one."""


class Sealed:
    """Bytes that no log, dashboard or error message shows, and that are read by who they are meant for.

    A scheduler only hands them on. Nothing else is in their pickle, so that an opmatch of another version
    can still say that it is one.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __repr__(self) -> str:
        return f"<{len(self.data):,} bytes>"

    def __sizeof__(self) -> int:  # by which a scheduler reckons what moving it costs
        return object.__sizeof__(self) + len(self.data)

    def __reduce__(self) -> tuple[type[Sealed], tuple[bytes]]:
        return type(self), (self.data,)


class Shipment(Sealed):
    """A packed catalog; a process that holds it opens it once, and forgets it with it."""

    _catalog: Catalog | None = None

    def catalog(self) -> Catalog:
        if self._catalog is None:
            self._catalog = unpacked(self.data)
        return self._catalog


class Maker(NamedTuple):
    """An opmatch, told from others: `files` is a hash, since one at work in a checkout keeps its version."""

    version: str
    files: str


class Reply(NamedTuple):
    """What comes back: `answers` are sealed Answers, `another` is a Maker, `broken` where and what.

    Nothing is ever raised: a worker would write what it was given, or what an error quotes, into its log.
    """

    kind: Literal["answers", "another", "broken"]
    machine: str
    value: Any


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


def handed_on(shipment: Shipment) -> Shipment:
    """The work that holds a catalog: unlike data that is placed on machines, work is done again when lost."""
    return shipment


def sealed_chunk(plan: Plan, rows: Sequence[Row]) -> Sealed:
    return Sealed(pickle.dumps((plan, rows)))


def answer_there(shipment: Shipment, chunk: Sealed, wanted: Maker) -> Reply:
    """`answer` for a chunk that was sealed by the opmatch `wanted`."""
    machine = platform.node() or "a machine without a name"
    try:
        here = this_opmatch()
        if tuple(here) != tuple(wanted):
            return Reply("another", machine, tuple(here))
        with _one_at_a_time:
            plan, rows = pickle.loads(chunk.data)
            return Reply("answers", machine, Sealed(pickle.dumps(answer(shipment.catalog(), plan, rows))))
    except Exception as error:
        return Reply("broken", machine, (type(error).__name__, _where(error)))


def _where(error: Exception) -> str:
    """The line of opmatch it broke in, without any value."""
    found = "opmatch"
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "?")
        if module.startswith("opmatch."):
            found = f"{module}:{line}"
    return found
