"""The facts of a program that every answer carries, in the names of the JSON contract."""

from __future__ import annotations

from typing import Literal

from opmatch.model.program import Program, Tri
from opmatch.model.ranking import DeliverySummary, ProgramSummary, SiteSummary, SourceSummary


def summarize(program: Program) -> ProgramSummary:
    site = program.site
    return ProgramSummary(
        id=program.id,
        name=program.name,
        organization=program.organization,
        field=program.fields,
        level=program.level,
        delivery=DeliverySummary(in_person=_tri(program.in_person), virtual=_tri(program.virtual)),
        site=None
        if site is None
        else SiteSummary(
            street=site.street,
            city=site.city,
            state=site.state,
            zip=site.zip,
            latitude=site.point.latitude if site.point else None,
            longitude=site.point.longitude if site.point else None,
            precision=site.precision,
            confidential=site.confidential,
        ),
        # A sample's numbers belong to nobody: they are never handed on as numbers to dial.
        phone="" if program.origin.sample else program.intake.phone,
        url=program.intake.url,
        source=SourceSummary(name=program.source.name, record=program.source.record),
        verified=program.verified.date,
        fictional=program.origin.sample,
    )


def _tri(value: Tri) -> bool | Literal["unknown"]:
    return "unknown" if value is Tri.UNKNOWN else value is Tri.YES
