"""What is doubtful in a catalog that is well formed: rules, and the findings they make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final, Literal

from msgspec import Struct

from opmatch.catalog import doubts
from opmatch.catalog.doubts import Around, Doubt
from opmatch.model.program import Catalog, Program
from opmatch.places.lookup import Places
from opmatch.vocabulary.terms import Vocabulary

Severity = Literal["warning"]


class Finding(Struct, frozen=True, kw_only=True):
    """One doubt about one program. `line` is known after `locate.located`."""

    rule: str
    severity: Severity = "warning"
    file: str
    line: int | None = None
    program: str
    path: str
    message: str
    mend: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        path = f" `{self.path}`:" if self.path else ""
        mend = f"; {self.mend}" if self.mend else ""
        return f"{place}: program `{self.program}`:{path} {self.message}{mend} ({self.rule})"


class Rule(Struct, frozen=True):
    """An id to name a doubt by, and what raises it."""

    id: str
    find: Callable[[Program, Around], Iterator[Doubt]]


RULES: Final[tuple[Rule, ...]] = (
    Rule("weekly-hours", doubts.weekly_hours),
    Rule("session-overlap", doubts.session_overlap),
    Rule("session-length", doubts.session_length),
    Rule("no-required-session", doubts.no_required_session),
    Rule("zip-unknown", doubts.zip_unknown),
    Rule("zip-state", doubts.zip_state),
    Rule("zip-distance", doubts.zip_distance),
    Rule("no-way-to-attend", doubts.no_way_to_attend),
    Rule("virtual-licence", doubts.virtual_licence),
    Rule("contradiction", doubts.contradiction),
    Rule("unverified", doubts.unverified),
    Rule("future-date", doubts.future_date),
    Rule("no-contact", doubts.no_contact),
)


def check(catalog: Catalog, vocabulary: Vocabulary, places: Places, as_of: dt.date) -> tuple[Finding, ...]:
    """All findings, in the order of files, programs and rules. `as_of` is the day ages are counted to."""
    around = Around(vocabulary=vocabulary, zips=places.all_zips(), as_of=as_of, limits=doubts.limits())
    order = {path: at for at, path in enumerate(dict.fromkeys(p.origin.path for p in catalog.programs))}
    programs = sorted(catalog.programs, key=lambda program: (order[program.origin.path], program.id))
    return tuple(
        Finding(
            rule=rule.id,
            file=program.origin.path,
            program=program.id,
            path=doubt.path,
            message=doubt.message,
            mend=doubt.mend,
        )
        for program in programs
        for rule in RULES
        for doubt in rule.find(program, around)
    )
