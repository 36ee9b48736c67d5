"""A page as text, the same as rich draws it and without rich, where each sign takes one column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opmatch.pattern import pattern
from opmatch.render.layout import Layout
from opmatch.render.layout import draw as draw_by_rich
from opmatch.render.page import Cell, Column, Columns, Part, Words
from opmatch.render.plain import to_ascii

# Latin letters and our own signs; how wide others are is rich's to say.
_ODD = pattern("[^ -~¡-¬®-ʯ–—‘’“”•…─━×→≈]")
_WORD = pattern(r"\s*\S+\s*")
_CODES = {
    "": "",
    "not bold": "",
    "bold": "1",
    "dim": "2",
    "green": "32",
    "yellow": "33",
    "bold red": "1;31",
}
Line = tuple[str, int]
"""A line with its codes for colour, and how many columns it takes."""


class _OddError(Exception):
    """Something that rich has to draw."""


def draw(parts: Iterable[Part], layout: Layout) -> str:
    """`parts` one below the other, as text that ends in a newline; lines don't end in blanks."""
    parts = list(parts)
    text = without_rich(parts, layout)
    return draw_by_rich(parts, layout) if text is None else text


def without_rich(parts: Iterable[Part], layout: Layout) -> str | None:
    """The same, or None where rich has to draw."""
    try:
        lines = [line for part in parts for line, _ in _part(part, layout)]
    except _OddError:
        return None
    text = "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"
    return to_ascii(text) if layout.ascii else text


def _part(part: Part, layout: Layout) -> list[Line]:
    if isinstance(part, str):
        return [(part, len(part))]
    if isinstance(part, Columns):
        return _columns(part, layout.width, layout.color)
    return list(_words(part, layout.width, layout.color))


def _cell(cell: Cell, width: int, color: bool, column: Column) -> list[Line]:
    if isinstance(cell, Words):
        return list(_words(cell, width, color, column))
    if isinstance(cell, Columns):
        return _columns(cell, width, color)
    return [line for one in cell for line in _cell(one, width, color, column)]


def _words(words: Words, width: int, color: bool, column: Column | None = None) -> Iterator[Line]:
    """In a column, blanks that fill a line have the style of the first one, as in rich."""
    wraps = column is None or column.width is None or column.wraps
    base = words.lines[0][1]
    for text, style in words.lines:
        if _ODD.search(text) or style not in _CODES or (len(text) > width and not wraps):
            raise _OddError
        for line in _wrapped(text, width):
            if column is None:
                yield _styled(line, style, color), len(line)
                continue
            shown = line.rstrip() if column.right else line
            blanks = " " * (width - len(shown))
            if style == base:
                filled = _styled(blanks + shown if column.right else shown + blanks, style, color)
            else:
                around, own = _styled(blanks, base, color), _styled(shown, style, color)
                filled = around + own if column.right else own + around
            yield filled, width


def _styled(text: str, style: str, color: bool) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if color and text and _CODES[style] else text


def _wrapped(text: str, width: int) -> list[str]:
    """Broken before words, and within those that are longer than a line."""
    if len(text) <= width:
        return [text]
    breaks: list[int] = []
    at = 0  # the columns taken on the line so far
    for found in _WORD.finditer(text):
        start, word = found.start(), found.group()
        long = len(word.rstrip())
        if long <= width - at:
            at += len(word)
        elif long > width:
            pieces = range(start, start + len(word), width)
            breaks.extend(pieces)
            at = start + len(word) - pieces[-1]
        else:
            breaks.append(start)
            at = len(word)
    ends = [one for one in breaks if one]
    lines = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    return [line if len(line) <= width else line.rstrip().ljust(width) for line in lines]


def _columns(grid: Columns, width: int, color: bool) -> list[Line]:
    last = len(grid.columns) - 1
    taken = sum(one.width + (at < last) for at, one in enumerate(grid.columns) if one.width is not None)
    shares = sum(one.width is None for one in grid.columns)
    left = width - taken
    if left < 2 * shares:
        raise _OddError
    widths: list[int] = []
    for at, one in enumerate(grid.columns):
        if one.width is not None:
            widths.append(one.width)
        else:
            share = -(-left // shares)
            left, shares = left - share, shares - 1
            widths.append(share - (at < last))
    return [line for row in grid.rows for line in _row(grid, row, widths, color)]


def _row(grid: Columns, row: tuple[Cell, ...], widths: list[int], color: bool) -> Iterator[Line]:
    cells = [
        _cell(cell, width, color, one) for cell, one, width in zip(row, grid.columns, widths, strict=True)
    ]
    for at in range(max(map(len, cells))):
        drawn: list[str] = []
        for lines, width in zip(cells, widths, strict=True):
            text, long = lines[at] if at < len(lines) else ("", 0)
            drawn.append(text + " " * (width - long))
        yield " ".join(drawn), sum(widths) + len(widths) - 1
