"""What each person could attend: seat groups in the order the person would choose them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from opmatch.matching.case import Case
from opmatch.matching.judge import TIER_ORDER
from opmatch.matching.panel import Admitted, Panel
from opmatch.matching.ways import Way
from opmatch.model.program import Program
from opmatch.model.ranking import Tier
from opmatch.placing.seats import SeatGroup, with_a_seat


class Option(NamedTuple):
    """A seat group, or -1 for a program that lists no seats, with the person's best way to attend it."""

    group: int
    way: Way
    tier: Tier
    score: int
    unknown: tuple[str, ...]


class Options(NamedTuple):
    """Best first: with seats to be had, and without. Whether confirm counts is decided later."""

    open: tuple[Option, ...]
    full: tuple[Option, ...]


class SeatPanel:
    """Programs with seats, asked for one person after the other."""

    def __init__(self, case: Case, groups: Sequence[SeatGroup]) -> None:
        """`case` is anybody's: it says the day."""
        self.groups = groups
        self._at = {group.key: at for at, group in enumerate(groups)}
        of_program: dict[str, list[SeatGroup]] = defaultdict(list)
        for group in groups:
            of_program[group.program.id].append(group)
        # Whether one more seat in a full track would help is judged as if it were there.
        self._panel = Panel(
            [
                with_a_seat(case, own[0].program, (one.track.id for one in own if not one.counted))
                for own in of_program.values()
            ]
        )

    def options(self, case: Case) -> Options:
        best: dict[int, Option] = {}
        for found in self._panel.admitted(case):
            at = self._at.get((found.way.program.id, found.way.track_id or ""), -1)
            if at >= 0:
                option = _option(at, found)
                best[at] = min(best.get(at, option), option, key=by_choice)
        ordered = sorted(best.values(), key=by_choice)
        return Options(
            tuple(one for one in ordered if self.groups[one.group].counted),
            tuple(one for one in ordered if not self.groups[one.group].counted),
        )


def without_seats(panel: Panel, case: Case) -> tuple[Option, ...]:
    """Programs that don't list seats, each by its best way, the best first."""
    best: dict[str, Option] = {}
    for found in panel.admitted(case):
        if found.way.track is None or found.way.track.seats_open is None:
            option, id_ = _option(-1, found), found.way.program.id
            best[id_] = min(best.get(id_, option), option, key=by_choice)
    return tuple(sorted(best.values(), key=by_choice))


def seatless(programs: Sequence[Program]) -> tuple[Program, ...]:
    """Programs with a way to attend that lists no seats."""
    return tuple(
        program
        for program in programs
        if not program.tracks
        or program.appointments is not None
        or any(track.seats_open is None for track in program.tracks)
    )


def by_choice(option: Option) -> tuple[int, int, str, str, bool]:
    """A person's own order: what fits for sure, the score, and ids where these are equal."""
    way = option.way
    return (
        TIER_ORDER[option.tier],
        -option.score,
        way.program.id,
        way.track_id or "",
        way.mode != "in-person",
    )


def _option(group: int, found: Admitted) -> Option:
    return Option(group, found.way, found.tier, found.score, found.unknown)
