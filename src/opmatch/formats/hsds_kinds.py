"""Whether a service is outpatient mental-health or substance-use care, of which field and of which levels."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct

from opmatch import shipped
from opmatch.model.program import LEVELS, Field, Level

TABLE: Final = "formats/hsds.yaml"
OTHER: Final = "not mental-health or substance-use care"
NOT_OUTPATIENT: Final = "doesn't say that it is outpatient care"
_MOST_READ: Final = 4000  # characters of a description
_APART: Final = re.compile(r"[^a-z0-9]+")


class Kind(Struct, frozen=True):
    """The fields and levels of a service."""

    fields: tuple[Field, ...]
    levels: tuple[Level, ...]


def kind_of(name: str, terms: Iterable[tuple[str, str]], description: str) -> Kind | str:
    """What a service is, or the reason to leave it out; `terms` are code and name of its taxonomy terms.

    The name and the terms decide; the description only what these leave open, and never makes care of a
    service whose name and terms say nothing of care.
    """
    words = _words()
    terms = list(terms)
    named, classed, told = (
        words.care(text) for text in (name, "; ".join(term for _, term in terms), description[:_MOST_READ])
    )
    firm = f"{named} ; {classed}"
    by_code = words.fields_of_codes(code for code, _ in terms)
    firm_fields = words.fields_in(firm, by_code)
    fields = firm_fields or words.fields_in(told, set())
    # A level in the name is the service's own; a taxonomy's term may be as broad as "outpatient care".
    levels = words.levels_in(named) or words.levels_in(classed)
    if not fields:
        return OTHER
    if not levels and (reason := words.reason(named) or words.reason(classed)):
        return reason
    by_the_visit = words.by_the_visit.search(firm) is not None
    if not levels and not by_the_visit:
        levels = words.levels_in(told) if firm_fields else ()
    if not levels and (by_the_visit or (firm_fields and words.by_the_visit.search(told))):
        levels = ("op",)
    return Kind(fields, levels) if levels else NOT_OUTPATIENT if firm_fields else OTHER


class _Words:
    """The table as patterns over plain words."""

    def __init__(self, table: Any) -> None:
        self._not_care = pattern(table["not_care"])
        self._fields = {field: pattern(words) for field, words in table["fields"].items()}
        self._prefixes = table["taxonomy_prefixes"]
        self._levels = {level: pattern(words) for level, words in table["levels"].items()}
        self._other_outpatient = pattern(table["other_outpatient"])
        self.by_the_visit = pattern(table["by_the_visit"])
        self._left_out = {reason: pattern(words) for reason, words in table["left_out"].items()}

    def care(self, text: str) -> str:
        """The plain words of `text` without those that only look like care."""
        return self._not_care.sub(" ", plain(text))

    def fields_of_codes(self, codes: Iterable[str]) -> set[Field]:
        return {
            self._prefixes[code[:2].upper()]
            for code in codes
            if _is_211(code) and code[:2].upper() in self._prefixes
        }

    def fields_in(self, text: str, known: set[Field]) -> tuple[Field, ...]:
        return tuple(field for field, words in self._fields.items() if field in known or words.search(text))

    def levels_in(self, text: str) -> tuple[Level, ...]:
        rest = self._other_outpatient.sub(" ", text)
        return tuple(level for level in LEVELS if self._levels[level].search(rest if level == "op" else text))

    def reason(self, text: str) -> str:
        return next((reason for reason, words in self._left_out.items() if words.search(text)), "")


@functools.cache
def _words() -> _Words:
    return _Words(shipped.yaml_document(TABLE))


def plain(text: str) -> str:
    """Lower case, letters and digits only, words apart by one blank."""
    return _APART.sub(" ", text.lower().replace("’", "").replace("'", "")).strip()


def _is_211(code: str) -> bool:
    return re.match(r"[A-Za-z]{2}(-[0-9]|\Z)", code) is not None


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of `words` in plain text; * at a word's end stands for any letters."""
    alternatives = (plain(word.replace("*", "")) + ("[a-z]*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(alternatives)})(?![a-z0-9])")
