"""Chunks answered in the order they are given by the workers of a Dask cluster.

Dask does the networking; nothing but this module knows it.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from typing import Any, Final, NamedTuple

from opmatch import __version__, api
from opmatch.batch.chunk import Answers
from opmatch.batch.plan import Plan
from opmatch.batch.remote import Another, Broken, Reply, Sealed, reply_of, sealed_chunk, this_opmatch
from opmatch.batch.rows import Row
from opmatch.compiled.ship import packed
from opmatch.errors import EXIT_BUG, OpmatchError, UsageError
from opmatch.model.program import Catalog

CHUNK_ROWS: Final = 64
"""Rows that go to a worker together: a chunk costs the scheduler some milliseconds, whatever is in it."""
AHEAD: Final = 3
"""Chunks in flight for each thread of the cluster: what finishes early waits in its worker's memory."""
FEWEST: Final = 4  # in flight: a cluster without workers may get some because there is work
CONNECT_SECONDS: Final = 5
CLOSE_SECONDS: Final = 5
LOOK_SECONDS: Final = 3.0
"""How often to see who is there, while work goes on and while none does."""
_ADDRESS: Final = re.compile(r"(?:(?:tcp|tls|wss?)://)?(?:\[[0-9A-Fa-f:.%]+\]|[^\s:/@\[\]]+):\d{1,5}/?")
_LOGS: Final = (
    "distributed",
    "distributed.client",
    "distributed.gc",
    "tornado",
    "tornado.application",
    "asyncio",
)

_ASK: Final = "__import__('opmatch.batch.remote', fromlist=['*']).answer_there(shipment, chunk, *maker)"
"""What workers are asked to evaluate. A function of ours would have to be unpickled where a chunk passes, and
who can't do that, because opmatch is older there or absent, writes the whole message into a log."""

Tell = Callable[[str], None]


class BrokenThereError(OpmatchError):
    """A bug of opmatch that showed on another machine."""

    exit_code = EXIT_BUG


class _Sent(NamedTuple):
    """A chunk in flight; its rows by number, for what there may be to say of them."""

    future: Any
    first: int
    last: int


class Cluster:
    """A scheduler that answers; its workers have opmatch of this version, as far as they are there by now."""

    def __init__(self, client: Any, address: str, tell: Tell) -> None:
        self._client = client
        self._address = address
        self._tell = tell
        self._told = False
        self._threads = 0
        self._looked = float("-inf")

    def check(self) -> None:
        """Raises UsageError where a worker has another opmatch, or none. The scheduler needs none."""
        try:
            found = self._client.get_versions(packages=["opmatch"])
        except Exception:
            raise self._lost() from None
        for address, there in found["workers"].items():
            version = there["packages"].get("opmatch")
            if version != __version__:
                raise UsageError(_another(f"the worker at {address}", version))

    def answers(
        self, catalog: Catalog, plan: Plan, chunks: Iterable[Sequence[Row]]
    ) -> Generator[Answers, None, None]:
        """The answers to each chunk, one after the other; closing it ends what is still in flight.

        Raises UsageError where the cluster can't do the work.
        """
        run = uuid.uuid4().hex[:8]  # all that the scheduler, its dashboard and logs get to know of a run
        waiting: deque[_Sent] = deque()
        held: Any = None
        try:
            for number, rows in enumerate(chunks):
                if held is None:
                    held = self._ship(catalog, run)
                    del catalog
                waiting.append(self._send(held, plan, rows, f"opmatch-answer-{run}", number))
                while len(waiting) >= self._room():
                    yield self._answers(waiting.popleft())
            while waiting:
                yield self._answers(waiting.popleft())
        finally:
            waiting.clear()  # what nobody waits for the scheduler takes back

    def _ship(self, catalog: Catalog, run: str) -> Any:
        """The work that makes the shipment: unlike data put on workers, it is done again when lost."""
        data = packed(catalog, api.load_vocabulary, api.load_formula)
        content = hashlib.sha256(data).hexdigest()[:16]
        return self._client.submit(Sealed, data, key=f"opmatch-catalog-{content}-{run}")

    def _send(self, held: Any, plan: Plan, rows: Sequence[Row], name: str, number: int) -> _Sent:
        given = {"shipment": held, "chunk": sealed_chunk(plan, rows), "maker": tuple(this_opmatch())}
        # No time within which Dask would take chunks for equally urgent: the first sent is awaited first.
        future = self._client.submit(eval, _ASK, given, key=(name, number), fifo_timeout="0s")
        return _Sent(future, rows[0].number, rows[-1].number)

    def _room(self) -> int:
        """How many chunks may be in flight, as workers come and go."""
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._look()
        return max(FEWEST, AHEAD * self._threads)

    def _look(self) -> None:
        with contextlib.suppress(Exception):  # whoever waits for an answer is told that nobody is there
            self._threads = sum(self._client.nthreads().values())
            if not self._threads and not self._told:
                self._tell(f"the cluster at {self._address} has no workers: waiting until it has")
                self._told = True
        self._looked = time.monotonic()

    def _answers(self, sent: _Sent) -> Answers:
        reply = self._reply(sent)
        if isinstance(reply, Another):
            raise UsageError(_another(f"the worker on {reply.machine}", reply.version))
        if isinstance(reply, Broken):
            if reply.error == "MemoryError":
                raise UsageError(f"the worker on {reply.machine} has too little memory")
            raise BrokenThereError(
                f"a bug in opmatch {__version__}: {reply.error} in {reply.line}, on {reply.machine};"
                " please report this line: it holds nothing you typed"
            )
        return reply

    def _reply(self, sent: _Sent) -> Reply:
        from distributed import KilledWorker

        while True:
            try:
                return reply_of(*sent.future.result(timeout=LOOK_SECONDS))
            except TimeoutError:
                self._look()
            except KilledWorker:
                raise UsageError(
                    f"every worker that was given rows {sent.first} to {sent.last} ended before it had"
                    " answered; have they enough memory, and time?"
                ) from None
            except (CancelledError, OSError):
                raise self._lost() from None
            except Exception as error:
                self.check()  # it can tell which worker it is
                raise UsageError(
                    f"the cluster at {self._address} can't do the work ({type(error).__name__}):"
                    f" has each of its machines opmatch {__version__}?"
                ) from None

    def _lost(self) -> UsageError:
        return UsageError(f"the scheduler at {self._address} doesn't answer any more")


