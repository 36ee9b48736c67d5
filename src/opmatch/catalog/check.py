"""What is doubtful in a catalog that is well formed: rules, and the findings they make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct

from opmatch.catalog import doubts, doubts_care, doubts_contact
from opmatch.catalog.doubts import Around, Doubt
from opmatch.catalog.plain import Progress
from opmatch.catalog.twins import TwinRule, twins
from opmatch.model.program import Catalog, Program, Standing
from opmatch.places.lookup import Places
from opmatch.vocabulary.terms import Vocabulary

Severity = Literal["warning"]
_PROGRESS_EVERY: Final = 512  # programs


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
    """An id to name a doubt by, what raises it in one program, and what it is about in a line."""

    id: str
    find: Callable[[Program, Around], Iterator[Doubt]]

    @property
    def title(self) -> str:
        return (self.find.__doc__ or "").strip().partition("\n")[0].rstrip(".")


RULES: Final[tuple[Rule, ...]] = (
    Rule("weekly-hours", doubts.weekly_hours),
    Rule("session-overlap", doubts.session_overlap),
    Rule("session-length", doubts.session_length),
    Rule("no-required-session", doubts.no_required_session),
    Rule("ages-impossible", doubts_care.ages_impossible),
    Rule("zip-unknown", doubts.zip_unknown),
    Rule("zip-state", doubts.zip_state),
    Rule("zip-distance", doubts.zip_distance),
    Rule("no-way-to-attend", doubts.no_way_to_attend),
    Rule("virtual-licence", doubts.virtual_licence),
    Rule("contradiction", doubts.contradiction),
    Rule("offered-but-excluded", doubts_care.offered_but_excluded),
    Rule("genders-at-odds", doubts_care.genders_at_odds),
    Rule("fidelity", doubts_care.fidelity),
    Rule("unverified", doubts.unverified),
    Rule("future-date", doubts.future_date),
    Rule("no-contact", doubts.no_contact),
    Rule("phone-form", doubts_contact.phone_form),
    Rule("url-form", doubts_contact.url_form),
    Rule("placeholder", doubts_contact.placeholder),
)
TWIN_TITLES: Final[dict[TwinRule, str]] = {
    "duplicate": "One program that is probably listed twice",
    "listed-by-two-sources": "One program that two sources probably list each",
    "ghost": "A listing that is probably left over: moved, or under a former name",
}
CORRECTION_TITLES: Final[dict[Standing, tuple[str, str]]] = {
    "caught-up": ("correction-caught-up", "A correction that the source now says itself"),
    "source-changed": ("correction-outdated", "A correction of something the source has changed since"),
    "no-place": ("correction-lost", "A correction of a part that the program no longer has"),
}
TITLES: Final[dict[str, str]] = (
    {rule.id: rule.title for rule in RULES}
    | {str(rule): title for rule, title in TWIN_TITLES.items()}
    | dict(CORRECTION_TITLES.values())
)
"""Every rule's id and what it is about, in the order in which they are told."""


def check(
    catalog: Catalog,
    vocabulary: Vocabulary,
    places: Places,
    as_of: dt.date,
    ignore: Collection[str] = (),
    progress: Progress | None = None,
) -> tuple[Finding, ...]:
    """All findings, in the order of files, programs and rules. `as_of` is the day ages are counted to.

    `ignore` names rules not to hold programs against; `progress` is told programs done and in all.
    """
    around = Around(vocabulary=vocabulary, zips=places.all_zips(), as_of=as_of, limits=doubts.limits())
    order = {path: at for at, path in enumerate(dict.fromkeys(p.origin.path for p in catalog.programs))}
    programs = sorted(catalog.programs, key=lambda program: (order[program.origin.path], program.id))
    pairs = _twins(programs, around, ignore)
    rules = [rule for rule in RULES if rule.id not in ignore]
    found: list[Finding] = []
    for done, program in enumerate(programs):
        if progress is not None and done % _PROGRESS_EVERY == 0:
            progress(done, len(programs))
        for rule in rules:
            found.extend(_finding(rule.id, program, doubt) for doubt in rule.find(program, around))
        found.extend(pairs.get(program.id, ()))
    found.extend(_about_corrections(catalog, ignore))
    return tuple(found)


def _about_corrections(catalog: Catalog, ignore: Collection[str]) -> Iterator[Finding]:
    """Corrections that somebody should look at; one without its program may belong to another catalog."""
    said = {
        "caught-up": ("is what the source says now", "take it back with --remove"),
        "source-changed": ("corrects {was!r}; the source now says {source!r}", "ask again, or --remove it"),
        "no-place": ("leads to nothing", "correct what is there now, or --remove it"),
    }
    for one in catalog.corrections:
        if one.standing in CORRECTION_TITLES and CORRECTION_TITLES[one.standing][0] not in ignore:
            message, mend = said[one.standing]
            yield Finding(
                rule=CORRECTION_TITLES[one.standing][0],
                file=one.file,
                line=one.line,
                program=one.program,
                path=one.field,
                message=message.format(was=one.was, source=one.source),
                mend=mend,
            )


def _twins(programs: Sequence[Program], around: Around, ignore: Collection[str]) -> dict[str, list[Finding]]:
    """What two programs raise together, under the id of the one to look at."""
    found: dict[str, list[Finding]] = {}
    if all(rule in ignore for rule in TWIN_TITLES):
        return found
    for twin in twins(programs, around.limits["twins"]):
        if twin.rule not in ignore:
            doubt = Doubt("name" if twin.rule != "ghost" else "site", twin.message, twin.mend)
            found.setdefault(twin.program.id, []).append(_finding(twin.rule, twin.program, doubt))
    return found


def _finding(rule: str, program: Program, doubt: Doubt) -> Finding:
    return Finding(
        rule=rule,
        file=program.origin.path,
        program=program.id,
        path=doubt.path,
        message=doubt.message,
        mend=doubt.mend,
    )
