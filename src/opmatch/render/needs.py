"""The needs of the vocabulary, for people."""

from __future__ import annotations

from collections.abc import Sequence

from opmatch.model.ranking import Notice
from opmatch.render import phrases
from opmatch.render.layout import Layout, draw, words
from opmatch.render.notices import closing
from opmatch.vocabulary.terms import Need, Vocabulary


def render_tree(vocabulary: Vocabulary, notices: Sequence[Notice], layout: Layout) -> str:
    """Every need under the broader one it is part of: the id to type, what it means, who treats it."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(ratio=2, overflow="fold")
    grid.add_column(ratio=3, overflow="fold")
    grid.add_column(ratio=2, overflow="fold")
    for need in _in_order(vocabulary.needs, None):
        indent = "  " * len(vocabulary.ancestors(need.id))
        fields = " and ".join(phrases.FIELD_NAMES[field] for field in need.fields)
        grid.add_row(words(indent + need.id), words(need.label), words(fields, style="dim"))
    return draw([grid, "", closing(notices)], layout)


def _in_order(needs: Sequence[Need], parent: str | None) -> list[Need]:
    """Each need followed by the narrower ones."""
    return [one for need in needs if need.parent == parent for one in (need, *_in_order(needs, need.id))]
