"""Texts in pieces: the likeliest ones, against a look at every way there is."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from opmatch.vocabulary.pieces import BEGINNING, Pieces, plain

LIKELY = {
    "?": -9.0,  # stands for what is unknown
    BEGINNING: -3.0,
    "a": -4.0,
    "b": -4.5,
    "c": -5.0,
    "ab": -5.5,
    "bc": -6.0,
    "abc": -9.9,
    f"{BEGINNING}a": -5.0,
    f"{BEGINNING}abc": -12.0,
}
KNOWN = list(LIKELY)
PIECES = Pieces(KNOWN, list(LIKELY.values()), unknown=0)
STRANGE = min(LIKELY.values()) - 10


def best_of_all_ways(word: str) -> float:
    """How likely the likeliest way to part a word is, all of them tried."""
    word = BEGINNING + word
    best = float("-inf")
    for cuts in product((False, True), repeat=len(word) - 1):
        parts, start = [], 0
        for at, cut in enumerate((*cuts, True), 1):
            if cut:
                parts.append(word[start:at])
                start = at
        costs = [LIKELY.get(part, STRANGE if len(part) == 1 else float("-inf")) for part in parts]
        best = max(best, sum(costs))
    return best


@given(st.text("abcx", min_size=1, max_size=7))
def test_a_word_is_parted_as_is_likeliest(word: str) -> None:
    found = PIECES.of(word)
    assert sum(STRANGE if at == 0 else LIKELY[KNOWN[at]] for at in found) == best_of_all_ways(word)


@given(st.text("abc", min_size=1, max_size=12))
def test_the_pieces_of_a_word_make_it(word: str) -> None:
    assert "".join(KNOWN[at] for at in PIECES.of(word)) == BEGINNING + word


@given(st.lists(st.text("abcx", min_size=1, max_size=5), max_size=5))
def test_words_are_parted_each_by_itself(words: list[str]) -> None:
    assert PIECES.of("  ".join(words)) == [at for word in words for at in PIECES.of(word)]


def test_what_is_in_no_piece_is_unknown() -> None:
    assert PIECES.of("a x") == [KNOWN.index(f"{BEGINNING}a"), KNOWN.index(BEGINNING), 0]
    assert PIECES.of(" \n ") == []


def test_of_an_endless_word_the_beginning_is_read() -> None:
    assert PIECES.of("ac" * 100_000) == PIECES.of("ac" * 50)


def test_texts_are_read_small_and_as_they_are_typed() -> None:
    assert plain("I CAN’T\u00a0 “do”\nit…") == 'i can\'t "do" it...'
    assert plain("Su\u200bici\u00addal Ａ") == "suicidal a"


@given(st.text(max_size=40))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)
