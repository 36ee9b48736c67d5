"""Text made harmless for a terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from opmatch.render.plain import plain, to_ascii


@given(st.text())
def test_plain_text_has_no_control_characters_and_one_line(text: str) -> None:
    assert not [sign for sign in plain(text) if unicodedata.category(sign) == "Cc"]
    assert len(plain(text).splitlines()) <= 1


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_leaves_ordinary_text_alone(text: str) -> None:
    assert plain(text) == text


@given(st.text())
def test_plain_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_ascii_signs_take_as_many_columns_as_the_signs_they_stand_for() -> None:
    assert to_ascii("17:30–20:30 · café ──") == "17:30-20:30 | café --"
