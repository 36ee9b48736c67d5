"""What a page for people is made of: words, and columns of them. Drawn here, or by rich."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from opmatch.render.plain import plain

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from opmatch.render.layout import Layout


class Words(Struct, frozen=True):
    """Lines of text, each with its style in rich's words; they wrap where they are too long."""

    lines: tuple[tuple[str, str], ...]

    def __rich__(self) -> Text:
        from rich.text import Text

        (first, style), *others = self.lines
        text = Text(first, style=style, overflow="fold")
        for line, own in others:
            text.append("\n").append(line, style=None if own == style else own)
        return text


class Column(Struct, frozen=True):
    """`width` in signs, None for a share of the rest; what stands to the `right`, and what may wrap."""

    width: int | None = None
    right: bool = False
    wraps: bool = False


class Columns(Struct, frozen=True):
    """Rows of cells over the full width, a blank between columns; a cell of parts has them one by one."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __rich__(self) -> Table:
        from rich.console import Group
        from rich.table import Table

        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        for one in self.columns:
            if one.width is None:
                grid.add_column(ratio=1, overflow="fold")
            else:
                side: Literal["left", "right"] = "right" if one.right else "left"
                grid.add_column(width=one.width, justify=side, no_wrap=not one.wraps)
        for row in self.rows:
            grid.add_row(*(Group(*cell) if isinstance(cell, tuple) else cell for cell in row))
        return grid


Cell = Words | Columns | tuple[Words | Columns, ...]
Part = Words | Columns | str
"""A part of a page; as a string, an empty line."""


def words(*lines: str, style: str = "") -> Words:
    """Each of `lines` as it is (never markup) and on one line, safe for a terminal."""
    return Words(tuple((plain(line), style) for line in lines))


def paragraphs(text: str, style: str = "") -> Words:
    """A text of ours that may have several lines."""
    return words(*text.split("\n"), style=style)


def heading(title: str, layout: Layout) -> Words:
    """A title over the full width."""
    line = "─" * max(0, layout.width - len(title) - 1)
    return words(f"{title} {line}", style="bold")


def rows(pairs: Iterable[tuple[str, str]], label_width: int) -> Columns:
    """Labels to the left, text that wraps beside them."""
    columns = (Column(label_width), Column())
    return Columns(columns, tuple((words(label, style="dim"), words(text)) for label, text in pairs))


def bullets(items: Iterable[str | tuple[str, ...]]) -> Columns:
    """A list, an item of several lines as a tuple; what wraps is indented."""
    return Columns(
        (Column(3, right=True, wraps=True), Column()),
        tuple((words("-"), words(*([item] if isinstance(item, str) else item))) for item in items),
    )
