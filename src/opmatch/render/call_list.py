"""Calls about many people as Markdown: each number once, each question with everybody it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opmatch.model.call_list import Behind, GroupCall
from opmatch.render import phrases
from opmatch.render.markdown import escape

_LEGEND = (
    "Under each question is whom it is for, by ref or by row of the batch. Say no more about anybody than the"
    " question needs."
)


def render(calls: Iterable[GroupCall], count: int) -> Iterator[str]:
    """The list in parts, a call each, the one that helps most people first."""
    yield f"# Calls to make\n\n{count:,} number{'' if count == 1 else 's'}. {_LEGEND}\n"
    for at, call in enumerate(calls, 1):
        yield "\n".join(_call(at, call)) + "\n"


def _call(at: int, call: GroupCall) -> list[str]:
    fictional = any(program.fictional for program in call.programs)
    number = call.phone or ("fictional, no number" if fictional else "no number listed")
    people = f"{call.people:,} {'person' if call.people == 1 else 'people'}"
    lines = ["", f"## {at}. {escape(number)}, for {people}", ""]
    lines += [f"- {escape(_program(program))}" for program in call.programs] + [""]
    for question in call.questions:
        lines.append(f"- [ ] {escape(question.ask)}")
        lines += [f"    - {escape(_person(person, ids, call))}" for person, ids in question.people]
    return [*lines, "", "Called on ____________ by ____________, spoke to ____________"]


def _program(program: Behind) -> str:
    organization = "" if program.organization in ("", program.name) else f", {program.organization}"
    name = phrases.title(program.name, fictional=program.fictional)
    return f"{name}{organization}, {program.level.upper()} ({program.id})"


def _person(person: str, ids: tuple[str, ...], call: GroupCall) -> str:
    return person if len(ids) == len(call.programs) else f"{person} ({', '.join(ids)})"
