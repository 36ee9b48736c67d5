"""Why somebody has no seat, and what is left to try."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from opmatch.matching.case import Case
from opmatch.matching.panel import Panel
from opmatch.matching.summary import summarize
from opmatch.model.placement import Choice, Reason, Waiting
from opmatch.model.program import Program
from opmatch.model.ranking import NearMiss
from opmatch.model.ranking import Option as Attending
from opmatch.placing.options import Option, Options, seatless, without_seats

MOST_NAMED: Final = 3
"""Programs named of each kind."""
_NEW_VALUES: Final = frozenset({"within", "start_by", "waitlist", "delivery"})
"""Keys whose value in a change is new; other changes repeat what was asked and add to it."""


class Reasons:
    """Says why of one person after the other."""

    def __init__(self, programs: Sequence[Program], *, with_request: bool) -> None:
        self._with_request = with_request
        self._all = Panel(programs)
        self._panel = Panel(seatless(programs))

    def why(self, case: Case, own: Options, usable: Sequence[Option]) -> Waiting:
        """`usable` are the choices that could have been had, each of them full by now."""
        mine = {one.group for one in usable}
        confirm = [one for one in own.open if one.group not in mine]
        call = without_seats(self._panel, case)
        reason = _reason(usable, confirm, own.full, call)
        return Waiting(
            reason=reason,
            text=_text(reason, len(usable), len(confirm), len(own.full), len(call)),
            taken=len(usable),
            confirm=_named(confirm),
            full=_named(own.full),
            call=_named(call),
            nearest=self._nearest(case) if reason == "no-fit" else None,
        )

    def _nearest(self, case: Case) -> NearMiss | None:
        nearest = self._all.nearest_miss(case)
        if nearest is None or self._with_request:
            return nearest
        # Without the request, nothing that quotes it.
        failed = tuple(replace(gate, reason="", wanted="", actual="") for gate in nearest.failed)
        return replace(
            nearest, failed=failed, relax=nearest.relax if _NEW_VALUES.issuperset(nearest.relax) else {}
        )


def choice_of(option: Option) -> Choice:
    """An option as it is told."""
    way = option.way
    return Choice(
        program=summarize(way.program),
        option=Attending(mode=way.mode, track=way.track_id),
        tier=option.tier,
        score=option.score,
        confirm=option.unknown,
    )


def _named(options: Iterable[Option]) -> tuple[Choice, ...]:
    return tuple(choice_of(one) for one in list(options)[:MOST_NAMED])


def _reason(
    usable: Sequence[Option], confirm: Sequence[Option], full: Sequence[Option], call: Sequence[Option]
) -> Reason:
    """What stands nearest to a seat."""
    if usable:
        return "seats-taken"
    if confirm:
        return "needs-confirming"
    if full:
        return "no-open-seat"
    return "seats-unknown" if call else "no-fit"


def _text(reason: Reason, taken: int, confirm: int, full: int, call: int) -> str:
    if reason == "seats-taken":
        return f"{_tracks(taken)} with open seats fit{_s(taken)}; others have all of them."
    if reason == "needs-confirming":
        return f"{_tracks(confirm)} with open seats fit{_s(confirm)} only if something is confirmed first."
    if reason == "no-open-seat":
        return f"{_tracks(full)} fit{_s(full)}, without a seat that can be counted on."
    if reason == "seats-unknown":
        count = (
            "1 program fits or may fit, and doesn't"
            if call == 1
            else f"{call:,} programs fit or may fit, and don't"
        )
        return f"{count} list seats: call."
    return "No program fits."


def _tracks(count: int) -> str:
    return f"{count:,} track{'' if count == 1 else 's'}"


def _s(count: int) -> str:
    return "s" if count == 1 else ""
