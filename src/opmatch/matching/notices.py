"""What a reader must know beside the ranking: age of the data, fiction, law, and limits of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from opmatch.matching.case import Case
from opmatch.matching.pool import origins
from opmatch.model.program import Program
from opmatch.model.ranking import Notice

MINOR_UNDER = 18  # years; consent law differs by state and is not encoded


def stale_notices(case: Case, programs: Sequence[Program]) -> tuple[Notice, ...]:
    """One line per catalog that is older than the formula allows, the oldest first."""
    ages = {
        origin.name: (case.request.as_of - origin.as_of).days
        for origin in origins(programs)
        if origin.as_of is not None
    }
    most = case.formula.stale_catalog_days
    return tuple(
        Notice(
            "stale",
            f"{name} is {days} days old: much of it will have changed. Call before relying on any of it.",
        )
        for days, name in sorted(((days, name) for name, days in ages.items()), reverse=True)
        if days > most
    )


def sample_notice(programs: Sequence[Program]) -> tuple[Notice, ...]:
    if not any(origin.sample for origin in origins(programs)):
        return ()
    text = "SAMPLE CATALOG: every program here is fictional. Load a real directory before referring anyone."
    return (Notice("sample", text),)


def request_notices(case: Case) -> tuple[Notice, ...]:
    """Notices that follow from the request alone."""
    request, out = case.request, list[Notice]()
    if not request.levels:
        text = "No level of care was given, so the levels are ranked apart. A clinician sets the level."
        out.append(Notice("level", text))
    if request.age is None:
        out.append(
            Notice("age", "No age was given, so programs for children, teens and adults are among these.")
        )
    elif request.age < MINOR_UNDER:
        out.append(Notice("minors", "For a minor: check your state's consent law before you refer."))
    if any("substance-use" in look.need.fields for look in case.needs):
        text = (
            "Substance-use records: get the consent 42 CFR Part 2 asks for before you send anything about "
            "a client. opmatch sends nothing."
        )
        out.append(Notice("privacy", text))
    for asked in request.payers:
        term = next((one for one in case.vocabulary.payers if one.id == asked.id), None)
        if term is not None and term.note:
            out.append(Notice("payer", term.note))
    return tuple(out)
