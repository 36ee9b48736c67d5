"""Weights of words: how they are learned, and how a text is scored by them."""

from __future__ import annotations

import math
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch import shipped
from opmatch.vocabulary import learned as module
from opmatch.vocabulary.grams import GRAMS, grams_of, wide_grams_of, words_of
from opmatch.vocabulary.learned import Learned, learned
from opmatch.vocabulary.small_words import small_words
from scripts import script

SMALL = """# a remark
rain\tsun
-100\t50
0
clouds\t200\t0:300\t1:-100
dark clouds\t300\t0:400
beach\t150\t1:500
beech\t150\t0:50
thunderstorm\t250\t0:600
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learned:
    return read(SMALL, tmp_path, monkeypatch)


def read(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Learned:
    small_words("negators_en")  # read where they are shipped
    (folder / "small.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(shipped, "path", lambda name: folder / name)
    return Learned(module._read("small.txt", 300), GRAMS["needs"])


def test_a_score_is_what_it_starts_from_and_each_grams_weight_by_its_rarity(small: Learned) -> None:
    length = math.sqrt(2.0**2 + 3.0**2)
    rain = -1.0 + 2.0 / length * 3.0 + 3.0 / length * 4.0
    sun = 0.5 + 2.0 / length * -1.0
    assert small.scores(["dark", "clouds"]) == pytest.approx([rain, sun])


def test_words_it_does_not_know_say_nothing(small: Learned) -> None:
    assert small.scores(["table", "chairs"]) == [-1.0, 0.5]
    assert not small.knows(["table", "chairs"])
    assert small.knows(["table", "clouds"])


def test_of_what_is_mostly_unknown_little_is_said_where_others_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = read(SMALL.replace("\n0\n", "\n400\n"), tmp_path, monkeypatch)
    assert counted.scores(["table", "chairs"]) == [-1.0, 0.5]
    assert counted.scores(["clouds"]) == [-1.0 + 3.0, 0.5 - 1.0]
    share = 2.0 / math.sqrt(2.0**2 + 2 * 4.0**2)  # beside "table" and "clouds table"
    assert counted.scores(["clouds", "table"]) == pytest.approx([-1.0 + share * 3.0, 0.5 - share])


def test_a_long_telling_word_is_known_though_misspelt_and_no_other(small: Learned) -> None:
    assert small.scores(["thundrstorn"]) == small.scores(["thunderstorm"])
    assert small.scores(["cloud"]) == small.scores(["clouds"])
    assert small.scores(["plouds"]) == [-1.0, 0.5]
    assert small.scores(["beach"]) != small.scores(["beech"])


def test_the_words_that_speak_for_an_outcome_come_by_strength(small: Learned) -> None:
    words = ["beech", "under", "clouds", "thunderstorm"]
    assert small.speaking_for(words, "rain") == [3, 2, 0]
    assert small.speaking_for(words, "sun") == []


def test_no_word_that_denies_is_one_that_others_are_mended_to() -> None:
    denials = small_words("negators_en") | small_words("negators_es")
    for name in ("danger", "needs"):
        assert denials.isdisjoint(learned(name)._telling)


def test_check_sums_of_the_shipped_grams_are_all_different() -> None:
    for name in GRAMS:
        lines = shipped.path(f"vocabulary/words/learned_{name}.txt").read_text(encoding="utf-8").splitlines()
        assert len(learned(name)._grams) == len(lines) - 4


@given(st.text(max_size=60))
def test_the_grams_of_a_text_are_its_words_and_pairs(text: str) -> None:
    words = words_of(text)
    grams = grams_of(words)
    assert set(words) <= grams
    assert len(grams) <= 2 * len(words)
    assert not any(any(c.isdigit() and c != "0" and c.isdecimal() for c in gram) for gram in grams)


def test_wide_grams_tell_what_is_denied_from_what_is_not() -> None:
    close, far = wide_grams_of(words_of("I don't want to die, I'm tired"))
    assert close == {
        *("i", "do", "not", "~want", "~to", "~die", ",", "am", "tired"),
        *("i do", "do not", "not ~want", "~want ~to", "~to ~die", "~die ,", ", i", "i am", "am tired"),
        *("^ i", "tired $"),
    }
    assert far == {
        *("i_do", "i_not", "i_~want", "i_~to", "i_~die", "i_i", "i_am", "i_tired"),
        *("do_not", "do_~want", "do_~to", "do_~die", "do_i", "do_am", "do_tired"),
        *("not_~want", "not_~to", "not_~die", "not_i", "not_am", "not_tired"),
        *("~want_~to", "~want_~die", "~want_i", "~want_am", "~want_tired"),
        *("~to_~die", "~to_i", "~to_am", "~to_tired"),
        *("~die_i", "~die_am", "~die_tired", "am_tired"),
    }


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("denies suicidal ideation, intent and plan. Low mood", "suicidal ideation intent and plan"),
        ("not suicidal but tired of living", "suicidal"),
        ("no plan, tired of living", "plan"),
        ("can't stop thinking of suicide", ""),
        ("not only thoughts", ""),
        ("no puedo dejar de pensar en el suicidio", ""),
        ("no me puedo sacar de la mente la muerte", ""),
        ("sin ideas de muerte, triste", "ideas de muerte"),
        ("no quiero morir pero sí dormir", "quiero morir"),
        ("never in all of my long and happy life sick", "in all of my long"),
        ("not", ""),
    ],
)
def test_a_denial_reaches_to_a_turn_or_an_end(text: str, denied: str) -> None:
    words = words_of(text)
    close, _ = wide_grams_of(words)
    assert {gram for gram in close if gram[0] == "~" and gram[1:] in words} == {
        f"~{word}" for word in denied.split()
    }


@given(st.text(max_size=60))
def test_wide_grams_are_those_of_the_words_where_nothing_is_denied(text: str) -> None:
    words = words_of(text)
    close, far = wide_grams_of(words)
    if not any("~" in gram for gram in close) and not {".", "\n", "\r"}.intersection(words[-1:]):
        assert grams_of(words) <= close
    assert (close, far) == wide_grams_of([*words, "."])
    assert len(close) <= 2 * len(words) + 2
    assert all(set(gram.replace("~", "").split("_")) <= set(words) for gram in far)
    assert close.isdisjoint(far)


def tool() -> ModuleType:
    return script("tools/learn_words.py")


def test_what_is_learned_and_written_tells_new_sentences_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sklearn")
    made = tool()
    said = [
        *(
            made.Labelled("now", f"took the pills {who} {when}", "w")
            for who in "ab"
            for when in ("just", "now")
        ),
        *(made.Labelled("ideation", f"thoughts of dying {who}", "w") for who in ("mom", "me", "him", "her")),
        *(
            made.Labelled("ordinary", f"need a {what} group please", "w")
            for what in ("grief", "dbt", "men", "teen")
        ),
    ]
    (tmp_path / "made.txt").write_text(made.written(made.learn_danger(said), "x"), encoding="utf-8")
    monkeypatch.setattr(shipped, "path", lambda name: tmp_path / name)
    weights = Learned(module._read("made.txt", 100), GRAMS["danger"])
    danger, now = weights.scores(words_of("he took the pills just now"))
    assert danger > 0 < now
    assert weights.scores(words_of("she took the pills"))[0] > 0
    danger, now = weights.scores(words_of("thoughts of dying again"))
    assert danger > 0 > now
    assert weights.scores(words_of("a group please"))[0] < 0


def test_what_is_learned_from_counts_as_what_is_heard_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sklearn")
    made = tool()
    texts = ["took the pills", "took the bus home", "the pills the doctor gave me", "home", "nothing of it"]
    told = [["home", "took", "the", "the pills"]]
    (said,) = made._said("needs", texts, told)
    rarity, others = made._rarity(said).round(2), 4
    lines = {gram: (round(rarity[at] * 100), {0: 100 * (at + 1)}) for at, gram in enumerate(told[0])}
    model = made.Model(("sad",), [50], [100 * others], lines)
    (tmp_path / "made.txt").write_text(made.written(model, "x"), encoding="utf-8")
    monkeypatch.setattr(shipped, "path", lambda name: tmp_path / name)
    weights = Learned(module._read("made.txt", 10_000), GRAMS["needs"])
    heard = [weights.scores(words_of(text))[0] for text in texts]
    learned_from = made._shares(said, slice(None), rarity, others) @ [1.0, 2.0, 3.0, 4.0]
    assert heard == pytest.approx([0.5 + one for one in learned_from])


def test_a_text_with_choices_is_read_with_each_choice_as_often() -> None:
    made = tool()
    said = "{Ma|Pa|My uncle|The foreman|Joe|Someone} {called|wrote} {, at last|}, {twice}"
    read = made.readings(said)
    assert len(read) == made.READINGS == 6
    assert [text.split()[0] for text in sorted(read)] == ["Joe", "Ma", "My", "Pa", "Someone", "The"]
    assert [sum(did in text for text in read) for did in ("called", "wrote", ", at last, twice")] == [3, 3, 3]
    assert all(text.endswith(", twice") and "  " not in text and " ," not in text for text in read)
    assert made.readings(said) == read
    assert sorted(made.readings("{a|b} walks")) == ["a walks", "b walks"]
    assert made.readings("no  choice, here") == ["no  choice, here"]
