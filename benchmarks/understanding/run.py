"""How well texts are understood, source by source: `python benchmarks/understanding/run.py [--held-out]`."""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SENTENCES = HERE / "sentences"
DATA = HERE.parents[2] / "shared" / "data"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def held_out(text: str) -> bool:
    """A stable half of the sentences, never looked at while the words were written."""
    return hashlib.sha256(text.strip().casefold().encode()).digest()[0] % 2 == 1


@dataclass
class Counted:
    """Right answers out of all, and the wrong ones."""

    name: str
    right: int = 0
    of: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, right: bool, error: str) -> None:
        self.of += 1
        self.right += right
        if not right:
            self.errors.append(error)

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0


def groups_of(needs: str) -> list[set[str]]:
    """`a/b+c`: first need a or b, second need c."""
    return [set(part.split("/")) for part in needs.split("+")]


def needs_figures(vocabulary: Any, sentences: Iterable[dict[str, str]], name: str) -> list[Counted]:
    from opmatch.vocabulary.read import read

    first, three, sure = (Counted(f"{name}: {what}") for what in ("first", "first three", "right when sure"))
    taken = Counted(f"{name}: how often sure")
    for row in sentences:
        groups = groups_of(row["needs"])
        reading = read(vocabulary, "need", row["text"])
        ids = [one.id for one in reading.candidates]
        matched = reading.candidates[0].matched if ids else ()
        said = f"{row['text']!r}: {row['needs']}, got {' '.join(ids[:4])} {matched}"
        if row["needs"]:  # else it is about no need at all: nothing may be sure
            first.add(bool(ids) and ids[0] in groups[0], said)
            three.add(bool(set(ids[:3]) & groups[0]), said)
        taken.add(reading.sure, said)
        if reading.sure:
            sure.add(ids[0] in groups[0], said)
    return [first, three, sure, taken]


def independent_figures(vocabulary: Any, half: str) -> list[Counted]:
    """The sentences of an author who knew none of the vocabulary: one set to tune on, one never looked at."""
    name = half.replace(" ", "_")
    grades = rows(SENTENCES / f"independent_{name}_crisis.csv")
    sentences = rows(SENTENCES / f"independent_{name}_needs.csv")
    out: list[Counted] = []
    for language, label in (("en", "English"), ("es", "Spanish")):
        own = [row for row in sentences if row["language"] == language]
        out += needs_figures(vocabulary, own, f"independent {label}, {half}")
    return out + crisis_figures(vocabulary, grades, f"independent, {half}")


def held_out_figures(vocabulary: Any) -> list[Counted]:
    """Sentences by writers none of whose others was learned from."""
    out: list[Counted] = []
    for language, label in (("en", "English"), ("es", "Spanish")):
        sentences = rows(SENTENCES / "held_out" / f"needs_{language}.csv")
        out += needs_figures(vocabulary, sentences, f"strangers' {label}, held out")
        for name, writers in (
            ("danger", "strangers'"),
            ("danger_everyday", "everyday"),
            ("danger_broad", "broad"),
            ("danger_newest", "newest"),
        ):
            grades = rows(SENTENCES / "held_out" / f"{name}_{language}.csv")
            out += crisis_figures(vocabulary, grades, f"{writers} {label}, held out")
    return out


def choosing_figures(vocabulary: Any) -> list[Counted]:
    """What the numbers of words/hearing.yaml were chosen by: not learned from, not held out."""
    return [
        one
        for language, label in (("en", "English"), ("es", "Spanish"))
        for one in crisis_figures(
            vocabulary, rows(SENTENCES / "choosing" / f"danger_{language}.csv"), f"{label}, chosen by"
        )
    ]


def crisis_figures(vocabulary: Any, grades: Iterable[dict[str, str]], half: str) -> list[Counted]:
    """What texts of each grade raise; ordinary ones by kind too, where it is told."""
    from opmatch.vocabulary.screen import screen

    raised = Counted(f"crisis {half}: now or ideation raises at least the notice")
    stopped = Counted(f"crisis {half}: now stops")
    apart = Counted(f"crisis {half}: the past, the denied and others' raise nothing")
    quiet = Counted(f"crisis {half}: ordinary sentences raise nothing")
    gentle = Counted(f"crisis {half}: ideation does not stop")
    going = Counted(f"crisis {half}: ordinary sentences don't stop")
    kinds: dict[str, Counted] = {}
    for row in grades:
        grade, alarm = row["grade"], screen(vocabulary, row["text"])
        said = f"{row['text']!r}: {grade}, got {alarm}"
        if grade == "neither":
            apart.add(alarm is None, said)
        elif grade == "ordinary":
            quiet.add(alarm is None, said)
            going.add(alarm != "stop", said)
            if kind := row.get("kind"):
                of_kind = kinds.setdefault(kind, Counted(f"crisis {half}: {kind} texts raise nothing"))
                of_kind.add(alarm is None, said)
        else:
            raised.add(alarm is not None, said)
            if grade == "now":
                stopped.add(alarm == "stop", said)
            else:
                gentle.add(alarm != "stop", said)
    return [raised, stopped, gentle, apart, quiet, going, *(kinds[kind] for kind in sorted(kinds))]


