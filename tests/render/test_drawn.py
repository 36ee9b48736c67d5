"""A page drawn without rich is the page that rich draws."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opmatch.render import drawn
from opmatch.render.layout import Layout
from opmatch.render.layout import draw as draw_by_rich
from opmatch.render.page import Column, Columns, Part, Words, bullets, heading, paragraphs, rows, words

STYLES = ("", "bold", "dim", "green", "yellow", "bold red")
LAYOUTS = st.builds(
    Layout, width=st.sampled_from((60, 61, 80, 109, 110, 140)), color=st.booleans(), ascii=st.booleans()
)
LETTERS = "ab c, é–·“”… " * 3 + "─×ñ-"
TEXTS = st.text(LETTERS, max_size=300) | st.text(st.sampled_from("ab  "), max_size=300)
WORDS = st.builds(lambda text, style: words(text, style=style), TEXTS, st.sampled_from(STYLES))
LABELS = st.text("abc", max_size=7)
PAIRS = st.lists(st.tuples(LABELS, TEXTS), max_size=4)


def titled(name: str, organization: str) -> Words:
    return Words((*words(name, style="bold").lines, *words(organization, style="not bold").lines))


TITLES = st.builds(titled, TEXTS, TEXTS.filter(bool))
CARD = (Column(3, right=True), Column(6, right=True), Column())
NUMBERS = st.builds(
    lambda a, b: words(str(a), f"{a}–{b}", style="bold"), st.integers(0, 100), st.integers(0, 99)
)


def narrow(score: Words, title: Words, facts: list[tuple[str, str]]) -> Columns:
    return Columns(CARD, ((words("1."), score, (title, rows(facts, 7))),))


def wide(score: Words, title: Words, facts: list[tuple[str, str]], why: list[tuple[str, str]]) -> Columns:
    return Columns((*CARD, Column()), ((words("12."), score, (title, rows(facts, 7)), rows(why, 7)),))


PARTS = st.lists(
    st.just("")
    | WORDS
    | TEXTS.map(lambda text: paragraphs(f"{text}\n\n{text}", "dim"))
    | st.lists(TEXTS | st.tuples(TEXTS, TEXTS), max_size=3).map(bullets)
    | PAIRS.map(lambda pairs: rows(pairs, 7))
    | st.builds(narrow, NUMBERS, TITLES, PAIRS)
    | st.builds(wide, NUMBERS, TITLES, PAIRS, PAIRS),
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(PARTS, LAYOUTS)
def test_every_page_is_drawn_as_rich_draws_it(parts: list[Part], layout: Layout) -> None:
    assert drawn.without_rich(parts, layout) == draw_by_rich(parts, layout)


@pytest.mark.parametrize(
    "text", ["中文 " * 40, "e\u0301a " * 40, "👪 family " * 20, "a\u00adb " * 50, "a\u00a0b"]
)
def test_signs_of_another_width_are_left_to_rich(text: str) -> None:
    parts: list[Part] = [words(text), bullets([text])]
    assert drawn.draw(parts, Layout()) == draw_by_rich(parts, Layout())


def test_what_does_not_fit_a_column_that_never_wraps_is_left_to_rich() -> None:
    parts: list[Part] = [Columns((Column(3, right=True), Column()), ((words("1000."), words("a")),))]
    assert drawn.draw(parts, Layout()) == draw_by_rich(parts, Layout())


def test_a_heading_goes_over_the_full_width() -> None:
    assert drawn.draw([heading("Op", Layout(width=60))], Layout(width=60)) == "Op " + "─" * 57 + "\n"


def test_letters_that_count_as_one_column_do_so_in_rich() -> None:
    from rich.cells import cell_len

    plain = [chr(at) for at in range(sys.maxunicode) if at < 0x3000 and not drawn._ODD.search(chr(at))]
    assert len(plain) > 500
    assert {cell_len(one) for one in plain} == {1}
