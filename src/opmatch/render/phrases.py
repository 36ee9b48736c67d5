"""The wording that all outputs for people share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from opmatch.model.program import Level
from opmatch.model.ranking import Change, FunnelStep, Match, Notice, ProgramSummary, SessionTime, Tier

LEVEL_NAMES: dict[Level, str] = {
    "op": "Outpatient (OP)",
    "iop": "Intensive outpatient (IOP)",
    "php": "Partial hospitalization (PHP)",
}
TIER_NAMES: dict[Tier, str] = {
    "eligible": "Fits everything asked, going by the listing",
    "confirm": "Fits if what isn't listed is confirmed",
    "out": "Does not fit",
}
FIELD_NAMES = {"mental-health": "mental health", "substance-use": "substance use"}
LEGEND = (
    "A score is out of 100; behind it, what the unknown and old facts could make of it. Listings are often"
    " out of date: call before relying on one. Being listed here is no endorsement."
)
LOOK_FURTHER = (
    "That says something about the catalog searched, not about what help there is: the helplines below can"
    " look further."
)
_CITED = "(first-line: "
_SAME = {"zip": "in the same ZIP", "city": "in the same town", "cell": "nearby"}
"""What no distance means where a site is known only roughly."""
_TOO_NEAR_TO_TELL = 0.05  # miles; less is one point for both


def name(program: ProgramSummary) -> str:
    """What the program is called, marked where it doesn't exist."""
    return title(program.name, fictional=program.fictional)


def title(text: str, *, fictional: bool) -> str:
    """A program's name, marked where there is no such program."""
    return f"{text} (fictional)" if fictional else text


def organization(program: ProgramSummary) -> str:
    """Whose program it is, unless that is its own name, and the field of care it works in."""
    whose = program.organization if program.organization != program.name else ""
    return " · ".join(part for part in (whose, fields(program.field)) if part)


def fields(ids: Iterable[str]) -> str:
    """ "mental health and substance use"."""
    return " and ".join(FIELD_NAMES.get(field, field) for field in ids)


def address(program: ProgramSummary) -> str:
    """Street and town in a line, as far as they are known and may be told."""
    site = program.site
    if site is None:
        return ""
    if site.confidential:
        return f"confidential address{f', {site.state}' if site.state else ''}"
    town = " ".join(part for part in (site.state, site.zip) if part)
    return ", ".join(part for part in (site.street, site.city, town) if part)


def travel(match: Match) -> str:
    """How far it is; "" where that wasn't asked or can't be told."""
    if match.option.mode == "virtual":
        return "virtual, no travel"
    if match.distance_miles is None:
        return ""
    precision = match.program.site.precision if match.program.site is not None else None
    if precision in _SAME and match.distance_miles < _TOO_NEAR_TO_TELL:
        return _SAME[precision]
    rough = "about " if precision in _SAME else ""
    minutes = f", about {match.travel_minutes} min each way" if match.travel_minutes is not None else ""
    return f"{rough}{match.distance_miles:.1f} mi{minutes}"


def where(match: Match) -> str:
    """Mode, place and way there in a line."""
    if match.option.mode == "virtual":
        place = address(match.program)
        return f"virtual, no travel{f' (office: {place})' if place else ''}"
    parts = (address(match.program), travel(match))
    return " · ".join(part for part in parts if part) or "place not listed: ask"


def when(match: Match) -> str:
    """The sessions that fit, or what is known of the time."""
    said = sessions(match.sessions, door_to_door=match.option.mode == "in-person")
    track = f"{match.option.track} track" if match.option.track else ""
    if said:
        return f"{track}: {said}" if track else said
    return gate_reason(match, "schedule") or track


