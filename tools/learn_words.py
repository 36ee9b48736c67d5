"""Learns the weights of words from labelled sentences: `python tools/learn_words.py [--check]`.

Reads benchmarks/understanding/sentences, never what is held out there, and writes
src/opmatch/vocabulary/words/learned_*.txt. Needs scikit-learn (extra `learn`). `--check` only says whether
the files were made of these sentences.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

import yaml

from opmatch.vocabulary.evidence import NO_NEED
from opmatch.vocabulary.grams import GRAMS, words_of
from opmatch.vocabulary.learned import HUNDREDTHS
from opmatch.vocabulary.load import load

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = ROOT / "benchmarks" / "understanding" / "sentences"
WORDS = ROOT / "src" / "opmatch" / "vocabulary" / "words"
# For each kind of grams (opmatch.vocabulary.grams.GRAMS): the texts in which one has to stand to be weighed,
# and how much the kind counts.
TOLD = {"danger": (2, 4), "needs": (1,)}
COUNTS = {"danger": (1.0, 0.6), "needs": (1.0,)}
OTHERS = {"danger": (12, 8), "needs": (0,)}  # how rare grams are taken to be that aren't weighed
FAINT = {"danger": 0.2, "needs": 0.5}  # weights under these are left out
PLAIN = {"danger": 5, "needs": 0}  # texts that keep a word or close pair that says little (0: none do)
STRENGTH = {"danger": 2.0, "needs": 20.0}  # the inverse of how strongly weights are held back
ROUGHLY = 0.01  # when to stop looking for the best plane: going on took twice as long and told no better
LANGUAGES = ("en", "es")  # how the names of writers start
EVERY_OTHER = 2
OFTEN = 8  # times that a word has to be said by ordinary texts to be ordinary by itself
AN_ORDINARY_ONE_FOR = 4  # cries that say it too
UNKNOWN = "qxzqx"  # a word that nobody says
CHOICES = 3  # texts made of a phrase
READINGS = 6  # of a text with places to choose at, at most
PLACE = re.compile(r"\{([^{}]*)\}")  # "{my uncle|the foreman} called"
SPACES_BEFORE_A_MARK = re.compile(r" +(?=[,.;:?!])")
EVEN = 0.5
MUST, VOCABULARY = "must", "vocabulary"
MUST_COUNTS = 4.0  # times as much as another sentence: what may never be got wrong
READINGS_COUNT = 2.0  # all those of one text together, in sentences
TELLING_TERMS = {"suicidal-thoughts", "imminent-risk", "self-harm", "suicide-loss"}


class Labelled(NamedTuple):
    """A sentence, what it was labelled, who wrote it, and what it counts."""

    label: str
    text: str
    writer: str
    counts: float = 1.0


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def tuned_on(text: str) -> bool:
    """The half of the first sentences that is not held out, as benchmarks/understanding/run.py parts them."""
    return hashlib.sha256(text.strip().casefold().encode()).digest()[0] % 2 == 0


def danger_sentences() -> Iterator[Labelled]:
    for path in sorted((SENTENCES / "learning").glob("danger_*.csv")):
        for row in rows(path):
            texts = readings(row["text"])
            counts = MUST_COUNTS if row["writer"] == MUST else min(1.0, READINGS_COUNT / len(texts))
            yield from (Labelled(row["grade"], text, row["writer"], counts) for text in texts)
    for name in ("crisis", "ordinary", "tuning_only_crisis", "independent_tuning_crisis"):
        for row in rows(SENTENCES / f"{name}.csv"):
            if name not in ("crisis", "ordinary") or tuned_on(row["text"]):
                yield Labelled(row.get("grade", "ordinary").replace("neither", "ordinary"), row["text"], name)
    for one in need_sentences():
        if one.writer != VOCABULARY and TELLING_TERMS.isdisjoint(one.label.replace("+", "/").split("/")):
            yield Labelled("ordinary", one.text, one.writer)
    for term in _terms():
        if term.id not in TELLING_TERMS:
            for text in _names(term):
                yield Labelled("ordinary", text, VOCABULARY)


def readings(text: str) -> list[str]:
    """A text's readings where it says `{one thing|another}`: each choice as often as the others."""
    parts = PLACE.split(text)
    between, places = parts[::2], [choices.split("|") for choices in parts[1::2]]
    if not places:
        return [text]
    choose = Random(text)  # the same each time
    columns = []
    for choices in places:
        column: list[str] = []
        while len(column) < READINGS:
            column += choose.sample(choices, len(choices))
        columns.append(column)
    made = []
    for chosen in islice(zip(*columns, strict=False), READINGS):
        spelled = "".join(chain.from_iterable(zip(between, (*chosen, ""), strict=True)))
        made.append(SPACES_BEFORE_A_MARK.sub("", " ".join(spelled.split())))
    return list(dict.fromkeys(made))


