"""What a text is about: cues found, denials taken out, evidence added up for each term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from opmatch.vocabulary.cues import HINT, NAME, Cues, Hit
from opmatch.vocabulary.small_words import small_words
from opmatch.vocabulary.tokens import BREAK, Token, Tongue, stem

LATER_EVIDENCE = 0.5  # each further cue of a term counts half of the one before
LATER_IN_TEXT = 0.06  # what a term loses for each term named before it
MISSPELT = 0.85
STRESSED, PLAYED_DOWN = 1.25, 0.7
NEARLY = 0.7  # of the broader term's weight: enough for the narrower one to come first
COMES_WITH = 0.75  # "PTSD with insomnia" is first about PTSD
AN_EXAMPLE = 0.3  # what follows "such as"
ALONE_WORDS = 0.5  # the most that words count that only occur inside longer cues

_DENIES_FOLLOWING = 4  # words that "not" and "never" reach


@dataclass(frozen=True, slots=True)
class Weighed:
    """A term with its evidence: `weight` of the cues, `best` the strongest of them, and their positions."""

    id: str
    weight: float
    best: float
    at: tuple[int, ...]
    spelled: bool


def weigh(
    cues: Cues, typed: Sequence[Token], parents: Mapping[str, str | None], mend: bool = True
) -> tuple[Weighed, ...]:
    """The terms a text is about, the weightiest first; a narrower need comes before the broader one.

    `mend`: unknown words are read as the one known word they misspell.
    """
    stems = [stem(token.word, cues.tongue) if token.word != BREAK else BREAK for token in typed]
    mended = _mended(cues, stems) if mend else stems
    denied = denied_in(typed, cues.tongue)
    hits = [hit for hit in cues.hits(mended, typed) if not _is_denied(hit, denied)]
    hits = [
        Hit(hit.cue, hit.at, spelled=all(mended[i] == stems[i] for i in hit.at)) for hit in _outermost(hits)
    ]
    found = _summed(hits, typed)
    found = _with_lone_words(found, cues, mended, denied)
    return _in_order(found, parents)


def _mended(cues: Cues, stems: list[str]) -> list[str]:
    return [one if one in cues.stems or len(one) < 5 else _nearest(cues, one) for one in stems]


def _nearest(cues: Cues, word: str) -> str:
    """The one known stem that `word` misspells, else the word itself."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if not word.isalpha():
        return word
    slips = 2 if len(word) >= 8 else 1
    near = process.extract(word, cues.stems.keys(), scorer=OSA.distance, score_cutoff=slips, limit=4)
    close = [(one, distance) for one, distance, _ in near if len(one) > 4 and one[0] == word[0]]
    close.sort(key=lambda pair: (pair[1], pair[0]))
    if not close or (len(close) > 1 and close[0][1] == close[1][1]):
        return word
    return close[0][0]


def denied_in(typed: Sequence[Token], tongue: Tongue) -> dict[int, int]:
    """Denied positions, each with the position of what denies it.

    What isn't wanted is denied only where it is dying: "not want to die", but not "not want to wake up".
    """
    negators, turns = small_words(f"negators_{tongue}"), small_words(f"turns_{tongue}")
    no_denial, listing = small_words("no_denial"), small_words("listing")
    wanting, dying, lacking = small_words("wanting"), small_words("dying"), small_words("lacking")
    ending, reporting = small_words("ending"), small_words("reporting")
    out: dict[int, int] = {}
    for i, token in enumerate(typed):
        word = token.word
        if word not in negators or (word in lacking and _denied_before(typed, i, negators - listing)):
            continue
        after = next((t.word for t in typed[i + 1 : i + 2]), BREAK)
        before = typed[i - 1].word if i else BREAK
        if before in ("can", "could", "will", "would") or after in no_denial:
            continue
        lists = word in listing
        reach = len(typed) if lists or word == "no" or word in lacking else i + 1 + _DENIES_FOLLOWING
        for j in range(i + 1, min(len(typed), reach)):
            at = typed[j]
            if at.word == BREAK and not (lists and at.typed == ","):
                break
            if at.word in ending or at.word in (reporting if lists else lacking):
                break
            if at.word in turns and not (lists or word == "no"):
                break
            if after not in wanting:
                out[j] = i
            elif at.word in dying:
                out.update(dict.fromkeys(range(i + 1, j + 1), i))
    return out


def _denied_before(typed: Sequence[Token], at: int, negators: frozenset[str]) -> bool:
    """Whether a "without" is itself denied in its clause: "not a day without drinking" tells of drinking."""
    nearly = small_words("nearly_denied")
    for token in reversed(typed[:at]):
        if token.word == BREAK:
            return False
        if token.word in negators or token.word in nearly:
            return True
    return False


