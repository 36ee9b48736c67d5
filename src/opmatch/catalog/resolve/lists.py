"""Lists with shorthand entries (an id, or an id with more said about it) as facts, each id once."""

from __future__ import annotations

from typing import Protocol, TypeVar

from opmatch.catalog.flaw import Path
from opmatch.catalog.resolve.scope import Scope, one_line
from opmatch.catalog.written import (
    AgeEntry,
    ApproachEntry,
    FeesEntry,
    LanguageEntry,
    NeedsEntry,
    PayerEntry,
    PopulationsEntry,
)
from opmatch.model.program import AgeRange, Approach, Fees, Language, Needs, Payer, Populations, Tri

_TRI = {True: Tri.YES, False: Tri.NO}


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Fact = TypeVar("_Fact", bound=_HasId)


def tri(value: object) -> Tri:
    """true, false, or anything else: unknown."""
    return _TRI[value] if isinstance(value, bool) else Tri.UNKNOWN


def ages(entries: tuple[AgeEntry, ...] | None, at: Path, scope: Scope) -> tuple[AgeRange, ...] | None:
    """Age ranges; None where nothing is said."""
    return scope.shared(("ages", entries), lambda: _ages(entries, at, scope)) if entries else None


def _ages(entries: tuple[AgeEntry, ...], at: Path, scope: Scope) -> tuple[AgeRange, ...]:
    found = []
    everyone = AgeRange()
    for index, entry in enumerate(entries):
        low = everyone.min if entry.min is None else entry.min
        high = everyone.max if entry.max is None else entry.max
        if low > high:
            scope.flaw((*at, index), f"has min {low} above max {high}", "swap them")
        found.append(AgeRange(low, high, entry.sure is not False))
    return tuple(found)


def needs(entry: NeedsEntry, at: Path, scope: Scope) -> Needs:
    """What is treated, as ids."""

    def make() -> Needs:
        return Needs(
            specializes=scope.terms("need", entry.specializes, (*at, "specializes")),
            treats=scope.terms("need", entry.treats, (*at, "treats")),
            excludes=scope.terms("need", entry.excludes, (*at, "excludes")),
            only=scope.terms("need", entry.only, (*at, "only")),
        )

    return scope.shared(entry, make)


def populations(entry: PopulationsEntry, at: Path, scope: Scope) -> Populations:
    """For whom the program is, as ids."""
    only = entry.only

    def make() -> Populations:
        return Populations(
            specializes=scope.terms("population", entry.specializes, (*at, "specializes")),
            welcomes=scope.terms("population", entry.welcomes, (*at, "welcomes")),
            only=() if only == "unknown" else scope.terms("population", only, (*at, "only")),
            only_unknown=only == "unknown",
            excludes=scope.terms("population", entry.excludes, (*at, "excludes")),
        )

    return scope.shared(entry, make)


def approaches(
    entries: tuple[str | ApproachEntry, ...] | None, at: Path, scope: Scope
) -> tuple[Approach, ...]:
    """Ways of treating; one only named is offered."""

    def one(entry: str | ApproachEntry, here: Path) -> Approach | None:
        written = ApproachEntry(id=entry) if isinstance(entry, str) else entry
        found = scope.term("approach", written.id, here)
        return (
            None
            if found is None
            else Approach(
                id=found,
                fidelity=one_line(written.fidelity),
                offered=tri(written.offered),
                verified=scope.day(written.verified, (*here, "verified")),
            )
        )

    def make() -> tuple[Approach, ...]:
        return _each_once([(one(entry, (*at, i)), (*at, i)) for i, entry in enumerate(entries or ())], scope)

    return scope.shared(("approaches", entries), make)


def languages(
    entries: tuple[str | LanguageEntry, ...] | None, at: Path, scope: Scope
) -> tuple[Language, ...]:
    """Languages; one only named is spoken by staff."""

    def one(entry: str | LanguageEntry, here: Path) -> Language | None:
        written = LanguageEntry(id=entry) if isinstance(entry, str) else entry
        found = scope.term("language", written.id, here)
        day = scope.day(written.verified, (*here, "verified"))
        if found is None:
            return None
        return Language(id=found, by=written.by or "staff", verified=day)

    def make() -> tuple[Language, ...]:
        return _each_once([(one(entry, (*at, i)), (*at, i)) for i, entry in enumerate(entries or ())], scope)

    return scope.shared(("languages", entries), make)


def payers(entries: tuple[str | PayerEntry, ...] | None, at: Path, scope: Scope) -> tuple[Payer, ...] | None:
    """Payers; None where nothing is said."""
    if not entries:
        return None

    def one(entry: str | PayerEntry, here: Path) -> Payer | None:
        written = PayerEntry(id=entry) if isinstance(entry, str) else entry
        found = scope.term("payer", written.id, here)
        return (
            None
            if found is None
            else Payer(
                id=found,
                network=written.network or "unknown",
                accepting=tri(written.accepting),
                verified=scope.day(written.verified, (*here, "verified")),
            )
        )

    def make() -> tuple[Payer, ...]:
        return _each_once([(one(entry, (*at, i)), (*at, i)) for i, entry in enumerate(entries)], scope)

    return scope.shared(("payers", entries), make)


def with_fees(
    listed: tuple[Payer, ...] | None, fees: Fees, complete: bool, scope: Scope
) -> tuple[tuple[Payer, ...] | None, bool]:
    """Payers with what the fees imply, and whether they are complete: fees alone say nothing about others."""
    implied = [
        id_
        for id_, fee in (("self_pay", fees.visit), ("sliding_scale", fees.sliding_scale_from))
        if fee is not None and id_ not in {payer.id for payer in listed or ()}
    ]
    if not implied:
        return listed, complete
    every = (*(listed or ()), *(Payer(id=id_) for id_ in implied))
    return scope.shared(("all payers", every), lambda: every), complete and listed is not None


def fees(entry: FeesEntry | None) -> Fees:
    """What a visit costs."""
    return Fees() if entry is None else Fees(visit=entry.visit, sliding_scale_from=entry.sliding_scale_from)


def _each_once(found: list[tuple[_Fact | None, Path]], scope: Scope) -> tuple[_Fact, ...]:
    """The facts by id; saying the same twice is once, saying two things of one is a flaw."""
    kept: dict[str, _Fact] = {}
    for fact, at in found:
        if fact is not None and kept.setdefault(fact.id, fact) != fact:
            scope.flaw(at, f"says something else of {fact.id} than an entry before it", "keep one")
    return tuple(kept.values())