def _names(term: Any) -> tuple[str, ...]:
    return (term.label, *term.synonyms)


def _terms(*kinds: str) -> Iterator[Any]:
    """The vocabulary's terms, of these kinds or all."""
    for kind, terms in load().of_kind.items():
        if not kinds or kind in kinds:
            yield from terms


def need_sentences() -> Iterator[Labelled]:
    for path in sorted((SENTENCES / "learning").glob("needs_*.csv")):
        for row in rows(path):
            counts = MUST_COUNTS if row["writer"] == MUST else 1.0
            yield Labelled(row["needs"], row["text"], row["writer"], counts)
    for name in ("needs_en", "needs_es", "tuning_only_needs", "independent_tuning_needs"):
        for row in rows(SENTENCES / f"{name}.csv"):
            if name not in ("needs_en", "needs_es") or tuned_on(row["text"]):
                yield Labelled(row["needs"], row["text"], name)
    for term in _terms("need"):
        yield from (Labelled(term.id, text, VOCABULARY) for text in _names(term))
    for file in ("needs_en", "clinical_en", "needs_es"):
        yield from spelled_out(yaml.safe_load((WORDS / f"{file}.yaml").read_text(encoding="utf-8")))


def spelled_out(document: dict[str, Any]) -> Iterator[Labelled]:
    """A few texts for each phrase that says or describes a need: one choice of its words or another."""
    groups = document.get("groups", {})
    for need, grades in document["needs"].items():
        lines = [line for grade in ("names", "signs", "caps") for line in grades.get(grade, "").splitlines()]
        texts = set()
        for line in lines:
            choose = Random(line)  # the same each time, whatever lines are beside it
            texts |= {_spelled(line, groups, choose) for _ in range(CHOICES)}
        yield from (Labelled(need, text, VOCABULARY) for text in sorted(texts - {""}))


def _spelled(line: str, groups: dict[str, str], choose: Random) -> str:
    words = []
    for part in line.split():
        if part == "*" or (part.endswith("?") and choose.random() < EVEN):
            continue
        choices = [
            word
            for one in part.rstrip("?").split("|")
            for word in (groups[one[1:-1]].split("|") if one.startswith("<") else [one])
        ]
        words.append(choose.choice(choices).replace("#", "3"))
    return " ".join(words)


def first_need(label: str) -> str:
    return label.split("+")[0].split("/")[0] or NO_NEED


class Model(NamedTuple):
    outcomes: tuple[str, ...]
    start: list[int]
    others: list[int]
    lines: dict[str, tuple[int, dict[int, int]]]


def joined(sentences: Sequence[Labelled]) -> Iterator[Labelled]:
    """Every other sentence in one text with something ordinary: cries are sent along with requests."""
    choose = Random(len(sentences))  # the same each time
    ordinary = ordinary_by_language(sentences)
    for one in sentences[::EVERY_OTHER]:
        if one.writer[:2] in LANGUAGES:
            yield beside(one, ordinary, choose)


def ordinary_by_language(sentences: Sequence[Labelled]) -> dict[str, list[str]]:
    """The ordinary texts, by how the names of their writers start."""
    ordinary: dict[str, list[str]] = {}
    for one in sentences:
        if one.label == "ordinary":
            ordinary.setdefault(one.writer[:2], []).append(one.text)
    return ordinary


def beside(one: Labelled, ordinary: dict[str, list[str]], choose: Random) -> Labelled:
    """The sentence before or after an ordinary one of its language."""
    pair = [one.text, choose.choice(ordinary[one.writer[:2]])]
    choose.shuffle(pair)
    return one._replace(text=choose.choice((", ", ". ", " ")).join(pair))


def by_themselves(sentences: Sequence[Labelled]) -> Iterator[Labelled]:
    """Single words, ordinary where one text in five with them is; but for those that are a text already.

    By themselves, and before and after a word nobody knows: a word that is little by itself isn't more there.
    """
    said = {one.text.casefold() for one in sentences}
    cries, others = Counter[str](), Counter[str]()
    for one in sentences:
        (others if one.label == "ordinary" else cries).update(set(words_of(one.text)))
    telling = {
        word
        for term in _terms()
        if term.id in TELLING_TERMS
        for text in _names(term)
        for word in words_of(text)
    }
    spoken_for = said | telling
    for word, times in sorted(others.items()):
        often = times >= max(OFTEN, cries[word] / AN_ORDINARY_ONE_FOR)
        if often and word.isalpha() and word not in spoken_for:
            for text in (word, f"{word} {UNKNOWN}", f"{UNKNOWN} {word}"):
                yield Labelled("ordinary", text, VOCABULARY)


