"""The cues of every kind of term in each language, and a text weighed by them."""

from __future__ import annotations

from typing import Any

from opmatch import shipped
from opmatch.vocabulary.cues import NAME, SIGN, Cues, add_plain, read_cues
from opmatch.vocabulary.index import plain, spellings
from opmatch.vocabulary.terms import Kind, Vocabulary
from opmatch.vocabulary.tokens import Token, Tongue, tokens
from opmatch.vocabulary.tongues import tongues
from opmatch.vocabulary.weigh import Weighed, weigh

SECTION_OF: dict[str, str] = {
    "need": "needs",
    "payer": "payers",
    "population": "populations",
    "language": "languages",
    "approach": "approaches",
}


def weigh_text(
    vocabulary: Vocabulary, kind: Kind, text: str
) -> tuple[tuple[Weighed, ...], tuple[Token, ...]]:
    """The terms of a text by weight, in the language that explains more of it, and its words."""
    typed = tokens(text)
    parents = parents_of(vocabulary, kind)
    by_tongue = {
        tongue: weigh(_cues(vocabulary, kind, tongue), typed, parents, mend=first)
        for tongue, first in zip(tongues(typed), (True, False), strict=False)
    }
    best: dict[str, Weighed] = {}
    for weighed in by_tongue.values():
        if any(one.best >= SIGN for one in best.values()):
            break  # a second language is looked into only where the first one says nothing
        for one in weighed:
            if one.id not in best or one.weight > best[one.id].weight:
                best[one.id] = one
    return tuple(sorted(best.values(), key=lambda one: (-one.weight, one.id))), typed


def parents_of(vocabulary: Vocabulary, kind: Kind) -> dict[str, str | None]:
    """Each term's broader one; a plan's is private insurance."""
    if kind == "need":
        return {need.id: need.parent for need in vocabulary.needs}
    return {
        term.id: "private" if term.id.startswith("private:") else term.broader or None
        for term in vocabulary.of_kind[kind]
    }


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