def _is_denied(hit: Hit, denied: Mapping[int, int]) -> bool:
    """Whether the cue stands in a denial that isn't part of it: "no sleep" isn't denied by its no."""
    return any(at in denied and denied[at] not in hit.at for at in hit.at)


def _outermost(hits: list[Hit]) -> list[Hit]:
    """Hits that aren't part of a longer hit: "social anxiety" is not also "anxiety"."""
    sets = [(hit, frozenset(hit.at)) for hit in hits]
    return [
        hit
        for hit, at in sets
        if not any(at < other and one.cue.weight >= min(hit.cue.weight, HINT * 2) for one, other in sets)
    ]


def _summed(hits: Sequence[Hit], typed: Sequence[Token]) -> dict[str, Weighed]:
    by_term: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=lambda one: (one.at[0], -one.cue.weight)):
        by_term.setdefault(hit.cue.id, []).append(hit)
    out: dict[str, Weighed] = {}
    for order, (id_, own) in enumerate(by_term.items()):
        best: dict[frozenset[int], float] = {}
        taken: set[int] = set()
        for hit in sorted(own, key=lambda one: (-_worth(one, typed), one.at)):
            if taken.issuperset(hit.at):
                continue
            taken.update(hit.at)
            best[frozenset(hit.at)] = _worth(hit, typed)
        worths = sorted(best.values(), reverse=True)
        weight = sum(worth * LATER_EVIDENCE**rank for rank, worth in enumerate(worths))
        out[id_] = Weighed(
            id_,
            weight * (1 - LATER_IN_TEXT * min(order, 5)),
            max(hit.cue.weight for hit in own),
            tuple(sorted(taken)),
            all(hit.spelled for hit in own if hit.cue.weight == max(one.cue.weight for one in own)),
        )
    return out


def _worth(hit: Hit, typed: Sequence[Token]) -> float:
    worth = hit.cue.weight * (1.0 if hit.spelled else MISSPELT)
    worth += 0.1 * min(len(hit.at) - 1, 4)  # a longer phrase is surer
    before = {token.word for token in typed[max(0, hit.at[0] - 2) : hit.at[0]]}
    if before & small_words("stressed"):
        worth *= STRESSED
    elif before & small_words("played_down"):
        worth *= PLAYED_DOWN
    earlier = [token.word for token in typed[: hit.at[0]]]
    if "such" in earlier:
        worth *= AN_EXAMPLE
    elif "with" in earlier:
        worth *= COMES_WITH
    if "induced" in earlier or "associated" in earlier:
        worth *= COMES_WITH
    return worth


def _with_lone_words(
    found: dict[str, Weighed], cues: Cues, stems: Sequence[str], denied: Mapping[int, int]
) -> dict[str, Weighed]:
    """Adds what words of longer cues say alone: little, and less the more terms share them."""
    lone: dict[str, dict[int, float]] = {}
    for i, one in enumerate(stems):
        terms = cues.stems.get(one)
        if terms is None or i in denied or len(one) < 3:
            continue
        rarity = max(0.0, 1.0 - log(len(terms)) / log(30))
        for id_, weight in terms.items():
            lone.setdefault(id_, {})[i] = weight / NAME * rarity**2
    out = dict(found)
    for id_, words in lone.items():
        extra = ALONE_WORDS * min(1.0, sum(words.values()) / 2)
        known = found.get(id_)
        if known is not None:
            out[id_] = Weighed(id_, known.weight + extra, known.best, known.at, known.spelled)
        elif extra > 0.05:
            at = tuple(i for i, worth in words.items() if worth > 0.05)
            out[id_] = Weighed(id_, extra, 0.0, at, True)
    return out


def _in_order(found: Mapping[str, Weighed], parents: Mapping[str, str | None]) -> tuple[Weighed, ...]:
    """By weight, then id; the evidence of a broader term also speaks for the narrower one that was found."""
    out = dict(found)
    for id_, one in found.items():
        broader = parents.get(id_)
        while broader is not None:
            above = out.get(broader)
            if above is not None and one.best >= HINT * 2:
                own = out[id_]
                weight = max(own.weight, above.weight * 0.5 + own.weight * 0.75)
                if NEARLY * above.weight < own.weight < above.weight:
                    weight = max(weight, above.weight + 0.05)
                out[id_] = Weighed(id_, weight, own.best, own.at, own.spelled)
            broader = parents.get(broader)
    return tuple(sorted(out.values(), key=lambda one: (-one.weight, one.id)))
