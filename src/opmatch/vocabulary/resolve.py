"""Words to vocabulary terms: by id, label, synonym or ICD-10-CM code, else by one clear near miss."""

from __future__ import annotations

import re

from opmatch.errors import UnknownTermError
from opmatch.model.request import How, Understood
from opmatch.vocabulary.index import plain
from opmatch.vocabulary.terms import Kind, Vocabulary

MAX_SUGGESTIONS = 3
MIN_SUGGESTION_SCORE = 75.0  # of 100, rapidfuzz's ratio of letters or of whole words
MIN_SUGGESTION_SCORE_SHORT = 65.0  # for words too short to be guessed, where one slip costs more
SHORTEST_GUESSED = 5  # letters; shorter words must be exact, since most are one slip from another word
SHORTEST_TWO_SLIPS = 9
SHORTEST_ANY_FIRST_LETTER = 8  # below this a wrong first letter usually means another word
CLEAR_BY = 2  # edits by which the nearest term must beat the next one
MAX_SHOWN = 80  # characters of unknown text repeated in an error

PRIVATE = "private:"
_PLAN_WORDS = frozenset(
    {"ppo", "hmo", "epo", "po", "hdhp", "plan", "member", "group", "network", "employer", "commercial"}
    | {"insurance", "coverage", "health", "healthcare", "choice", "open", "access", "select", "plus"}
    | {"bronze", "silver", "gold", "platinum"}
)
"""What plan names carry after the insurer's own, as `plain` spells it; "Aetna PPO" is Aetna."""
_SLUG = re.compile(r"[^a-z0-9]+")


def resolve(vocabulary: Vocabulary, kind: Kind, text: str) -> Understood:
    """The term of `kind` that `text` names.

    Case, accents, punctuation, hyphens, spaces and plurals don't matter. A misspelling is taken only when
    one term is clearly nearest; then `how` is "spelling". Raises `UnknownTermError` with at most three
    suggested ids.
    """
    found = _exact(vocabulary, kind, text)
    if found is None and kind == "payer":
        found = _named_plan(vocabulary, text)
    if found is None:
        found = _clear_near_miss(vocabulary, kind, text)
    if found is None:
        raise _unknown(vocabulary, kind, text)
    id_, how = found
    return Understood(id=id_, label=vocabulary.label(kind, id_), asked=text.strip(), how=how)


def _exact(vocabulary: Vocabulary, kind: Kind, text: str) -> tuple[str, How] | None:
    found = vocabulary.index.find(kind, text)
    if found is not None:
        return found
    if kind == "need" and (need := vocabulary.index.need_of_code(text)) is not None:
        return need, "code"
    if kind == "payer" and (payer := _plan_of_insurer(vocabulary, text)) is not None:
        return payer, "synonym"
    return None


def _plan_of_insurer(vocabulary: Vocabulary, text: str) -> str | None:
    """A payer followed by plan words or a place: "BCBS PPO", "Blue Cross Blue Shield of Illinois"."""
    if text.lower().lstrip().startswith(PRIVATE):
        return None
    words = plain(text).split()
    for end in range(len(words) - 1, 0, -1):
        rest = words[end:]
        if rest[0] != "of" and not _PLAN_WORDS.issuperset(rest):
            continue
        found = vocabulary.index.find("payer", " ".join(words[:end]))
        if found is not None:
            return found[0]
    return None


def _named_plan(vocabulary: Vocabulary, text: str) -> tuple[str, How] | None:
    """`private:` and any name: the known plan of that name, else a payer id made of the name.

    A name that is another payer's, such as `private:medicaid`, is refused: the two are paid differently.
    """
    head, colon, name = text.strip().partition(":")
    if not colon or head.strip().lower() != "private":
        return None
    slug = _SLUG.sub("-", name.lower()).strip("-")
    if not slug:
        return None
    known = _exact(vocabulary, "payer", name)
    if known is None:
        return PRIVATE + slug, "id"
    if not known[0].startswith(PRIVATE):
        raise UnknownTermError("payer", _shown(text), (known[0],))
    return known


def _clear_near_miss(vocabulary: Vocabulary, kind: Kind, text: str) -> tuple[str, How] | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    typed = plain(text).replace(" ", "")
    if not SHORTEST_GUESSED <= len(typed) <= MAX_SHOWN:
        return None
    slips = 2 if len(typed) >= SHORTEST_TWO_SLIPS else 1
    known = vocabulary.index.words[kind]
    near = process.extract(
        typed,
        [word.replace(" ", "") for word, _ in known],
        scorer=OSA.distance,
        score_cutoff=slips + CLEAR_BY - 1,
        limit=None,
    )
    nearest: dict[str, int] = {}
    for word, distance, position in near:
        other_word = word[0] != typed[0] and len(typed) < SHORTEST_ANY_FIRST_LETTER
        too_short = len(word) < SHORTEST_GUESSED
        if not other_word and not too_short:
            id_ = known[position][1]
            nearest[id_] = min(distance, nearest.get(id_, distance))
    ranked = sorted(nearest.items(), key=lambda found: found[1])
    if not ranked or ranked[0][1] > slips:
        return None
    if len(ranked) > 1 and ranked[1][1] < ranked[0][1] + CLEAR_BY:
        return None
    return ranked[0][0], "spelling"


def _unknown(vocabulary: Vocabulary, kind: Kind, text: str) -> UnknownTermError:
    from rapidfuzz import fuzz, process

    known = vocabulary.index.words[kind]
    typed = plain(text)[:MAX_SHOWN]
    scored = process.extract(
        typed,
        [word for word, _ in known],
        scorer=fuzz.token_ratio,
        score_cutoff=MIN_SUGGESTION_SCORE_SHORT if len(typed) < SHORTEST_GUESSED else MIN_SUGGESTION_SCORE,
        limit=None,
    )
    ranked = sorted(scored, key=lambda found: (-found[1], found[2]))
    ids = tuple(dict.fromkeys(known[position][1] for _, _, position in ranked))
    return UnknownTermError(kind, _shown(text), ids[:MAX_SUGGESTIONS])


def _shown(text: str) -> str:
    shown = text.strip()
    return shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}…"
