"""What to verify first, as a table, as rows, and as a sheet to make calls from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from opmatch.keeping.calls import Asked, Call
from opmatch.keeping.stale import Doubtful, ToVerify
from opmatch.model.program import Program
from opmatch.render import csv, fact_texts, phrases
from opmatch.render.layout import Layout, draw, words
from opmatch.render.markdown import escape
from opmatch.vocabulary.terms import Vocabulary

if TYPE_CHECKING:
    from rich.console import RenderableType

COLUMNS = (
    "rank", "program", "name", "organization", "level", "city", "state", "phone", "field", "listed",
    "age_days", "swing", "at_stake", "question",
)  # fmt: skip
_FACTS_SHOWN = 4
_LEGEND = (
    "Points are of 100: what the answers could move in a ranking by the balanced weights, less what the age"
    " of a fact has left of it. Programs for a group alone come last. Keep an answer: opmatch catalog correct"
    " PROGRAM FIELD VALUE --by phone"
)
_DAYS_PER_YEAR = 365.25
_READ_AS_YEARS = 730


def render_table(items: Sequence[ToVerify], considered: int, layout: Layout) -> str:
    """A block a program: points at stake, who to call, and what to ask first."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(justify="right", no_wrap=True, width=len(f"{len(items):,}.") + 1)
    grid.add_column(justify="right", no_wrap=True, width=6)
    grid.add_column(ratio=1, overflow="fold")
    for rank, item in enumerate(items, 1):
        program = item.program
        call = "phone fictional" if program.origin.sample else phone(program) or "no phone"
        name = phrases.title(program.name, fictional=program.origin.sample)
        first = "; ".join(f"{one.field} {_state(one)}" for one in item.facts[:_FACTS_SHOWN])
        more = len(item.facts) - _FACTS_SHOWN
        text = words(f"{name}, {program.level.upper()}, {call}", style="bold")
        text.append("\n").append_text(words(program.id, style="not bold dim"))
        text.append("\n").append_text(
            words(f"{first}{f'; {more} more' if more > 0 else ''}", style="not bold")
        )
        grid.add_row(words(f"{rank}."), words(f"{item.at_stake:g}"), text)
    head = f"{considered:,} program{'' if considered == 1 else 's'} with something to verify"
    shown = f", the first {len(items):,} by points at stake" if len(items) < considered else ""
    parts: list[RenderableType] = [words(f"{head}{shown}", style="bold"), ""]
    if items:
        parts += [grid, "", words(_LEGEND, style="dim")]
    return draw(parts, layout)


def render_csv(items: Sequence[ToVerify]) -> str:
    """A row a fact, in the order in which to ask."""
    return csv.sheet(COLUMNS, (row for rank, item in enumerate(items, 1) for row in _rows(rank, item)))


def data(items: Sequence[ToVerify]) -> list[dict[str, Any]]:
    """The same for JSON: a program with its facts."""
    return [
        {
            "rank": rank,
            "program": item.program.id,
            "name": item.program.name,
            "organization": item.program.organization,
            "level": item.program.level,
            "phone": phone(item.program),
            "at_stake": item.at_stake,
            "facts": item.facts,
        }
        for rank, item in enumerate(items, 1)
    ]


def render_sheet(calls: Sequence[Call], of_all: int, vocabulary: Vocabulary) -> str:
    """Markdown to call from: a number, the programs behind it, and each question once with what is listed."""
    lines = [
        "# Calls to make",
        "",
        f"{len(calls):,} of {of_all:,} numbers, the most at stake first, programs for a group alone last.",
        "",
    ]
    for at, call in enumerate(calls, 1):
        number = phone(call.programs[0]) or ("fictional" if call.programs[0].origin.sample else "no number")
        lines += [f"## {at}. {escape(number)}", ""]
        lines += [f"- {escape(_program(program))}" for program in call.programs] + [""]
        for asked in call.questions:
            about = "" if len(asked.programs) == len(call.programs) else _about(asked.programs)
            lines.append(f"- [ ] {escape(asked.question)}{escape(about)}")
            lines += [f"    - {escape(text)}" for text in _listed(asked, vocabulary)]
        lines += ["", "Called on ____________ by ____________, spoke to ____________", ""]
    lines += [_LEGEND]
    return "\n".join(lines) + "\n"


def phone(program: Program) -> str:
    """The number to call; a fictional one is never shown."""
    return "" if program.origin.sample else program.intake.phone


def _state(fact: Doubtful) -> str:
    if not fact.listed:
        return "not listed"
    return "undated" if fact.age_days is None else _ago(fact.age_days)


def _ago(days: int) -> str:
    if days >= _READ_AS_YEARS:
        return f"{days / _DAYS_PER_YEAR:.1f} years old"
    return f"{days} day{'' if days == 1 else 's'} old"


def _rows(rank: int, item: ToVerify) -> list[dict[str, Any]]:
    program = item.program
    site = program.site
    whole = {
        "rank": rank,
        "program": program.id,
        "name": program.name,
        "organization": program.organization,
        "level": program.level,
        "city": site.city if site else "",
        "state": site.state if site else "",
        "phone": phone(program),
    }
    return [
        whole
        | {
            "field": fact.field,
            "listed": "yes" if fact.listed else "no",
            "age_days": fact.age_days,
            "swing": fact.swing,
            "at_stake": fact.at_stake,
            "question": fact.question,
        }
        for fact in item.facts
    ]


def _program(program: Program) -> str:
    organization = "" if program.organization in ("", program.name) else f", {program.organization}"
    name = phrases.title(program.name, fictional=program.origin.sample)
    return f"{name}{organization}, {program.level.upper()} ({program.id})"


def _about(programs: Sequence[Program]) -> str:
    return f" ({', '.join(program.id for program in programs)})"


def _listed(asked: Asked, vocabulary: Vocabulary) -> list[str]:
    """What is listed now, once where several programs list the same."""
    said: dict[str, list[Program]] = {}
    for program, fact in zip(asked.programs, asked.facts, strict=True):
        if fact.listed and (text := _text(program, fact, vocabulary)):
            said.setdefault(f"listed, {_state(fact)}: {text}", []).append(program)
    if len(said) == 1 and len(next(iter(said.values()))) == len(asked.programs):
        return list(said)
    return [f"{text}{_about(programs)}" for text, programs in said.items()]


def _text(program: Program, fact: Doubtful, vocabulary: Vocabulary) -> str:
    match fact.field.partition(".")[0]:
        case "tracks":
            return fact_texts.tracks(program, vocabulary)
        case "payers":
            return fact_texts.payers(program.payers, vocabulary)
        case "services":
            return ", ".join(vocabulary.label("service", one) for one in program.services)
        case "supports":
            return ", ".join(vocabulary.label("support", one) for one in program.supports)
        case "needs" | "approaches" | "languages":
            field = fact.field.partition(".")[0]
            told = {"needs": fact_texts.needs, "approaches": fact_texts.approaches}
            return told.get(field, fact_texts.languages)(program, vocabulary)
        case "populations":
            return fact_texts.populations(program.populations, vocabulary)
        case "appointments":
            return fact_texts.appointments(program)
        case "office_hours":
            return fact_texts.office_hours(program)
        case "fees":
            return fact_texts.fees(program)
        case _:
            return fact_texts.availability(program)
