"""What is said beside a placement: each thing once, with the people it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from opmatch.matching import notices as told
from opmatch.matching.case import Case
from opmatch.matching.safety import crisis_notice, safety_notices
from opmatch.model.placement import Assignment
from opmatch.model.program import Program
from opmatch.model.ranking import Notice
from opmatch.placing.people import Asker, together
from opmatch.placing.place import Terms

APPROVAL: Final = (
    "A proposal: a person approves each placement, and asks for each seat by a call. opmatch sends nothing"
    " and holds no seat."
)
LEVEL: Final = (
    "No level of care was given, so a program of any level may be proposed. A clinician sets the level first"
)
PRIVACY: Final = (
    "Substance-use records: get the consent 42 CFR Part 2 asks for before you send anything about a client."
    " opmatch sends nothing"
)
_ORDER: Final = ("crisis", "safety", "level", "age", "minors", "privacy", "payer", "understood")
_QUOTING: Final = ("payer", "understood")
"""Kinds that name what somebody asked for."""


def notices_for(
    programs: Sequence[Program],
    askers: Sequence[Asker],
    assignments: Sequence[Assignment],
    today: Case,
    terms: Terms,
) -> tuple[Notice, ...]:
    """In reading order: fiction and age of the catalogs, whose words or needs ask for care, crisis lines."""
    about: dict[Notice, list[Asker]] = {}
    for asker, found in zip(askers, assignments, strict=True):
        for notice in _of(asker, found, terms):
            if terms.with_request or notice.kind not in _QUOTING:
                about.setdefault(notice, []).append(asker)
    ordered = sorted(about.items(), key=lambda item: _ORDER.index(item[0].kind))
    return (
        *told.sample_notice(programs),
        *told.stale_notices(today, programs),
        Notice("approval", APPROVAL),
        *_twice(askers),
        *(
            Notice(one.kind, f"{one.text.rstrip('.')} ({together(who, len(askers))}).")
            for one, who in ordered
        ),
        crisis_notice(today.vocabulary.crisis),
    )


def _of(asker: Asker, found: Assignment, terms: Terms) -> Iterator[Notice]:
    yield from (one for one in asker.notices if one.kind == "crisis")
    if asker.request is None or found.result == "stopped":
        return
    case = terms.case_of(asker.request)
    yield from safety_notices(asker.request, case.vocabulary)
    substance_use = found.placed is not None and "substance-use" in found.placed.program.field
    for notice in told.request_notices(case):
        if notice.kind == "level":
            yield Notice("level", LEVEL)
        elif notice.kind == "privacy":
            substance_use = True
        else:
            yield notice
    if substance_use:
        yield Notice("privacy", PRIVACY)
    yield from (one for one in asker.notices if one.kind == "understood")


def _twice(askers: Sequence[Asker]) -> Iterator[Notice]:
    rows: dict[str, list[int]] = {}
    for asker in askers:
        if asker.ref is not None:
            rows.setdefault(asker.ref, []).append(asker.row)
    for ref, found in rows.items():
        if len(found) > 1:
            listed = ", ".join(map(str, found))
            yield Notice(
                "twice", f"{ref} is the ref of rows {listed}: each is taken for a person of its own."
            )