def learn_danger(sentences: Sequence[Labelled]) -> Model:
    """Two outcomes: whether a text speaks of danger at all, and if so whether it is happening now."""
    told = [one.text for one in sentences]
    sentences = [*sentences, *joined(sentences), *by_themselves(sentences)]
    grades = [one.label for one in sentences]
    texts = [one.text for one in sentences]
    counts = [one.counts for one in sentences]
    heard = [grade != "ordinary" for grade in grades]
    dangerous = [at for at, one in enumerate(heard) if one]
    now = [grades[at] == "now" for at in dangerous]

    def fit(grams: Any) -> list[tuple[Any, Any]]:
        return [
            _parted(grams, heard, counts),
            _parted(grams[dangerous], now, [counts[at] for at in dangerous]),
        ]

    return _model("danger", ("danger", "now"), texts, fit, _grams_told("danger", told))


def learn_needs(sentences: Sequence[Labelled]) -> Model:
    """An outcome for each need, and one for texts about none."""
    labels = [first_need(one.label) for one in sentences]
    counts = [one.counts for one in sentences]
    outcomes = tuple(sorted(set(labels)))

    def fit(grams: Any) -> list[tuple[Any, Any]]:
        weights, starts = _likely(grams, labels, counts)
        return list(zip(weights, starts, strict=True))

    texts = [one.text for one in sentences]
    return _model("needs", outcomes, texts, fit, _grams_told("needs", texts))


def _parted(grams: Any, labels: Sequence[bool], counts: Sequence[float]) -> tuple[Any, Any]:
    """The plane between those that are and those that aren't, as far from both as can be."""
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=STRENGTH["danger"], random_state=0, tol=ROUGHLY).fit(grams, labels, counts)
    return model.coef_[0], model.intercept_[0]


