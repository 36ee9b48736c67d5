"""Which of the weighed terms are taken without asking."""

from __future__ import annotations

from opmatch.vocabulary.cuebook import parents_of
from opmatch.vocabulary.cues import NAME, SIGN
from opmatch.vocabulary.terms import Kind, Vocabulary
from opmatch.vocabulary.weigh import Weighed

SURE_WEIGHT = 2.15  # a clear sign of several words, or one with others beside it
NAMED = 2.5  # said outright
CLEAR_SHARE = 0.5  # a rival term above this share of the first makes it unsure, unless both are named
MAX_TAKEN = 3  # needs taken from one sentence


def taken_terms(vocabulary: Vocabulary, kind: Kind, weighed: tuple[Weighed, ...]) -> tuple[str, ...]:
    """The terms that can be taken without asking, in order; none where the text could mean something else."""
    if not weighed or weighed[0].weight < SURE_WEIGHT or weighed[0].best < SIGN:
        return ()
    first, parents = weighed[0], parents_of(vocabulary, kind)
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