def icd_figures(vocabulary: Any) -> list[Counted]:
    from opmatch.vocabulary.codes import Declined, place_code
    from opmatch.vocabulary.read import read

    codes, terms = (
        Counted("ICD-10-CM: chapter F codes placed or declined by name"),
        Counted("ICD-10-CM: inclusion terms of placed codes"),
    )
    all_terms, names = (
        Counted("ICD-10-CM: inclusion terms, declined ones too"),
        Counted("ICD-10-CM: preferred terms"),
    )
    for row in rows(DATA / "icd10cm" / "icd10cm_2026apr_terms.csv"):
        placed = place_code(vocabulary, row["code"])
        if row["kind"] == "preferred" and row["code"].startswith("F"):
            reading = read(vocabulary, "need", row["code"].replace(".", ""))
            by_name = reading.declined is not None and not reading.declined["label"].startswith("a code for")
            codes.add(by_name or bool(reading.taken), row["code"])
        if isinstance(placed, Declined) and placed.label.startswith("a code for"):
            continue
        reading = read(vocabulary, "need", row["term"])
        wanted = placed.label if isinstance(placed, Declined) else placed
        got = reading.declined["code"] if reading.declined else [one.id for one in reading.candidates[:3]]
        said = f"{row['code']} {row['term']!r}: {wanted}, got {got}"
        if isinstance(placed, Declined):
            right = reading.declined is not None and reading.declined["label"] == placed.label
        else:
            right = (
                bool(reading.candidates)
                and reading.declined is None
                and reading.candidates[0].id in {placed, *vocabulary.ancestors(placed)}
            )
        if row["kind"] == "preferred":
            names.add(right, said)
            continue
        all_terms.add(right, said)
        if not isinstance(placed, Declined):
            terms.add(right, said)
    return [codes, terms, all_terms, names]


def phrase_figures(vocabulary: Any) -> list[Counted]:
    from opmatch.vocabulary.read import read
    from opmatch.vocabulary.screen import screen

    wanted = {row["construct"]: row for row in rows(HERE / "constructs.csv")}
    first, three = Counted("lay phrases: first"), Counted("lay phrases: first three")
    crisis = Counted("lay phrases: suicidal ones raise the notice")
    for row in rows(DATA / "phrases" / "lay_phrases.csv"):
        construct = wanted[row["construct"]]
        needs = set(construct["needs"].split())
        reading = read(vocabulary, "need", row["phrase"])
        ids = [one.id for one in reading.candidates]
        said = f"{row['construct']}: {row['phrase']!r}, got {ids[:3]}"
        first.add(bool(ids) and ids[0] in needs, said)
        three.add(bool(needs & set(ids[:3])), said)
        if construct["crisis"]:
            crisis.add(screen(vocabulary, row["phrase"]) is not None, said)
    return [first, three, crisis]


def figures() -> list[Counted]:
    """Every figure, in the order of the report; those that need the real data only where it is there."""
    from opmatch.vocabulary.load import load

    vocabulary = load()
    out: list[Counted] = []
    if DATA.exists():
        out += icd_figures(vocabulary) + phrase_figures(vocabulary)
    ordinary = [{**row, "grade": "ordinary"} for row in rows(SENTENCES / "ordinary.csv")]
    grades = [*rows(SENTENCES / "crisis.csv"), *ordinary]
    more = rows(SENTENCES / "tuning_only_crisis.csv")
    out += needs_figures(vocabulary, rows(SENTENCES / "tuning_only_needs.csv"), "more sentences, tuning")
    out += crisis_figures(vocabulary, more, "more, tuning")
    out += independent_figures(vocabulary, "tuning") + independent_figures(vocabulary, "held out")
    out += choosing_figures(vocabulary) + held_out_figures(vocabulary)
    halves: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("tuning", lambda text: not held_out(text)),
        ("held out", held_out),
    )
    for half, belongs in halves:
        for language, label in (("en", "English"), ("es", "Spanish")):
            sentences = [row for row in rows(SENTENCES / f"needs_{language}.csv") if belongs(row["text"])]
            out += needs_figures(vocabulary, sentences, f"{label} sentences, {half}")
        out += crisis_figures(vocabulary, [row for row in grades if belongs(row["text"])], half)
    return out


def cost(vocabulary: Any) -> float:
    """Milliseconds a phrase, once loaded."""
    from opmatch.vocabulary.read import read

    texts = [row["text"] for row in rows(SENTENCES / "needs_en.csv")]
    for text in texts[:5]:
        read(vocabulary, "need", text)
    start = time.perf_counter()
    for text in texts:
        read(vocabulary, "need", text)
    return (time.perf_counter() - start) * 1000 / len(texts)


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--held-out", action="store_true", help="list the errors of the held-out half too")
    options.add_argument("--only", default="", help="list errors of sources with this in their name")
    chosen = options.parse_args(arguments)
    from opmatch.vocabulary.load import load

    counted = figures()
    for one in counted:
        if (
            "how often" in one.name
            or ("held out" in one.name and not chosen.held_out)
            or chosen.only not in one.name
        ):
            continue
        for error in one.errors:
            print(f"  {one.name}: {error}")
    for one in counted:
        print(f"{one.share:7.1%}  {one.right:5}/{one.of:<5} {one.name}")
    print(f"{cost(load()):6.2f} ms a phrase")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
