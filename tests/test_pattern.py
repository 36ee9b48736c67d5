"""A pattern that is compiled later finds what one compiled at once finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from opmatch.pattern import pattern

WORD = r"([a-c]+)(\d)?"


@given(st.text("abcABC1 "))
def test_a_later_pattern_finds_the_same(text: str) -> None:
    later, now = pattern(WORD, re.IGNORECASE), re.compile(WORD, re.IGNORECASE)
    assert [found.groups() for found in later.finditer(text)] == [
        found.groups() for found in now.finditer(text)
    ]
    assert later.sub("-", text) == now.sub("-", text)
    assert (later.fullmatch(text) is None) == (now.fullmatch(text) is None)
    assert (later.match(text) is None, later.search(text) is None) == (
        now.match(text) is None,
        now.search(text) is None,
    )
    assert later.split(text) == now.split(text)
    assert later.findall(text) == now.findall(text)
    assert later.pattern == now.pattern
