"""Free time in words, such as "mon-fri 17:30-21:00" or "weekday evenings", to minutes of the week.

A clause is days with times, in either order: "weekdays after 5pm", "9 to 5 mon-fri". Days alone are whole
days, times alone are every day. `;` always parts clauses. After a comma or "and", days belong to days they
stand beside and times to times ("mon,wed 9-12, 14-16"); what could be read in two ways is refused. "except"
takes away.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from opmatch.errors import TextError
from opmatch.intake.quote import quoted
from opmatch.intake.week_tokens import ALL_DAYS, WHOLE_DAY, Item, items
from opmatch.model.week import MINUTES_PER_DAY, Week

_MAX_TEXT = 500  # characters; a week never needs more in one text

Run = list[Item]
"""Items of one kind, side by side."""


def parse_week(texts: Sequence[str]) -> Week:
    """All the time that any of `texts` names. Raises TextError that points at the word."""
    return Week.of(span for text in texts for span in _parse(text).spans)


def _parse(text: str) -> Week:
    if len(text) > _MAX_TEXT:
        raise TextError(f"a text about weekly time has at most {_MAX_TEXT} characters", text, 0, len(text))
    found = Week()
    segments: list[list[Item]] = [[]]
    for item in items(text):
        if item.kind == "end":
            segments.append([])
        else:
            segments[-1].append(item)
    for segment in segments:
        if any(item.kind in ("days", "times") for item in segment):
            found = found.union(_segment(text, segment).spans)
    if not found.spans:
        raise TextError(
            f"{quoted(text)}: names no time; write it like mon-fri 17:30-21:00", text, 0, len(text)
        )
    return found


def _segment(text: str, segment: list[Item]) -> Week:
    cuts = [index for index, item in enumerate(segment) if item.kind == "except"]
    if not cuts:
        return _union(text, segment)
    kept, removed = segment[: cuts[0]], segment[cuts[0] + 1 :]
    if len(cuts) > 1 or not any(item.kind in ("days", "times") for item in removed):
        at = segment[cuts[-1]]
        raise _error(text, at, "say once, after all the rest, what is left out")
    everything = any(item.kind in ("days", "times") for item in kept)
    whole = _union(text, kept) if everything else Week.of([(0, 7 * MINUTES_PER_DAY)])
    return whole.minus(_union(text, removed))


def _union(text: str, segment: list[Item]) -> Week:
    found = Week()
    for days, times in _clauses(text, _pieces(segment)):
        numbers = {day for item in days for day in item.days} if days else ALL_DAYS
        spans = [span for item in times for span in item.spans] if times else [WHOLE_DAY]
        found = found.union(
            (day * MINUTES_PER_DAY + start, day * MINUTES_PER_DAY + end)
            for day in numbers
            for start, end in spans
        )
    return found


class Piece(Struct, frozen=True):
    """What stands between joining words: alternating runs of days and times, and the word before it."""

    join: str
    runs: list[Run]

    @property
    def alone(self) -> bool:
        return len(self.runs) == 1

    @property
    def kind(self) -> str:
        return self.runs[0][0].kind


def _pieces(segment: list[Item]) -> list[Piece]:
    """The pieces in order; runs of one kind that have no partner are one run ("mon, wed and fri")."""
    pieces: list[Piece] = []
    join = ""
    for joins, group in groupby(segment, key=lambda item: item.kind == "join"):
        part = list(group)
        if joins:
            join = "and" if any(item.sort != "," for item in part) else ","
            continue
        piece = Piece(join, [list(run) for _kind, run in groupby(part, key=lambda item: item.kind)])
        if pieces and piece.alone and pieces[-1].alone and piece.kind == pieces[-1].kind:
            pieces[-1].runs[0].extend(piece.runs[0])
        else:
            pieces.append(piece)
    return pieces


def _clauses(text: str, pieces: list[Piece]) -> list[tuple[Run, Run]]:
    """Days and times that belong together; either may be empty."""
    pairs: list[tuple[Run, Run]] = []
    for index, piece in enumerate(pieces):
        if piece.alone:
            before = pieces[index - 1] if index else None
            after = pieces[index + 1] if index + 1 < len(pieces) else None
            pairs.append(_alone(text, piece, before, after))
            continue
        if len(piece.runs) % 2:
            raise _ambiguous(text, piece.runs[-1][0])
        for first, second in zip(piece.runs[::2], piece.runs[1::2], strict=True):
            pairs.append((first, second) if first[0].kind == "days" else (second, first))
    return pairs


def _alone(text: str, piece: Piece, before: Piece | None, after: Piece | None) -> tuple[Run, Run]:
    """A run without a partner shares the partner of the like run beside it, or stands alone."""
    run = piece.runs[0]
    partners = []
    if before and not before.alone and before.runs[-1][0].kind == piece.kind:
        partners.append((before.runs[-1], before.runs[-2]))
    if after and not after.alone and after.kind == piece.kind:
        partners.append((after.runs[0], after.runs[1]))
    if len(partners) > 1:
        raise _ambiguous(text, run[0])
    if partners:
        like, partner = partners[0]
        if piece.kind == "times" and {item.sort for item in like} != {item.sort for item in run}:
            raise _ambiguous(text, run[0])  # "sat 9-13, evenings": Saturday's, or every day's?
        return (run, partner) if piece.kind == "days" else (partner, run)
    named = piece.kind == "days" and any(item.sort == "name" for item in run)
    if named and any(beside and not beside.alone for beside in (before, after)):
        raise _ambiguous(text, run[0])  # "mon 9-12, tue": all Tuesday, or the same hours?
    if before and before.alone and _one_thing(before, piece):
        raise _ambiguous(text, run[0])
    return (run, []) if piece.kind == "days" else ([], run)


def _one_thing(first: Piece, second: Piece) -> bool:
    """Whether days and times side by side may be one clause: "mon, 9-12", unlike "evenings and weekends"."""
    times, days = (first, second) if first.kind == "times" else (second, first)
    if any(item.sort == "clock" for item in times.runs[0]):
        return True
    sets = all(item.sort == "set" for item in days.runs[0])
    return second.join == "," and not (first is times and sets)


def _ambiguous(text: str, item: Item) -> TextError:
    return _error(text, item, "could be meant in two ways; put ; between what belongs apart")


def _error(text: str, item: Item, message: str) -> TextError:
    word = text[item.start : item.end]
    return TextError(f"{quoted(text)}: {message} (at {quoted(word)})", text, item.start, item.end)
