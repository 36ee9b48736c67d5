"""Tracks in a cell of opmatch's own sheet, as far as it has words for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from opmatch.catalog.as_written import Written
from opmatch.formats.record_ids import slug

_WHEN: Final = frozenset({"id", "days", "start", "end", "sessions"})
_WORDS: Final = {
    "seats_open": "seats", "as_of": "counted", "weeks": "weeks", "ages": "ages", "genders": "genders",
    "languages": "languages", "delivery": "delivery",
}  # fmt: skip
"""By key of a track in the catalog format."""
_DELIVERY: Final[dict[tuple[bool | None, bool | None], str]] = {
    (True, False): "in-person",
    (False, True): "virtual",
    (True, True): "hybrid",
}


def track_cells(tracks: Sequence[Written]) -> str:
    """Tracks as "evening: mon,wed 17:30-20:30 seats=3"; only such as `untold` finds nothing in."""
    return "; ".join(_track(track) for track in tracks)


def untold(tracks: Sequence[Written]) -> str | None:
    """A note on tracks that a cell can't hold, None where it holds them all.

    One track left out would make the others look like all there is, and one without its limits would look
    open to all; so either all of them are told, or none.
    """
    if all(map(_tellable, tracks)):
        return None
    names = ", ".join(track["id"] for track in tracks)
    return f"Meets in fixed weekly blocks that this sheet can't hold: {names}. Ask when they meet."[:1000]


def _tellable(track: Written) -> bool:
    sessions = track.get("sessions", ())
    return (
        slug(track["id"]) == track["id"]
        and track.keys() <= _WHEN | _WORDS.keys()
        and not any("required" in one for one in sessions)
        and all(isinstance(one, str) for one in track.get("languages", ()))
        and ("delivery" not in track or _delivery(track["delivery"]) is not None)
    )


def _track(track: Written) -> str:
    blocks = track.get("sessions") or [{"day": ",".join(track["days"]), **track}]
    meets = " + ".join(f"{one['day']} {one['start']}-{one['end']}" for one in blocks)
    extra = [f"{word}={_text(key, track[key])}" for key, word in _WORDS.items() if key in track]
    return " ".join([f"{track['id']}: {meets}", *extra])


def _text(key: str, value: Any) -> str:
    match key:
        case "ages":
            return age_texts(value, ",")
        case "delivery":
            return str(_delivery(value))
        case _:
            return ",".join(value) if isinstance(value, list) else str(value)


def age_texts(ranges: Sequence[Written], between: str) -> str:
    """Ranges of ages as 13-17, 65+, and 18-64? where it has to be asked."""
    return between.join(
        f"{one['min']}{'-' + str(one['max']) if 'max' in one else '+'}{'' if one.get('sure', True) else '?'}"
        for one in ranges
    )


def _delivery(modes: Written) -> str | None:
    return _DELIVERY.get((modes.get("in_person"), modes.get("virtual"))) if len(modes) == 2 else None
