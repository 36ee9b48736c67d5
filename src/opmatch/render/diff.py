"""What has changed between two catalogs, as Markdown to review and as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from opmatch.keeping.diff import Changed, Diff
from opmatch.model.program import Program
from opmatch.render import fact_texts, phrases
from opmatch.render.markdown import escape
from opmatch.vocabulary.terms import Vocabulary

_Text = Callable[[Program, Vocabulary], str]
_TEXTS: Final[dict[str, _Text]] = {
    "name": lambda p, _: p.name,
    "organization": lambda p, _: p.organization,
    "status": lambda p, _: p.status,
    "level": lambda p, _: p.level.upper(),
    "field": lambda p, _: phrases.fields(p.fields),
    "delivery": lambda p, _: fact_texts.delivery(p),
    "licensed_states": lambda p, _: ", ".join(p.licensed_states or ()),
    "site": lambda p, _: fact_texts.site(p),
    "ages": lambda p, _: fact_texts.ages(p.ages, complete=p.ages_complete),
    "genders": lambda p, v: fact_texts.genders(p.genders, v),
    "needs": fact_texts.needs,
    "approaches": fact_texts.approaches,
    "services": lambda p, v: ", ".join(v.label("service", one) for one in p.services),
    "populations": lambda p, v: fact_texts.populations(p.populations, v),
    "exclusions": fact_texts.exclusions,
    "payers": lambda p, v: fact_texts.payers(p.payers, v) + ("" if p.payers_complete else "; others: ask"),
    "fees": lambda p, _: fact_texts.fees(p),
    "languages": fact_texts.languages,
    "supports": lambda p, v: ", ".join(v.label("support", one) for one in p.supports),
    "tracks": fact_texts.tracks,
    "appointments": lambda p, _: fact_texts.appointments(p),
    "office_hours": lambda p, _: fact_texts.office_hours(p),
    "availability": lambda p, _: fact_texts.availability(p),
    "intake": lambda p, _: _intake(p),
    "accreditation": lambda p, _: ", ".join(p.accreditation),
    "notes": lambda p, _: "; ".join(p.notes),
}


def render_markdown(diff: Diff, vocabulary: Vocabulary, limit: int) -> str:
    """Counts, then each kind of change; `limit` programs of a kind, 0 is all."""
    kinds = _kinds(diff)
    lines = ["# What has changed", "", "| | programs |", "|---|---:|"]
    lines += [f"| {name} | {len(found):,} |" for name, found in kinds]
    lines += [f"| unchanged | {diff.unchanged:,} |", ""]
    if diff.by_field:
        lines += ["| field | changed in |", "|---|---:|"]
        lines += [f"| {field} | {count:,} |" for field, count in diff.by_field.items()] + [""]
    for name, found in kinds:
        if not found:
            continue
        lines += [f"## {name.capitalize()}: {len(found):,}", ""]
        for one in found[: limit or None]:
            lines += _program(one) if isinstance(one, Program) else _changed(one, vocabulary)
        if limit and len(found) > limit:
            lines.append(f"- and {len(found) - limit:,} more: `--limit 0`")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def data(diff: Diff) -> dict[str, Any]:
    """The same for JSON: programs by id, changes with both values."""
    return {
        "counts": {name.replace(" ", "_"): len(found) for name, found in _kinds(diff)}
        | {"unchanged": diff.unchanged},
        "by_field": diff.by_field,
        "added": [_summary(one) for one in diff.added],
        "gone": [_summary(one) for one in diff.gone],
        "changed": [
            _summary(one.new)
            | {
                "old_id": one.old.id,
                "renamed": one.renamed,
                "moved": one.moved,
                "closed": one.closed,
                "reopened": one.reopened,
                "fields": [_hidden(one, change) for change in one.fields],
            }
            for one in diff.changed
        ],
    }


def _kinds(diff: Diff) -> list[tuple[str, Sequence[Program] | Sequence[Changed]]]:
    """Each kind of change with its programs, each program under the weightiest of its changes alone."""
    closed = [one for one in diff.changed if one.closed]
    reopened = [one for one in diff.changed if one.reopened]
    moved = [one for one in diff.changed if one.moved and not one.closed and not one.reopened]
    told = {id(one) for one in (*closed, *reopened, *moved)}
    changed = [one for one in diff.changed if one.fields and id(one) not in told]
    renamed = [one for one in diff.changed if not one.fields]
    return [
        ("added", diff.added),
        ("no longer listed", diff.gone),
        ("closed or paused", closed),
        ("open again", reopened),
        ("moved", moved),
        ("changed", changed),
        ("under a new id alone", renamed),
    ]


def _program(program: Program) -> list[str]:
    place = fact_texts.site(program)
    name = phrases.title(program.name, fictional=program.origin.sample)
    text = f"{name}, {program.level.upper()}{f', {place}' if place else ''}"
    return [f"- {escape(text)} (`{program.id}`)"]


def _changed(change: Changed, vocabulary: Vocabulary) -> list[str]:
    lines = _program(change.new)
    if change.renamed:
        lines.append(f"    - id: `{change.old.id}` → `{change.new.id}` (matched by name and place)")
    for one in change.fields:
        old, new = (_TEXTS[one.field](side, vocabulary) for side in (change.old, change.new))
        lines.append(f"    - {one.field}: {escape(old or 'not known')} → {escape(new or 'not known')}")
    return lines


def _summary(program: Program) -> dict[str, Any]:
    site = program.site
    return {
        "id": program.id,
        "name": program.name,
        "organization": program.organization,
        "level": program.level,
        "status": program.status,
        "city": site.city if site else "",
        "state": site.state if site else "",
        "fictional": program.origin.sample,
    }


def _hidden(change: Changed, field: Any) -> Any:
    """A change as it is, but for a fictional phone number."""
    if field.field != "intake" or not (change.old.origin.sample or change.new.origin.sample):
        return field
    old, new = ({**value, "phone": ""} for value in (field.old, field.new))
    return {"field": "intake", "old": old, "new": new}


def _intake(program: Program) -> str:
    intake = program.intake
    phone = "fictional" if program.origin.sample and intake.phone else intake.phone
    parts: Iterable[str] = (
        phone,
        intake.url,
        intake.referral,
        ", ".join(intake.documents),
        ", ".join(intake.steps),
    )
    return "; ".join(part for part in parts if part)