def sessions(times: Iterable[SessionTime], *, door_to_door: bool) -> str:
    """Days with the same times together: "Mon, Wed 17:30–20:30 (leave 17:16, back 20:44)"."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for time in times:
        key = (time.start, time.end, time.leave, time.back)
        groups.setdefault(key, []).append(time.day.capitalize())
    out = []
    for (start, end, leave, back), days in groups.items():
        way = f" (leave {leave}, back {back})" if door_to_door and (leave, back) != (start, end) else ""
        out.append(f"{', '.join(dict.fromkeys(days))} {start}–{end}{way}")
    return "; ".join(out)


def why(match: Match) -> str:
    """The reasons that weigh most, in a line; place and time have lines of their own."""
    reasons = {criterion.name: criterion for criterion in match.criteria if criterion.reason}
    chosen = [reasons[key] for key in ("fit", "availability", "cost", "preferences") if key in reasons]
    return "; ".join(without_citation(criterion.reason).rstrip(".") for criterion in chosen)


def without_citation(reason: str) -> str:
    """A reason without the guideline behind "first-line", which is long; `explain` has room for it."""
    head, mark, rest = reason.partition(_CITED)
    if not mark:
        return reason
    depth = 1
    for at, sign in enumerate(rest):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return f"{head}(first-line{without_citation(rest[at:])}"
    return reason


def gate_reason(match: Match, gate: str) -> str:
    """The sentence of one gate, or "" where it wasn't asked."""
    return next((found.reason for found in match.gates if found.name == gate), "")


def ask_first(match: Match) -> str:
    """What has to be confirmed on the phone before it fits, all of it; else the first thing to ask, or ""."""
    # Questions about gates come first, and two gates may share one.
    open_gates = sum(gate.state == "unknown" for gate in match.gates)
    return " ".join(question.ask for question in match.questions[: max(open_gates, 1)])


def phone(program: ProgramSummary) -> str:
    """The number to call; a fictional program has none."""
    return "" if program.fictional else program.phone


def as_options(change: Change) -> str:
    """A change of the request as the options to type, such as `--within 18 --when "mon 17:15-21:00"`."""
    return " ".join(part for key, value in change.items() for part in _option(key, value))


_OPTIONS = {
    "needs": "need",
    "levels": "level",
    "payers": "payer",
    "approaches": "approach",
    "services": "service",
    "supports": "support",
    "populations": "for",
}


def _option(key: str, value: Any) -> list[str]:
    flag = f"--{_OPTIONS.get(key, key).replace('_', '-')}"
    if isinstance(value, bool):
        return [flag if value else flag.replace("--", "--no-", 1)]
    many = value if isinstance(value, (list, tuple)) else [value]
    if not many:
        return [f"no {flag}"]
    return [f"{flag} {_quoted(_number(one))}" for one in many]


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _quoted(text: str) -> str:
    """In double quotes where a shell would split it: they work in all of them."""
    safe = all(sign.isalnum() or sign in "-_.,:/" for sign in text) and text
    return text if safe else '"' + text.replace('"', "") + '"'


def counts(considered: int, eligible: int, confirm: int) -> str:
    """How many fit, in a line."""
    programs = f"{considered:,} program{'' if considered == 1 else 's'}"
    fits = f"{eligible:,} {'fits' if eligible == 1 else 'fit'}"
    if not confirm:
        return f"Of {programs}, {fits}." if eligible else f"None of {programs} fits."
    fit = "fits" if confirm == 1 else "fit"
    if not eligible:
        return f"Of {programs}, none fits for sure; {confirm:,} {fit} if something is confirmed."
    return f"Of {programs}, {fits} and {confirm:,} more {fit} if something is confirmed."


def funnel(steps: Iterable[FunnelStep]) -> str:
    """Where the programs went, in a line: how many were left after each condition that took some."""
    told = [f"{step.left:,} after {step.gate}" for step in steps if step.not_met]
    return f"Left after each condition: {', '.join(told)}." if told else ""


def leading(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """What is said before the answer; words that said so may have put crisis lines there too."""
    return tuple(notices[:-1] if _closes(notices) else notices)


def crisis(notices: Sequence[Notice]) -> str:
    """What is said after every answer."""
    return notices[-1].text if _closes(notices) else ""


def _closes(notices: Sequence[Notice]) -> bool:
    return bool(notices) and notices[-1].kind == "crisis"
