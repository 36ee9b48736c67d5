"""A law: a check that must hold for every drawn value, briefly by default, three times as long when asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

Check = Callable[..., None]

lengths = pytest.mark.parametrize(
    "times", [pytest.param(1, id="brief"), pytest.param(3, id="at-length", marks=pytest.mark.long)]
)
"""Marks a test that takes `times`, by how much to multiply its number of examples."""


def hold(check: Check, examples: int, **drawn: SearchStrategy[Any]) -> None:
    """Run `check` on this many draws; raises its first (shrunk) failure."""
    settings(max_examples=examples)(given(**drawn)(check))()


def law(examples: int, **drawn: SearchStrategy[Any]) -> Callable[[Check], Callable[[int], None]]:
    """Make a test of a check over drawn values; `examples` is twice what is drawn briefly."""

    def decorate(check: Check) -> Callable[[int], None]:
        def test(times: int) -> None:
            hold(check, examples * times // 2, **drawn)

        test.__name__ = test.__qualname__ = check.__name__
        test.__doc__ = check.__doc__
        test.__module__ = check.__module__
        marked: Callable[[int], None] = lengths(test)
        return marked

    return decorate
