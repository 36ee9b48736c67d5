"""A work-list as telephone calls: each number once, with all there is to ask there."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from opmatch.catalog.doubts_contact import phone_digits
from opmatch.keeping.stale import Doubtful, ToVerify
from opmatch.model.program import Program


class Asked(Struct, frozen=True, kw_only=True):
    """One question with the programs it is about; `facts` are what is listed of it, program by program."""

    question: str
    programs: tuple[Program, ...]
    facts: tuple[Doubtful, ...]
    at_stake: float


class Call(Struct, frozen=True, kw_only=True):
    """One number to call; "" where none is listed, then for one program alone."""

    phone: str
    programs: tuple[Program, ...]
    questions: tuple[Asked, ...]
    at_stake: float
    limited: bool = False  # to programs that only a group may enter


def calls(items: Sequence[ToVerify]) -> tuple[Call, ...]:
    """One call a number, the one with the most at stake first, then numbers of programs for a group alone;
    who has no number comes last."""
    by_number: dict[str, list[ToVerify]] = {}
    for item in items:
        phone = item.program.intake.phone
        key = phone_digits(phone) or phone or f"none:{item.program.id}"
        by_number.setdefault(key, []).append(item)
    found = [_call(group) for group in by_number.values()]
    return tuple(
        sorted(found, key=lambda one: (not one.phone, one.limited, -one.at_stake, one.programs[0].id))
    )


def _call(group: Sequence[ToVerify]) -> Call:
    by_question: dict[str, list[tuple[Program, Doubtful]]] = {}
    for item in group:
        for fact in item.facts:
            by_question.setdefault(fact.question, []).append((item.program, fact))
    questions = [
        Asked(
            question=question,
            programs=tuple(program for program, _ in about),
            facts=tuple(fact for _, fact in about),
            at_stake=round(sum(fact.at_stake for _, fact in about), 1),
        )
        for question, about in by_question.items()
    ]
    return Call(
        phone=group[0].program.intake.phone,
        programs=tuple(item.program for item in group),
        questions=tuple(sorted(questions, key=lambda one: (-one.at_stake, one.question))),
        at_stake=round(sum(item.at_stake for item in group), 1),
        limited=all(item.limited for item in group),
    )
