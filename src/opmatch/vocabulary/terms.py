"""What a vocabulary entry is, and the whole vocabulary as one frozen value."""

# No `from __future__ import annotations`: msgspec would work out some forty of them at each start.

import datetime as dt
from functools import cached_property
from typing import Literal

from msgspec import Struct

from opmatch.model.program import Field
from opmatch.vocabulary.index import Index

Kind = Literal[
    "need",
    "approach",
    "payer",
    "language",
    "population",
    "level",
    "service",
    "support",
    "safety flag",
    "gender",
]


class Term(Struct, frozen=True, kw_only=True):
    """One word of the field. `synonyms` are plain words people use for it, lower case."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    note: str = ""  # a truth a counselor must know, such as whose Medicaid it is
    source: str = ""  # citation of the note
    broader: str = ""  # the term this one is a kind of: methadone of moud, Mandarin of Chinese


class FirstLine(Struct, frozen=True, kw_only=True):
    """A treatment that a published guideline puts first for a need, for an age range in years (inclusive)."""

    approach: str
    min_age: int = 0
    max_age: int = 200
    source: str


class Need(Term, frozen=True, kw_only=True):
    """What someone needs care for. `common`: the fields whose general programs treat it unlisted."""

    fields: tuple[Field, ...]
    parent: str | None = None
    common: tuple[Field, ...] = ()
    icd10cm: tuple[str, ...] = ()  # code prefixes, with the dot
    first_line: tuple[FirstLine, ...] = ()
    ask_first: tuple[str, ...] = ()  # ids of safety questions
    withdrawal: Literal["", "stop", "opioid"] = ""  # what a withdrawal-risk flag does for this need


class CrisisLine(Struct, frozen=True, kw_only=True):
    """One way to reach help now; `text` is the sentence people read."""

    id: str
    text: str
    phone: str = ""
    url: str = ""


class SafetyText(Struct, frozen=True, kw_only=True):
    """What is said when a safety flag stops the ranking, or a question printed before it."""

    id: str
    title: str
    text: str


class Crisis(Struct, frozen=True, kw_only=True):
    """Crisis lines of the United States, and the texts of safety stops and questions."""

    reviewed: dt.date
    country: str
    lines: tuple[CrisisLine, ...]
    stops: tuple[SafetyText, ...]
    questions: tuple[SafetyText, ...]


class Vocabulary(Struct, frozen=True, kw_only=True, dict=True):
    """Every term, in the order of its file; parents before children among needs."""

    version: str
    needs: tuple[Need, ...]
    approaches: tuple[Term, ...]
    payers: tuple[Term, ...]
    languages: tuple[Term, ...]
    populations: tuple[Term, ...]
    levels: tuple[Term, ...]
    services: tuple[Term, ...]
    supports: tuple[Term, ...]
    safety_flags: tuple[Term, ...]
    genders: tuple[Term, ...]
    crisis: Crisis

    @cached_property
    def need_by_id(self) -> dict[str, Need]:
        return {need.id: need for need in self.needs}

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """(kind, id) to label."""
        return {(kind, term.id): term.label for kind, terms in self.of_kind.items() for term in terms}

    @cached_property
    def of_kind(self) -> dict[Kind, tuple[Term, ...]]:
        return {
            "need": self.needs,
            "approach": self.approaches,
            "payer": self.payers,
            "language": self.languages,
            "population": self.populations,
            "level": self.levels,
            "service": self.services,
            "support": self.supports,
            "safety flag": self.safety_flags,
            "gender": self.genders,
        }

    @cached_property
    def index(self) -> Index:
        """Every id, label, synonym and code prefix, ready for exact look-up."""
        return Index.of(
            {
                kind: tuple((term.id, term.label, term.synonyms) for term in terms)
                for kind, terms in self.of_kind.items()
            },
            {prefix: need.id for need in self.needs for prefix in need.icd10cm},
        )

    def label(self, kind: Kind, id: str) -> str:  # noqa: A002 (the vocabulary's own word)
        """What people call it; a plan under `private:` is called by its own name, an unknown id by itself."""
        found = self.labels.get((kind, id))
        if found is not None:
            return found
        head, _, plan = id.partition(":")
        return plan.replace("-", " ").replace("_", " ").title() if plan else head

    @cached_property
    def broader_approaches(self) -> dict[str, str]:
        """What each approach is a kind of, "" for none."""
        return {term.id: term.broader for term in self.approaches}

    def relatives(self, need: str) -> dict[str, int]:
        """The need, what it is part of and its parts, with the steps there; remembered."""
        found = self._relatives.get(need)
        if found is None:
            found = {need: 0} | {id_: steps for steps, id_ in enumerate(self.ancestors(need), 1)}
            for other in self.needs:
                above = self.ancestors(other.id)
                if need in above:
                    found[other.id] = above.index(need) + 1
            self._relatives[need] = found
        return found

    @cached_property
    def _relatives(self) -> dict[str, dict[str, int]]:
        return {}

    def ancestors(self, need: str) -> tuple[str, ...]:
        """The broader needs, nearest first."""
        out: list[str] = []
        at = self.need_by_id[need].parent
        while at is not None:
            out.append(at)
            at = self.need_by_id[at].parent
        return tuple(out)
