"""What a catalog says of a program, as labelled lines with the age of each; blanks are said to be blanks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from opmatch.matching.age import fact_date
from opmatch.model.program import Program, Tri
from opmatch.render import fact_texts
from opmatch.render.phrases import LEVEL_NAMES, fields
from opmatch.vocabulary.terms import Kind, Vocabulary

NOT_LISTED = "not listed: ask"
_WELCOME = frozenset({"web", "referral", "bring", "steps", "accreditation", "notes"})
"""Labels that are good to have and that nobody needs to ask for."""


class Fact(NamedTuple):
    """A label, what is listed under it ("" where nothing is), and how many days ago that was confirmed."""

    label: str
    text: str
    age_days: int | None
    missed: bool = False  # not listed, and worth asking for


def facts(program: Program, vocabulary: Vocabulary, as_of: dt.date) -> tuple[Fact, ...]:
    """Every fact of a program, the same labels in the same order for all programs."""

    def listed(kind: Kind, ids: Iterable[str]) -> str:
        return ", ".join(vocabulary.label(kind, id_) for id_ in ids)

    pointless = _pointless(program)

    def fact(label: str, text: str, *keys: str, own: dt.date | None = None) -> Fact:
        if not text:
            return Fact(label, text, None, missed=label not in pointless)
        date = fact_date(program, own, *keys)
        return Fact(label, text, max(0, (as_of - date).days) if date else None)

    intake, availability = program.intake, program.availability
    fictional = program.origin.sample
    return (
        fact("checked", fact_texts.verified(program)),
        Fact("source", fact_texts.source(program), None),
        Fact("level", LEVEL_NAMES[program.level], None),
        Fact("field", fields(program.fields), None),
        fact("status", program.status, "status"),
        fact("delivery", fact_texts.delivery(program), "delivery"),
        fact("licensed in", ", ".join(program.licensed_states or ()), "licensed_states"),
        fact("site", fact_texts.site(program), "site"),
        fact("ages", fact_texts.ages(program.ages, complete=program.ages_complete), "ages"),
        fact("gender", fact_texts.genders(program.genders, vocabulary), "genders"),
        fact("needs", fact_texts.needs(program, vocabulary), "needs"),
        fact("approaches", fact_texts.approaches(program, vocabulary), "approaches"),
        fact("services", listed("service", program.services), "services"),
        fact("who may enter", fact_texts.populations(program.populations, vocabulary), "populations"),
        fact("not for", fact_texts.exclusions(program, vocabulary), "exclusions"),
        fact("payers", fact_texts.payers(program.payers, vocabulary), "payers"),
        fact("fees", fact_texts.fees(program), "fees"),
        fact("languages", fact_texts.languages(program, vocabulary), "languages"),
        fact("supports", listed("support", program.supports), "supports"),
        fact("sessions", fact_texts.tracks(program, vocabulary), "tracks"),
        fact("appointments", fact_texts.appointments(program), "appointments"),
        fact("office hours", fact_texts.office_hours(program), "office_hours"),
        fact("availability", fact_texts.availability(program), "availability", own=availability.as_of),
        fact("phone", "none: fictional" if fictional else intake.phone, "intake.phone", "intake"),
        fact("web", intake.url, "intake.url", "intake"),
        fact("referral", intake.referral, "intake"),
        fact("bring", ", ".join(intake.documents), "intake"),
        fact("steps", ", ".join(intake.steps), "intake"),
        fact("accreditation", ", ".join(program.accreditation), "accreditation"),
        Fact("notes", "; ".join(program.notes), None),
        *(
            Fact(
                "corrected", fact_texts.correction(one, fictional=fictional), max(0, (as_of - one.date).days)
            )
            for one in program.corrections
        ),
    )


def _pointless(program: Program) -> frozenset[str]:
    """The labels that nobody would miss in this program."""
    without = set(_WELCOME)
    if program.tracks:
        without |= {"appointments", "office hours"}
    if program.appointments is not None:
        without.add("sessions")
    if program.virtual is Tri.NO:
        without.add("licensed in")
    if program.in_person is Tri.NO:
        without.add("site")
    return frozenset(without)


def age_text(days: int | None) -> str:
    """How long ago, or "" where it isn't known."""
    if days is None:
        return ""
    return "today" if days == 0 else f"{days} day{'' if days == 1 else 's'} ago"
