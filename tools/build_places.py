"""Compiles the PyPI package `zipcodes` (MIT) into the two text files, sorted by bytes, that opmatch ships.

Run `python tools/build_places.py` after a new release of zipcodes; a test compares the files with it.
zips.txt:   zip|latitude|longitude|state|city|zone, by ZIP
cities.txt: key|state|city|latitude|longitude|zone, key in the form of `opmatch.places.names.city_key`

Left out: military post (AE, AP, AA and the APO and DPO ZIPs filed under New Jersey), the Parcel Return
Service and Santa's 88888, which are no places. Mended: points at 0,0 and the zones and points listed here.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from opmatch.places.names import MILITARY_STATES, city_key

FOLDER = Path(__file__).resolve().parents[1] / "src" / "opmatch" / "places" / "data"

_NO_PLACES = {"Apo", "Dpo", "Fpo", "Parcel Return Service", "North Pole DC"}

_POINTS = {
    # Islands without another ZIP to take a point from, or with a wrong one; WGS 84, from the GNS gazetteer.
    "96917": (13.2736, 144.7494),  # Inarajan
    "96939": (7.5006, 134.6242),  # Ngerulmud
    "96941": (6.9639, 158.2061),  # Pohnpei
    "96942": (7.4467, 151.8500),  # Chuuk
    "96943": (9.5144, 138.1292),  # Yap
    "96944": (5.3252, 163.0086),  # Kosrae
    "96960": (7.0897, 171.3803),  # Majuro, given as -171
    "96970": (8.7803, 167.7374),  # Ebeye
}
_ZONES = {
    "99634": "America/Anchorage",  # Napakiak, given as "Napakiak"
    "96941": "Pacific/Pohnpei",
    "96944": "Pacific/Kosrae",
    "96970": "Pacific/Kwajalein",
}


class Row(NamedTuple):
    zip: str
    latitude: float
    longitude: float
    state: str
    city: str
    zone: str
    standard: bool
    also: tuple[str, ...]


def rows() -> list[Row]:
    """Every ZIP that is a place, by ZIP, with a point and a zone."""
    import zipcodes

    entries: list[dict[str, Any]] = zipcodes.list_all()  # type: ignore[no-untyped-call]

    read = [
        Row(
            zip=entry["zip_code"],
            latitude=float(entry["lat"]),
            longitude=float(entry["long"]),
            state=entry["state"],
            city=entry["city"],
            zone=_ZONES.get(entry["zip_code"], entry["timezone"]),
            standard=entry["zip_code_type"] == "STANDARD" and entry["active"],
            also=tuple(entry["acceptable_cities"]),
        )
        for entry in sorted(entries, key=lambda entry: str(entry["zip_code"]))
        if entry["state"] not in MILITARY_STATES
        and entry["city"] not in _NO_PLACES
        and f"{entry['city']} {entry['state']}" not in _NO_PLACES
    ]
    located = [row for row in read if (row.latitude, row.longitude) != (0.0, 0.0) and row.zip not in _POINTS]
    return [_mended(row, located) for row in read]


def _mended(row: Row, located: list[Row]) -> Row:
    """A point for a ZIP that came without: the listed one, its city's, or that of the nearest ZIP number."""
    if row.zip in _POINTS:
        return row._replace(latitude=_POINTS[row.zip][0], longitude=_POINTS[row.zip][1])
    if (row.latitude, row.longitude) != (0.0, 0.0):
        return row
    city = [other for other in located if (other.city, other.state) == (row.city, row.state)]
    if city:
        latitude, longitude = _mean(city)
        return row._replace(latitude=latitude, longitude=longitude)
    near = min(
        (other for other in located if other.state == row.state),
        key=lambda other: (abs(int(other.zip) - int(row.zip)), other.zip),
    )
    return row._replace(latitude=near.latitude, longitude=near.longitude, zone=near.zone)


def _mean(found: list[Row]) -> tuple[float, float]:
    """The mean point of the standard ZIPs (all, where there are none), to 4 decimals."""
    chosen = [row for row in found if row.standard] or found
    return (
        round(sum(row.latitude for row in chosen) / len(chosen), 4),
        round(sum(row.longitude for row in chosen) / len(chosen), 4),
    )


def zip_lines(table: list[Row]) -> list[str]:
    return [f"{r.zip}|{r.latitude:.4f}|{r.longitude:.4f}|{r.state}|{r.city}|{r.zone}" for r in table]


def city_lines(table: list[Row]) -> list[str]:
    """A city's own ZIPs say where it is; where it is only another name for some, those do."""
    own: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    also: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in table:
        own[city_key(row.city), row.state].append(row)
        names[city_key(row.city), row.state].add(row.city)
        for name in row.also:
            also[city_key(name), row.state].append(row)
            names[city_key(name), row.state].add(name)
    lines = []
    for key in sorted({*own, *also}):
        found = own.get(key) or also[key]
        latitude, longitude = _mean(found)
        counts = Counter(row.zone for row in found)
        zone = min(counts, key=lambda zone: (-counts[zone], zone))
        lines.append(
            f"{key[0]}|{key[1]}|{max(names[key], key=_spelling)}|{latitude:.4f}|{longitude:.4f}|{zone}"
        )
    return sorted(lines)


def _spelling(name: str) -> tuple[int, str]:
    """Of several spellings the one with most letters ("Saint Louis", not "St Louis"), then the last."""
    return (len(name), name)


def files() -> dict[str, bytes]:
    """The content of each shipped file, by name."""
    table = rows()
    return {
        name: ("\n".join(lines) + "\n").encode()
        for name, lines in (("zips.txt", zip_lines(table)), ("cities.txt", city_lines(table)))
    }


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
        sys.stdout.write(f"{FOLDER / name}: {len(content.splitlines()):,} lines\n")


if __name__ == "__main__":
    main()