@contextlib.contextmanager
def connected(address: str, tell: Tell) -> Iterator[Cluster]:
    """The cluster at this address; TLS and all else is as Dask is configured. `tell` is told of waiting.

    Raises UsageError where there is none or it has another opmatch.
    """
    if not _ADDRESS.fullmatch(address):
        raise UsageError(f"--cluster {address!r} is no address of a scheduler, such as tcp://scheduler:8786")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of differences that change no answer
        client = _client(address)
        try:
            cluster = Cluster(client, address, tell)
            cluster.check()
            yield cluster
        finally:
            with contextlib.suppress(Exception):
                client.close(timeout=CLOSE_SECONDS)


def _client(address: str) -> Any:
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise UsageError("--cluster needs Dask: pip install 'opmatch[cluster]'") from None
    if not dask.config.get("logging", None):  # what goes wrong is told in one line, unless more is wanted
        for name in _LOGS:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    connect: Any = Client
    security = _security(address)
    try:
        return connect(
            address, timeout=CONNECT_SECONDS, security=security, set_as_default=False, name="opmatch"
        )
    except OSError:
        raise UsageError(
            f"no Dask scheduler answers at {address} within {CONNECT_SECONDS} seconds; is it running there,"
            " and do both sides use TLS, or neither?"
        ) from None
    except Exception as error:
        why = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise UsageError(f"the scheduler at {address} can't be used: {why}") from None


def _security(address: str) -> Any:
    """TLS as Dask is configured. Raises UsageError where that doesn't go with the address."""
    from distributed import Security

    configured: Any = Security
    try:
        security = configured()
        ready = security.get_connection_args("client").get("ssl_context") is not None
    except Exception as error:  # certificates that aren't there or aren't any
        why = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise UsageError(f"the certificates that Dask is configured with can't be used: {why}") from None
    encrypted = address.startswith(("tls:", "wss:"))
    if encrypted and not ready:
        raise UsageError(f"{address} needs certificates: name them in Dask's configuration (docs/cluster.md)")
    if security.require_encryption and not encrypted:
        raise UsageError(f"{address} isn't encrypted, and Dask is configured to require that: tls://…")
    return security


def _another(who: str, version: str | None) -> str:
    if version == __version__:
        return f"{who} has other files of opmatch {version} than there are here: install the same on both"
    has = f"opmatch {version}" if version else "no opmatch"
    return f"{who} has {has}, and this is opmatch {__version__}: install the same on both"
