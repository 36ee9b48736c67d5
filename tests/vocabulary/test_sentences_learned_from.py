"""The shipped weights are of the sentences beside them, and of none that is held out or chosen by."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from scripts import TOP, script

pytestmark = pytest.mark.xdist_group("sentences")  # one process: they are read once


@cache
def sentences() -> dict[str, list[Any]]:
    made = script("tools/learn_words.py")
    return {name: made.sentences_of(name) for name in made.LEARNT}


def checked(tool: str, found: dict[str, list[Any]], monkeypatch: pytest.MonkeyPatch) -> int:
    """What the tool's own --check says, once it has found these."""
    monkeypatch.syspath_prepend(TOP / "tools")
    made = script(f"tools/{tool}.py")
    monkeypatch.setattr(made, "sentences_of", found.__getitem__)
    monkeypatch.setattr("sys.argv", [tool, "--check"])
    status: int = made.main()
    return status


@pytest.mark.parametrize("tool", ["learn_words", "teach_reader"])
def test_the_shipped_weights_are_of_the_sentences_beside_them(
    tool: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (checked(tool, sentences(), monkeypatch), capsys.readouterr().err) == (0, "")


@pytest.mark.parametrize("tool", ["learn_words", "teach_reader"])
def test_weights_of_other_sentences_are_told(
    tool: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fewer = {name: found[1:] for name, found in sentences().items()}
    assert checked(tool, fewer, monkeypatch) == 1
    assert f"run: python tools/{tool}.py" in capsys.readouterr().err


def test_no_sentence_that_is_held_out_or_chosen_by_is_learned_from() -> None:
    made = script("tools/learn_words.py")
    learned_from = {one.text.casefold() for name in made.LEARNT for one in sentences()[name]}
    kept = [
        *(made.SENTENCES / "held_out").glob("*.csv"),
        *(made.SENTENCES / "choosing").glob("*.csv"),
        *made.SENTENCES.glob("independent_held_out_*.csv"),
    ]
    assert len(kept) == 14
    for path in kept:
        assert [row["text"] for row in made.rows(path) if row["text"].casefold() in learned_from] == []
