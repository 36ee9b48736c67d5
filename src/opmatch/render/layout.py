"""What text for people is laid out on, and the way from rich's tables to a string."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from opmatch.render.plain import plain, to_ascii

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

WIDE = 110  # columns from which there is room for two columns of text


class Layout(NamedTuple):
    """How text is laid out: columns, whether in colour, and whether only ASCII signs can be shown."""

    width: int = 80
    color: bool = False
    ascii: bool = False


def draw(parts: Iterable[RenderableType], layout: Layout) -> str:
    """`parts` one below the other, as text that ends in a newline; lines don't end in blanks."""
    import io

    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=layout.width,
        force_terminal=layout.color,
        color_system="standard" if layout.color else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},  # width and colour are ours to say
    )
    for part in parts:
        console.print(part)
    text = "\n".join(line.rstrip() for line in out.getvalue().splitlines()).strip("\n") + "\n"
    return to_ascii(text) if layout.ascii else text


def words(*lines: str, style: str = "") -> Text:
    """Each of `lines` as it is (never markup) and on one line, safe for a terminal."""
    from rich.text import Text

    return Text("\n".join(map(plain, lines)), style=style, overflow="fold")


def paragraphs(text: str, style: str = "") -> Text:
    """A text of ours that may have several lines."""
    return words(*text.split("\n"), style=style)


def heading(title: str, layout: Layout) -> Text:
    """A title over the full width."""
    line = "─" * max(0, layout.width - len(title) - 1)
    return words(f"{title} {line}", style="bold")


def rows(pairs: Iterable[tuple[str, str]], label_width: int) -> Table:
    """Labels to the left, text that wraps beside them."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=label_width, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for label, text in pairs:
        grid.add_row(words(label, style="dim"), words(text))
    return grid


def bullets(items: Iterable[str | tuple[str, ...]]) -> Table:
    """A list, an item of several lines as a tuple; what wraps is indented."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    grid.add_column(width=3, justify="right")
    grid.add_column(ratio=1, overflow="fold")
    for item in items:
        grid.add_row("-", words(*([item] if isinstance(item, str) else item)))
    return grid
