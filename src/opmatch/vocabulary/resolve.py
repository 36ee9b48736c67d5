"""Words to vocabulary terms: by id, label, synonym or ICD-10-CM code, else by one clear near miss."""

from __future__ import annotations

from opmatch.errors import DeclinedTermError, UnknownTermError
from opmatch.model.request import How, Understood
from opmatch.pattern import pattern
from opmatch.vocabulary.index import is_code, plain
from opmatch.vocabulary.terms import Kind, Vocabulary

MAX_SUGGESTIONS = 3
MIN_SUGGESTION_SCORE = 75.0  # of 100, rapidfuzz's ratio of letters or of whole words
MIN_SUGGESTION_SCORE_SHORT = 65.0  # for words too short to be guessed, where one slip costs more
SHORTEST_GUESSED = 5  # letters; shorter words must be exact, since most are one slip from another word
SHORTEST_TWO_SLIPS = 9
SHORTEST_ANY_FIRST_LETTER = 8  # below this a wrong first letter usually means another word
CLEAR_BY = 2  # edits by which the nearest term must beat the next one
MIN_SCORE_SUGGESTED = 0.4  # of a reading's candidates
MIN_SHARE_SUGGESTED = 0.15  # of needs, whose scores are shares of all evidence
SUICIDAL = "suicidal-thoughts"
MAX_SHOWN = 80  # characters of unknown text repeated in an error

PRIVATE = "private:"
_PLAN_WORDS = frozenset(
    {"ppo", "hmo", "epo", "po", "hdhp", "plan", "member", "group", "network", "employer", "commercial"}
    | {"insurance", "coverage", "health", "healthcare", "choice", "open", "access", "select", "plus"}
    | {"bronze", "silver", "gold", "platinum"}
)
"""What plan names carry after the insurer's own, as `plain` spells it; "Aetna PPO" is Aetna."""
_SLUG = pattern(r"[^a-z0-9]+")


def resolve(vocabulary: Vocabulary, kind: Kind, text: str) -> Understood:
    """The term of `kind` that `text` names.

    Case, accents, punctuation, hyphens, spaces and plurals don't matter. A misspelling is taken only when
    one term is clearly nearest; then `how` is "spelling". A sentence is taken only when it is surely about
    the term; then `how` is "phrase". Raises `UnknownTermError` with at most three
    suggested ids.
    """
    return resolve_all(vocabulary, kind, text)[0]


def resolve_all(vocabulary: Vocabulary, kind: Kind, text: str) -> tuple[Understood, ...]:
    """Every term that `text` surely names, in order of weight: "depressed and drinking" are two needs.

    Raises `UnknownTermError` as `resolve` does, with what the text may mean, or what to look for instead.
    """
    exact = vocabulary.index.find(kind, text)
    if exact is not None and not (kind == "payer" and exact[1] == "synonym"):
        return (_understood(vocabulary, kind, text, *exact),)
    found: tuple[str, How] | None = exact or _exact(vocabulary, kind, text)
    if found is None and kind == "payer":
        found = _named_plan(vocabulary, text)
    if found is None and not (kind == "need" and _is_declined(text)):
        found = clear_near_miss(vocabulary, kind, text)
    if found is not None and not (kind == "payer" and found[1] == "synonym"):
        return (_understood(vocabulary, kind, text, *found),)
    from opmatch.vocabulary.read import SECTION_OF, read_terms
    from opmatch.vocabulary.screen import screen

    if kind not in SECTION_OF:
        raise _unknown(vocabulary, kind, text)
    reading = read_terms(vocabulary, kind, text)
    if found is not None:
        ids = reading.taken if found[0] in reading.taken else (found[0],)
        return tuple(_understood(vocabulary, kind, text, id_, found[1]) for id_ in ids)
    if reading.taken:
        how: How = "code" if reading.coded else "phrase"
        return tuple(_understood(vocabulary, kind, text, id_, how) for id_ in reading.taken)
    error = _unknown(vocabulary, kind, text)
    least = MIN_SHARE_SUGGESTED if kind == "need" else MIN_SCORE_SUGGESTED
    ids = tuple(one.id for one in reading.candidates[:MAX_SUGGESTIONS] if one.score >= least)
    offered = ids or error.suggestions  # near spellings know nothing of denials: "no psychosis"
    if kind == "need" and SUICIDAL not in ids and screen(vocabulary, text) is not None:
        offered = (SUICIDAL, *offered)  # whatever else it is about, this may be what it asks for
    if reading.declined is not None:
        raise DeclinedTermError(kind, error.text, **reading.declined)
    raise UnknownTermError(kind, error.text, tuple(dict.fromkeys(offered))[:MAX_SUGGESTIONS])


def _is_declined(text: str) -> bool:
    from opmatch.vocabulary.codes import named_declined

    return is_code(text) or named_declined(text) is not None


def _understood(vocabulary: Vocabulary, kind: Kind, text: str, id_: str, how: How) -> Understood:
    return Understood(id=id_, label=vocabulary.label(kind, id_), asked=text.strip(), how=how)


def _exact(vocabulary: Vocabulary, kind: Kind, text: str) -> tuple[str, How] | None:
    found = vocabulary.index.find(kind, text)
    if found is not None:
        return found
    if kind == "need" and is_code(text):
        from opmatch.vocabulary.codes import place_code

        placed = place_code(vocabulary, text.strip())
        return (placed, "code") if isinstance(placed, str) else None
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


def clear_near_miss(vocabulary: Vocabulary, kind: Kind, text: str) -> tuple[str, How] | None:
    """The one term whose spelling is clearly nearest, or None."""
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
