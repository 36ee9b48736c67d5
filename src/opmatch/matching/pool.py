"""Where the engine takes programs from: a plain sequence, or one that knows who can't be worth judging."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.model.program import Origin, Program


class Count(Struct, frozen=True):
    """Programs that came to one gate, by what it found."""

    met: int = 0
    unknown: int = 0
    not_met: int = 0


class Beyond(Struct, frozen=True):
    """A program out by distance at least: it could only be a near miss, and by nothing else."""

    miles: float
    program: Callable[[], Program]


class Sifted(Struct, frozen=True):
    """`judged` holds every program that could be a match or a near miss, and perhaps more, in any order.

    `beyond` could be near misses by distance alone, the nearest first. All others of `considered` can be
    neither. `counts` says, gate by gate, what the funnel has of all but `judged`.
    """

    considered: int
    judged: Iterable[Program]
    counts: Mapping[str, Count]
    beyond: Iterable[Beyond] = ()


class Pool(Sequence[Program]):
    """Programs in id order, kept with an index of what their gates find."""

    @property
    @abstractmethod
    def origins(self) -> tuple[Origin, ...]:
        """The origins of the programs, each once, in the order in which they come up last."""

    @abstractmethod
    def by_id(self, program_id: str) -> Program | None:
        """The program with this id."""

    @abstractmethod
    def sift(self, case: Case) -> Sifted:
        """The programs to judge for one request, and the funnel of the rest."""


def sift(case: Case, programs: Sequence[Program]) -> Sifted:
    """The same for any sequence; without an index everything is judged."""
    if isinstance(programs, Pool):
        return programs.sift(case)
    excepted = case.request.except_ids
    considered = [program for program in programs if program.id not in excepted]
    return Sifted(len(considered), considered, {})


def by_id(programs: Sequence[Program], program_id: str) -> Program | None:
    """The program with this id."""
    if isinstance(programs, Pool):
        return programs.by_id(program_id)
    return next((program for program in programs if program.id == program_id), None)


def origins(programs: Sequence[Program]) -> tuple[Origin, ...]:
    """The origins of `programs`, in the order in which they come up last."""
    if isinstance(programs, Pool):
        return programs.origins
    return last_first_seen(program.origin for program in programs)


def last_first_seen(found: Iterable[Origin]) -> tuple[Origin, ...]:
    """Each of `found` once, in the order of their last places: of two with one name the later counts."""
    order: dict[tuple[object, ...], Origin] = {}
    for one in found:
        key = (one.name, one.path, one.sample, one.as_of, one.payers_over, one.genders_over)
        order.pop(key, None)
        order[key] = one
    return tuple(order.values())
