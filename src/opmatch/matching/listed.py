"""How many programs list each need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from opmatch.model.program import Program
from opmatch.vocabulary.terms import Vocabulary


def programs_per_need(programs: Iterable[Program], vocabulary: Vocabulary) -> dict[str, int]:
    """Active programs that specialize in, treat or are limited to a need or a narrower one, by need id.

    Needs that general programs treat without listing them count only where they are listed.
    """
    counts: Counter[str] = Counter()
    for program in programs:
        if program.status != "active":
            continue
        listed = {*program.needs.specializes, *program.needs.treats, *program.needs.only}
        broader = {above for need in listed for above in vocabulary.ancestors(need)}
        counts.update(listed | broader)
    return {need.id: counts[need.id] for need in vocabulary.needs}
