"""Calls about many people as Markdown: each number once, each question with everybody it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opmatch.model.call_list import Asker, Behind, GroupCall, GroupQuestion, Part
from opmatch.render import phrases
from opmatch.render.markdown import escape

_LEGEND = (
    "Under each question is whom it is for, by ref or by row of the batch. Say no more about anybody than the"
    " question needs."
)
_CALLED = "\nCalled on ____________ by ____________, spoke to ____________\n"


def render(parts: Iterable[Part], count: int) -> Iterator[str]:
    """The list of `count` calls, a few lines at a time."""
    yield f"# Calls to make\n\n{count:,} number{'' if count == 1 else 's'}. {_LEGEND}\n"
    at, call = 0, None
    for part in parts:
        if isinstance(part, GroupCall):
            if call is not None:
                yield _CALLED
            at, call = at + 1, part
            yield _head(at, part)
        elif isinstance(part, GroupQuestion):
            yield f"- [ ] {escape(part.ask)}\n"
        else:
            assert call is not None, "a call comes first"
            yield f"    - {escape(_person(part, call))}\n"
    if call is not None:
        yield _CALLED


def _head(at: int, call: GroupCall) -> str:
    fictional = any(program.fictional for program in call.programs)
    number = call.phone or ("fictional, no number" if fictional else "no number listed")
    people = f"{call.people:,} {'person' if call.people == 1 else 'people'}"
    lines = ["", f"## {at}. {escape(number)}, for {people}", ""]
    lines += [f"- {escape(_program(program))}" for program in call.programs] + [""]
    return "\n".join(lines) + "\n"


def _program(program: Behind) -> str:
    organization = "" if program.organization in ("", program.name) else f", {program.organization}"
    name = phrases.title(program.name, fictional=program.fictional)
    return f"{name}{organization}, {program.level.upper()} ({program.id})"


def _person(asker: Asker, call: GroupCall) -> str:
    everywhere = len(asker.programs) == len(call.programs)
    return asker.person if everywhere else f"{asker.person} ({', '.join(asker.programs)})"
