"""What a way to attend says of one language."""

from __future__ import annotations

from msgspec import Struct

from opmatch.matching.age import fact_age
from opmatch.matching.case import Case
from opmatch.matching.ways import Way
from opmatch.model.program import Language


class LanguageFinding(Struct, frozen=True):
    """The entry that covers the language, staff before interpreter, then the newest; None where none does."""

    entry: Language | None


def find_language(case: Case, way: Way, language: str) -> LanguageFinding:
    """The language itself, or a narrower one (Mandarin, where Chinese is asked)."""
    narrower = {term.id for term in case.vocabulary.languages if term.broader == language}
    entries = [one for one in way.languages if one.id == language or one.id in narrower]
    # By date before by name: to list the language itself as well never makes less of a fresher narrower one.
    entries.sort(key=lambda one: (one.by != "staff", _days(case, way, one), one.id != language))
    return LanguageFinding(entries[0] if entries else None)


def _days(case: Case, way: Way, entry: Language) -> int:
    return fact_age(case, way.program, entry.verified, "languages").days
