"""What text for people is laid out on, and the way from rich's tables to a string."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from opmatch.render.plain import plain, to_ascii

if TYPE_CHECKING:
    from rich.console import RenderableType
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
