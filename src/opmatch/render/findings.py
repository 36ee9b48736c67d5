"""What `catalog check` found, for people: each rule once, with how often and where first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from opmatch.catalog.check import TITLES, Finding
from opmatch.render.plain import plain


def examples(findings: Sequence[Finding], limit: int) -> dict[str, tuple[Finding, ...]]:
    """The first `limit` findings of each rule, the rules in their own order; 0 is all of them."""
    order = list(TITLES)
    by_rule = sorted(findings, key=lambda finding: order.index(finding.rule))
    return {rule: tuple(found)[: limit or None] for rule, found in groupby(by_rule, key=lambda one: one.rule)}


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How often each rule was met, the rules in their own order, those never met left out."""
    found = dict.fromkeys(TITLES, 0)
    for finding in findings:
        found[finding.rule] += 1
    return {rule: count for rule, count in found.items() if count}


def render(shown: Mapping[str, Sequence[Finding]], count_of: Mapping[str, int], programs: str) -> str:
    """A paragraph a rule, and a line that sums up; `programs` are those read, counted in words."""
    lines: list[str] = []
    for rule, found in shown.items():
        lines += [f"{rule} ({count_of[rule]:,}): {TITLES[rule]}", *(f"  {_line(one)}" for one in found)]
        if more := count_of[rule] - len(found):
            lines.append(f"  and {more:,} more; all of them: --limit 0 or --format json")
        lines.append("")
    total = sum(count_of.values())
    rules = f"{total:,} doubtful, by {len(count_of)} rule{'' if len(count_of) == 1 else 's'}"
    lines.append(f"{programs} can be used; {rules if total else 'nothing doubtful'}")
    return "\n".join(lines) + "\n"


def _line(finding: Finding) -> str:
    """A finding without its rule, which stands above."""
    return plain(str(finding).removesuffix(f" ({finding.rule})"))
