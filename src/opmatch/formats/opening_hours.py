"""Opening hours day by day, as the catalog format writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from opmatch.formats.clock_words import written
from opmatch.model.clock_text import write_days
from opmatch.model.week import Span

DAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOSED: Final = "closed"


def office_hours(days: Mapping[int, Sequence[Span]]) -> dict[str, Any]:
    """Hours by day (0 Monday) as written, days with equal hours together; a day with no span is closed.

    Days that aren't in `days` are unknown and stay unwritten. Spans that touch or overlap become one.
    """
    alike: dict[tuple[Span, ...], list[int]] = {}
    for day in sorted(days):
        alike.setdefault(merged(days[day]), []).append(day)
    return {write_days(same): _texts(spans) for spans, same in alike.items()}


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _texts(spans: tuple[Span, ...]) -> str | list[str]:
    if not spans:
        return CLOSED
    texts = [written(span) for span in spans]
    return texts[0] if len(texts) == 1 else texts
