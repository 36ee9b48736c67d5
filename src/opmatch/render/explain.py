"""Every gate and every point of one program for one request, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opmatch.model.ranking import Criterion, Gate, Match, Notice, State
from opmatch.render import phrases
from opmatch.render.layout import Layout, draw, words
from opmatch.render.notices import closing, opening
from opmatch.render.page import bullets, heading

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

STATE_NAMES: dict[State, str] = {"met": "met", "unknown": "ask", "not_met": "NOT MET"}
_STATE_STYLES: dict[State, str] = {"met": "green", "unknown": "yellow", "not_met": "bold red"}


def render(match: Match, notices: Sequence[Notice], layout: Layout) -> str:
    """Notices, the verdict, conditions, points with what they are made of, questions; crisis lines last."""
    program = match.program
    parts: list[RenderableType] = [*opening(notices)]
    parts += [
        words(phrases.name(program), style="bold"),
        words(f"{phrases.organization(program)} · {phrases.LEVEL_NAMES[program.level]} · {program.id}"),
        words(f"Judged as attended: {phrases.where(match)}"),
    ]
    if time := phrases.sessions(match.sessions, door_to_door=match.option.mode == "in-person"):
        parts.append(words(f"Sessions that fit: {time}"))
    parts += [
        "",
        words(f"{phrases.TIER_NAMES[match.tier]}.", style="bold"),
        "",
        heading("Conditions", layout),
        _gates(match.gates),
        "",
        heading("Points", layout),
        _criteria(match.criteria),
        "",
        words(
            f"Score {match.score} of 100; {match.low} if all unknowns turned out worst, {match.high} if best."
        ),
        words("Points are what a criterion can give × how well it is met, rounded.", style="dim"),
        "",
    ]
    if match.questions:
        parts += [heading("Ask on the phone, what matters most first", layout)]
        parts += [bullets(_question(question.ask, question.swing) for question in match.questions), ""]
    if number := phrases.phone(program):
        parts += [words(f"Call {number}"), ""]
    parts.append(closing(notices))
    return draw(parts, layout)


def _question(ask: str, swing: int) -> str:
    return f"{ask} ({swing} point{'' if swing == 1 else 's'})" if swing else ask


def _gates(gates: Sequence[Gate]) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=7, no_wrap=True)
    grid.add_column(width=10, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for gate in gates:
        flips = [f"would be met with: {phrases.as_options(gate.relax)}"] if gate.relax else []
        grid.add_row(
            words(STATE_NAMES[gate.state], style=_STATE_STYLES[gate.state]),
            words(gate.name),
            words(gate.reason, *flips),
        )
    return grid


def _criteria(criteria: Sequence[Criterion]) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=12, no_wrap=True)
    grid.add_column(width=17, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for criterion in criteria:
        sum_ = f"{criterion.of:>3} × {criterion.utility:.4f} = {criterion.points:>2}"
        sure = f" ({_sureness(criterion)})"
        grid.add_row(words(criterion.name), words(sum_), words(criterion.reason.rstrip(".") + sure))
    return grid


def _sureness(criterion: Criterion) -> str:
    """How far the fact is known, and what the rest counts as."""
    if criterion.known >= 1:
        return "known"
    if criterion.known <= 0:
        return f"unknown, counted as {criterion.prior:g}"
    return f"{criterion.known:.0%} known, the rest counted as {criterion.prior:g}"
