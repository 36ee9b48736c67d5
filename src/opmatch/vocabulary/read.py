"""Free text to vocabulary terms: what it is about, how sure that is, and the words that led there."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from opmatch import shipped
from opmatch.vocabulary.codes import (
    Declined,
    code_words,
    codes_alone,
    codes_in,
    named_declined,
    place_code,
    place_range,
)
from opmatch.vocabulary.cues import NAME, SIGN, Cues, add_plain, read_cues
from opmatch.vocabulary.index import plain, spellings
from opmatch.vocabulary.screen import Alarm, screen
from opmatch.vocabulary.small_words import small_words
from opmatch.vocabulary.terms import Kind, Vocabulary
from opmatch.vocabulary.tokens import BREAK, Token, Tongue, tokens
from opmatch.vocabulary.weigh import Weighed, weigh

SURE_WEIGHT = 1.9  # one clear sign
NAMED = 2.5  # said outright
CLEAR_SHARE = 0.72  # a rival term above this share of the first makes it unsure, unless both are named
MAX_CANDIDATES = 5
FAINT = 0.05  # weight under which a term is not worth naming
SHORT_WORDS = 3  # up to these a text may be one misspelt term
MAX_TAKEN = 3  # needs taken from one sentence
SECTION_OF: dict[str, str] = {
    "need": "needs",
    "payer": "payers",
    "population": "populations",
    "language": "languages",
    "approach": "approaches",
}


class Candidate(Struct, frozen=True, kw_only=True):
    """A term the text may mean: `score` 0 to 1, `matched` the words of the text that led to it."""

    id: str
    label: str
    score: float
    matched: tuple[str, ...]


class Reading(Struct, frozen=True, kw_only=True):
    """What a text is taken for.

    `sure`: the first candidate is taken, and with it every one in `taken` (in order of weight); else the
    candidates are suggestions. `declined` is for a code or its name that is known and not a need here.
    `crisis` is whether the words are about danger, `alarm` how urgently.
    """

    text: str
    sure: bool
    candidates: tuple[Candidate, ...]
    declined: dict[str, Any] | None
    crisis: bool
    alarm: Alarm | None
    taken: tuple[str, ...] = ()
    coded: bool = False  # whether it was codes that were read


def read(vocabulary: Vocabulary, kind: Kind, text: str) -> Reading:
    """The reading of any text as one kind of term. Deterministic; never raises."""
    alarm = screen(vocabulary, text)
    return replace(read_terms(vocabulary, kind, text), crisis=alarm is not None, alarm=alarm)


def read_terms(vocabulary: Vocabulary, kind: Kind, text: str) -> Reading:
    """The reading without the screen, for texts that have been screened."""
    candidates, taken, declined = _read(vocabulary, kind, text)
    return Reading(
        text=text,
        sure=bool(taken),
        candidates=candidates,
        declined=declined,
        crisis=False,
        alarm=None,
        taken=taken,
        coded=kind == "need" and bool(codes_alone(text)),
    )


def near_miss(vocabulary: Vocabulary, kind: Kind, text: str) -> str | None:
    """The term that a few words clearly misspell."""
    from opmatch.vocabulary.resolve import clear_near_miss

    found = clear_near_miss(vocabulary, kind, text)
    return None if found is None else found[0]


def _read(
    vocabulary: Vocabulary, kind: Kind, text: str
) -> tuple[tuple[Candidate, ...], tuple[str, ...], dict[str, Any] | None]:
    exact = vocabulary.index.find(kind, text)
    if exact is not None and not (kind == "payer" and exact[1] == "synonym"):
        return _one(vocabulary, kind, exact[0], text, 1.0)
    if kind == "need":
        found = _read_codes(vocabulary, text)
        if found is not None:
            return found
        named = named_declined(text)
        if named is not None:
            return (), (), named.as_data(named.code)
    weighed, typed = weigh_text(vocabulary, kind, text)
    if exact is not None:
        also = _taken(vocabulary, kind, weighed)
        if exact[0] not in also:  # only "no insurance" and the like mean more than the term they are exactly
            return _one(vocabulary, kind, exact[0], text, 1.0)
    elif len(text.split()) <= SHORT_WORDS and (near := near_miss(vocabulary, kind, text)) is not None:
        from rapidfuzz import fuzz

        spelled = [word for word, id_ in vocabulary.index.words[kind] if id_ == near]
        return _one(
            vocabulary,
            kind,
            near,
            text,
            round(max(fuzz.ratio(plain(text), word) for word in spelled) / 100, 2),
        )
    candidates = tuple(
        _candidate(vocabulary, kind, one, typed) for one in weighed[:MAX_CANDIDATES] if one.weight >= FAINT
    )
    declined = None if kind != "need" else _declined_words(typed, weighed)
    return candidates, () if declined else _taken(vocabulary, kind, weighed), declined


def _one(
    vocabulary: Vocabulary, kind: Kind, id_: str, text: str, score: float
) -> tuple[tuple[Candidate, ...], tuple[str, ...], None]:
    label = vocabulary.label(kind, id_)
    return (Candidate(id=id_, label=label, score=score, matched=tuple(text.split())),), (id_,), None


def weigh_text(
    vocabulary: Vocabulary, kind: Kind, text: str
) -> tuple[tuple[Weighed, ...], tuple[Token, ...]]:
    """The terms of a text by weight, in the language that explains more of it, and its words."""
    typed = tokens(text)
    parents = _parents(vocabulary, kind)
    by_tongue = {
        tongue: weigh(_cues(vocabulary, kind, tongue), typed, parents, mend=first)
        for tongue, first in zip(_tongues(typed), (True, False), strict=False)
    }
    best: dict[str, Weighed] = {}
    for weighed in by_tongue.values():
        if any(one.best >= SIGN for one in best.values()):
            break  # a second language is looked into only where the first one says nothing
        for one in weighed:
            if one.id not in best or one.weight > best[one.id].weight:
                best[one.id] = one
    return tuple(sorted(best.values(), key=lambda one: (-one.weight, one.id))), typed


def _parents(vocabulary: Vocabulary, kind: Kind) -> dict[str, str | None]:
    """Each term's broader one; a plan's is private insurance."""
    if kind == "need":
        return {need.id: need.parent for need in vocabulary.needs}
    return {
        term.id: "private" if term.id.startswith("private:") else term.broader or None
        for term in vocabulary.of_kind[kind]
    }


def _tongues(typed: tuple[Token, ...]) -> tuple[Tongue, ...]:
    """Which languages a text is read in: one where its small words tell, both for a few words without any."""
    spanish = sum(token.word in small_words("spanish") for token in typed) + sum(
        not token.typed.isascii() for token in typed
    )
    english = sum(token.word in small_words("english") for token in typed)
    if spanish > english:
        return ("es",)
    return ("en",) if english > spanish else ("en", "es")


_CUES: dict[tuple[int, Kind, Tongue], tuple[Vocabulary, Cues]] = {}


def _cues(vocabulary: Vocabulary, kind: Kind, tongue: Tongue) -> Cues:
    known = _CUES.get((id(vocabulary), kind, tongue))
    if known is None or known[0] is not vocabulary:
        known = _CUES[id(vocabulary), kind, tongue] = (vocabulary, _made(vocabulary, kind, tongue))
    return known[1]


def _made(vocabulary: Vocabulary, kind: Kind, tongue: Tongue) -> Cues:
    from opmatch.vocabulary.load import load
    from opmatch.vocabulary.ready_cues import ready_cues

    if vocabulary is not load():
        return _built(vocabulary, kind, tongue)
    return ready_cues(kind, tongue, _words_files(kind, tongue), lambda: _built(vocabulary, kind, tongue))


def _words_files(kind: Kind, tongue: Tongue) -> tuple[str, ...]:
    """The files of phrases for one kind of term."""
    if kind not in SECTION_OF:
        return ()
    files = [f"{'needs' if kind == 'need' else 'terms'}_{tongue}"]
    if kind == "need" and tongue == "en":
        files.append("clinical_en")
    return tuple(f"vocabulary/words/{file}.yaml" for file in files)


def _built(vocabulary: Vocabulary, kind: Kind, tongue: Tongue) -> Cues:
    cues = Cues(tongue)
    section = SECTION_OF.get(kind)
    document: dict[str, Any] = {}
    if section is not None:
        document, *others = (shipped.yaml_document(file) for file in _words_files(kind, tongue))
        for one in (document, *others):
            read_cues(one, section, cues)
    if tongue == "en":
        graded = {
            line.strip()
            for grades in document.get(section or "", {}).values()
            for lines in grades.values()
            for line in lines.splitlines()
        }
        graded |= {
            word
            for grades in document.get(section or "", {}).values()
            if "caps" in grades
            for word in (line.lower() for line in grades["caps"].split())
        }
        graded |= {one for line in tuple(graded) for one in line.split("|") if " " not in line}
        graded |= {plain(one) for one in graded}
        for term in vocabulary.of_kind[kind]:
            texts = (term.id.replace(":", " "), *spellings(term.label), *term.synonyms)
            add_plain(
                cues, term.id, NAME, (one for one in texts if plain(one) not in graded and len(one) > 1)
            )
    return cues


def _candidate(vocabulary: Vocabulary, kind: Kind, one: Weighed, typed: tuple[Token, ...]) -> Candidate:
    words = dict.fromkeys(typed[at].typed for at in one.at)
    return Candidate(
        id=one.id,
        label=vocabulary.label(kind, one.id),
        score=round(one.weight / (one.weight + 1.0), 2),
        matched=tuple(words),
    )


def _taken(vocabulary: Vocabulary, kind: Kind, weighed: tuple[Weighed, ...]) -> tuple[str, ...]:
    """The terms that can be taken without asking, in order; none where the text could mean something else."""
    if not weighed or weighed[0].weight < SURE_WEIGHT or weighed[0].best < SIGN:
        return ()
    first, parents = weighed[0], _parents(vocabulary, kind)
    taken = [first.id]
    for one in weighed[1:]:
        kin = one.id in _above(parents, first.id) or first.id in _above(parents, one.id)
        if one.best >= NAME and one.weight >= NAMED * 0.7 and first.best >= NAME:
            if not kin:
                taken.append(one.id)
        elif not kin and one.weight > first.weight * CLEAR_SHARE:
            return ()
    if kind == "payer" and len({id_.startswith("private") for id_ in taken}) > 1:
        return ()  # "Aetna Medicare" is one plan or two payers
    return tuple(taken[:MAX_TAKEN])


def _above(parents: dict[str, str | None], id_: str) -> set[str]:
    above: set[str] = set()
    at = parents.get(id_)
    while at is not None and at not in above:
        above.add(at)
        at = parents.get(at)
    return above


def _read_codes(
    vocabulary: Vocabulary, text: str
) -> tuple[tuple[Candidate, ...], tuple[str, ...], dict[str, Any] | None] | None:
    """The reading of a text of nothing but codes, or of words beside codes that say the need; else None."""
    alone = codes_alone(text)
    pairs = alone or tuple(codes_in(text))
    if not pairs:
        return None
    needs: dict[str, list[str]] = {}
    declined: dict[str, Any] | None = None
    wide = False
    for first, last in pairs:
        if first != last:
            in_range = place_range(vocabulary, first, last)
            wide = wide or len(in_range) > 1
            for need in in_range:
                needs.setdefault(need, []).append(f"{first}-{last}")
            continue
        placed = place_code(vocabulary, first)
        if isinstance(placed, Declined):
            declined = declined or placed.as_data(first)
        else:
            needs.setdefault(placed, []).append(first)
    if not alone and not needs:
        return None
    candidates = tuple(
        Candidate(
            id=need, label=vocabulary.label("need", need), score=0.6 if wide else 1.0, matched=tuple(codes)
        )
        for need, codes in list(needs.items())[:MAX_CANDIDATES]
    )
    roots = {need for need in needs if not set(vocabulary.ancestors(need)) & needs.keys()}
    taken = tuple(needs)[:MAX_TAKEN] if not wide else (tuple(roots) if len(roots) == 1 else ())
    return candidates, taken, declined


@cache
def _declined_cues() -> Cues:
    cues = Cues("en")
    for place, declined in enumerate(code_words().declined):
        add_plain(cues, str(place), NAME, declined.words)
    return cues


def _declined_words(typed: tuple[Token, ...], weighed: tuple[Weighed, ...]) -> dict[str, Any] | None:
    """What the text names that is declined, where it covers as many words as the best need does."""
    found = weigh(_declined_cues(), [token for token in typed if token.word != BREAK], {})
    found = tuple(one for one in found if one.best > 0)
    if not found:
        return None
    rival = next((one for one in weighed if one.best >= SIGN), None)
    if rival is not None and (
        len(rival.at) > len(found[0].at)
        or (rival.best >= NAME and len(rival.at) == len(found[0].at) and rival.weight > found[0].weight)
    ):
        return None
    declined = code_words().declined[int(found[0].id)]
    return declined.as_data(declined.code)