def _likely(grams: Any, labels: Sequence[str], counts: Sequence[float]) -> tuple[Any, Any]:
    """What makes each of several outcomes likely."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH["needs"], max_iter=3000).fit(grams, labels, counts)
    return model.coef_, model.intercept_


def _grams_told(name: str, texts: Sequence[str]) -> list[list[str]]:
    """The grams of each kind that stand in enough of the texts."""
    found = [Counter[str]() for _ in TOLD[name]]
    for text in texts:
        for counter, grams in zip(found, GRAMS[name](words_of(text)), strict=True):
            counter.update(grams)
    return [
        sorted(gram for gram, count in counter.items() if count >= least)
        for counter, least in zip(found, TOLD[name], strict=True)
    ]


class Said(NamedTuple):
    """Which grams of a kind stand in which texts (a table of ones), and how many of it each text has."""

    table: Any
    at_all: Any


def _said(name: str, texts: Sequence[str], told: Sequence[Sequence[str]]) -> list[Said]:
    """Of each kind, a row for each text and a column for each gram that is told."""
    import numpy
    from scipy.sparse import csr_matrix

    columns = [{gram: at for at, gram in enumerate(grams)} for grams in told]
    found, ends = [array("i") for _ in told], [array("q", [0]) for _ in told]
    at_all = [array("i") for _ in told]
    for text in texts:
        for kind, grams in enumerate(GRAMS[name](words_of(text))):
            found[kind].extend(sorted(columns[kind][gram] for gram in grams if gram in columns[kind]))
            ends[kind].append(len(found[kind]))
            at_all[kind].append(len(grams))
    return [
        Said(
            csr_matrix(([1.0] * len(into), into, end), shape=(len(texts), len(column))), numpy.asarray(number)
        )
        for column, into, end, number in zip(columns, found, ends, at_all, strict=True)
    ]


def _rarity(said: Said) -> Any:
    """How rare each gram is: the logarithm of the share of texts that say it, as scikit-learn smoothes it."""
    import numpy

    in_texts = numpy.asarray(said.table.sum(axis=0)).ravel()
    return numpy.log((1 + said.table.shape[0]) / (1 + in_texts)) + 1


def _shares(said: Said, keep: Any, rarity: Any, others: float) -> Any:
    """What each kept gram is of all grams of each text; `Learned.scores` counts the same way."""
    import numpy
    from scipy.sparse import diags

    kept = said.table[:, keep]
    others_in = said.at_all - numpy.asarray(kept.sum(axis=1)).ravel()
    weighed = kept @ diags(rarity[keep])
    length = numpy.sqrt(numpy.asarray(weighed.power(2).sum(axis=1)).ravel() + others**2 * others_in)
    return diags(1 / numpy.where(length > 0, length, 1)) @ weighed


def _model(
    name: str,
    outcomes: tuple[str, ...],
    texts: Sequence[str],
    fit: Callable[[Any], list[tuple[Any, Any]]],
    told: Sequence[Sequence[str]],
) -> Model:
    """Fitted twice: to find the grams that say something, then to weigh these alone."""
    import numpy
    from scipy.sparse import hstack

    said = _said(name, texts, told)
    rarities = [_rarity(kind) for kind in said]

    def weighed(kept: Sequence[Any]) -> Any:
        """For each text what its grams count, each kind for itself."""
        kinds = zip(said, kept, rarities, OTHERS[name], COUNTS[name], strict=True)
        return hstack([_shares(*kind) * counts for *kind, counts in kinds], format="csr")

    faint = FAINT[name]
    loud = numpy.zeros(sum(map(len, told)), dtype=bool)
    for weights, _ in fit(weighed([slice(None)] * len(told))):
        loud |= numpy.abs(weights) > faint
    if PLAIN[name]:
        in_texts = numpy.asarray(said[0].table.sum(axis=0)).ravel()
        loud[: len(in_texts)] |= in_texts >= PLAIN[name]
    kept = [
        part.nonzero()[0] for part in numpy.split(loud, numpy.cumsum([len(grams) for grams in told])[:-1])
    ]
    fitted = fit(weighed(kept))
    lines: dict[str, tuple[int, dict[int, int]]] = {}
    at = 0
    for grams, keep, rarity, counts in zip(told, kept, rarities, COUNTS[name], strict=True):
        for number in keep:
            pairs = {
                place: round(float(weights[at]) * counts * HUNDREDTHS)
                for place, (weights, _) in enumerate(fitted)
                if abs(weights[at]) > (faint if len(outcomes) > 2 else 0.0)
            }
            if pairs:
                lines[grams[number]] = (round(float(rarity[number]) * HUNDREDTHS), pairs)
            at += 1
    start = [round(float(start) * HUNDREDTHS) for _, start in fitted]
    return Model(outcomes, start, [one * HUNDREDTHS for one in OTHERS[name]], lines)


def written(model: Model, mark: str) -> str:
    """The file: a remark, the outcomes, what each starts from, how rare other grams are, and a line a gram.

    Grams are told by their check sums, so of the few that share one only the first is written.
    """
    out = [
        f"# Made by tools/learn_words.py of sentences {mark}. Add sentences and make it anew; don't edit it.",
        "\t".join(model.outcomes),
        "\t".join(map(str, model.start)),
        "\t".join(map(str, model.others)),
    ]
    taken = set[int]()
    for gram, (rarity, pairs) in sorted(model.lines.items()):
        sum_ = crc32(gram.encode())
        if sum_ in taken:
            continue
        taken.add(sum_)
        out.append("\t".join((gram, str(rarity), *(f"{place}:{weight}" for place, weight in pairs.items()))))
    return "\n".join(out) + "\n"


def mark_of(sentences: Sequence[Labelled]) -> str:
    """What tells these sentences from others."""
    text = "\n".join(f"{one.label}\t{one.text}" for one in sentences)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def kept_from_learning() -> list[Path]:
    """The files of texts that are held out, or that thresholds are chosen by."""
    folders = (SENTENCES / folder for folder in ("held_out", "choosing"))
    return [
        *(path for folder in folders for path in folder.glob("*.csv")),
        *SENTENCES.glob("independent_held_out_*.csv"),
    ]


def sentences_of(name: str) -> list[Labelled]:
    """What is learned from, without what is kept from it: some texts are so common that several wrote one."""
    held_out = {row["text"].casefold() for path in kept_from_learning() for row in rows(path)}
    every = danger_sentences() if name == "danger" else need_sentences()
    return [one for one in every if one.text.casefold() not in held_out]


LEARNT: dict[str, Callable[[Sequence[Labelled]], Model]] = {"danger": learn_danger, "needs": learn_needs}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", choices=LEARNT, help="one of the files")
    parser.add_argument("--check", action="store_true", help="say whether the files are of these sentences")
    stale = []
    options = parser.parse_args()
    for name, learn in LEARNT.items():
        if options.only not in (None, name):
            continue
        path, found = WORDS / f"learned_{name}.txt", sentences_of(name)
        mark = mark_of(found)
        if options.check:
            head = path.read_text(encoding="utf-8").split("\n", 1)[0] if path.exists() else ""
            stale += [] if f" {mark}." in head else [path.name]
            continue
        path.write_text(written(learn(found), mark), encoding="utf-8")
        print(f"{path.name}: of {len(found):,} sentences, {path.stat().st_size:,} bytes")
    if stale:
        print(
            f"{', '.join(stale)}: made of other sentences; run: python tools/learn_words.py", file=sys.stderr
        )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
