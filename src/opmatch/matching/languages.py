"""What a way to attend says of one language."""

from __future__ import annotations

from typing import NamedTuple

from opmatch.matching.case import Case
from opmatch.matching.ways import Way
from opmatch.model.program import Language


class LanguageFinding(NamedTuple):
    """The entry that covers the language, staff before interpreter; None where it isn't listed."""

    entry: Language | None


def find_language(case: Case, way: Way, language: str) -> LanguageFinding:
    """The language itself, or a narrower one (Mandarin, where Chinese is asked)."""
    narrower = {term.id for term in case.vocabulary.languages if term.broader == language}
    entries = [one for one in way.languages if one.id == language or one.id in narrower]
    entries.sort(key=lambda one: (one.by != "staff", one.id != language))
    return LanguageFinding(entries[0] if entries else None)
