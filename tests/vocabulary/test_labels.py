"""Labels as people see them."""

from __future__ import annotations

from opmatch.vocabulary.load import load


def test_no_label_is_cut_at_a_comma_of_its_own() -> None:
    labels = [term.label for terms in load().of_kind.values() for term in terms]
    assert [label for label in labels if label.count("(") != label.count(")")] == []
    assert "Activity therapy (art, music, movement)" in labels
