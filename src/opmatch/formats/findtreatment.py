"""Answers of the FindTreatment.gov locator API, one page or many, as a catalog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from opmatch.errors import InputError, Problem
from opmatch.formats.doubts import Doubts, Report, Tally
from opmatch.formats.file_dates import day_of
from opmatch.formats.findtreatment_codes import Names, kind_of, names, services_of
from opmatch.formats.imported import Imported, Progress, Written
from opmatch.formats.json_file import read_json
from opmatch.formats.plain_text import coordinates, five_digits, prose, scalar, web_address
from opmatch.formats.record_ids import stems
from opmatch.formats.samhsa import lift_expresses
from opmatch.formats.samhsa_facts import place_doubts, programs

SOURCE: Final = "findtreatment"
TEXTS: Final = (
    "name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1", "intake1a", "intake2",
    "intake2a", "hotline1", "website", "latitude", "longitude", "frid",
)  # fmt: skip
NO_LEVEL: Final = "no outpatient level of care"
NO_NAME: Final = "no name"
NO_SERVICES: Final = "no services that are known"
NO_KIND: Final = "neither a mental-health nor a substance-use facility"
NO_ROW: Final = "not a row of the locator"
TWICE: Final = "the same record again"
_PROGRESS_EVERY: Final = 256  # records
_LONG_AGO: Final = dt.date.min  # an answer of unknown age is as old as can be

Row = tuple[str, str, Any]
"""File, number (1-based, in its file) and what is there."""


class Facility:
    """A row that makes programs, with its codes and the kind of facility it is."""

    def __init__(self, file: str, number: str, texts: dict[str, str], known: Names, doubts: Doubts) -> None:
        self.file, self.number, self.texts, self.known, self.doubts = file, number, texts, known, doubts
        self.codes: tuple[str, ...] = ()

    def identity(self) -> tuple[str, ...]:
        """Texts for an id: names and ZIP, then what tells namesakes apart, the most lasting first."""
        text = self.texts
        return (
            f"{text['name1']} {text['name2']}".strip(),
            five_digits(text["zip"]),
            f"{text['street1']} {text['street2']}".strip(),
            f"{text['phone']} {text['intake1']}".strip(),
            text["frid"],
        )


def import_findtreatment(
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    as_of: dt.date | None = None,
    report: Report | None = None,
) -> Imported:
    """The facilities in `paths` as a catalog's programs, one for each outpatient level a row lists.

    A file is one answer of the API, a list of answers or of rows, or one a line. `as_of` is the day of the
    answers; left out, the files' names tell it. A row on several pages counts once. Raises InputError for
    files that can't be read, are no such answers or list no outpatient program.
    """
    day = as_of or day_of(paths)
    tally = Tally(report)
    found: list[Row] = []
    files: list[tuple[str, str, int]] = []
    remarks: list[str] = []
    for path in paths:
        rows, remark = _rows(read_json(path), str(path))
        found.extend((str(path), str(number), row) for number, row in enumerate(rows, start=1))
        files.append((str(path), SOURCE, len(rows)))
        remarks.extend(remark)
    facilities = _facilities(found, tally)
    written: list[Written] = []
    ids = _stems(facilities)
    for done, (facility, stem) in enumerate(zip(facilities, ids, strict=True)):
        if progress is not None and done % _PROGRESS_EVERY == 0:
            progress(done, len(facilities))
        made = _programs(facility, stem, day)
        name = facility.texts["name1"]
        if made:
            tally.take(facility.file, facility.number, name, made, facility.doubts)
        else:
            tally.skip(facility.file, facility.number, name, NO_LEVEL)
            tally.doubt(facility.file, facility.number, name, facility.doubts)
        written.extend(made)
    if progress is not None:
        progress(len(facilities), len(facilities))
    if not written:
        message = f"lists no outpatient program among {tally.read:,} records"
        raise InputError(tuple(Problem(str(path), message, mend="give the full answer") for path in paths))
    written.sort(key=lambda program: str(program["id"]))
    header: Written = {
        "name": "FindTreatment.gov",
        "sample": False,
        **({"as_of": day} if day else {}),
        "expresses": lift_expresses(written),
    }
    return Imported(header=header, programs=written, summary=tally.summary(tuple(files), tuple(remarks)))


def _rows(document: Any, file: str) -> tuple[list[Any], list[str]]:
    """The rows of all pages, and what to say of pages that are missing."""
    pages = document if isinstance(document, list) else [document]
    rows: list[Any] = []
    remarks: list[str] = []
    in_all = 0
    for page in pages:
        if isinstance(page, dict) and isinstance(page.get("rows"), list):
            rows.extend(page["rows"])
            count = page.get("recordCount")
            in_all = max(in_all, count) if isinstance(count, int) else in_all
        else:
            rows.append(page)
    if not any(isinstance(row, dict) and ("services" in row or "name1" in row) for row in rows):
        message = "holds no rows of the locator"
        raise InputError((Problem(file, message, mend="give the JSON that its API answers"),))
    if in_all > len(rows):
        remarks.append(f"{file} holds {len(rows):,} of the {in_all:,} records the locator found")
    return rows, remarks


def _facilities(found: Sequence[Row], tally: Tally) -> list[Facility]:
    kept: list[Facility] = []
    seen: dict[str, Any] = {}
    for file, number, row in found:
        if not isinstance(row, dict):
            tally.skip(file, number, "", NO_ROW, prose(str(row)[:500]))
            continue
        texts = {column: prose(row.get(column), 200) for column in TEXTS}
        name = texts["name1"] or texts["name2"]
        same = {key: value for key, value in row.items() if key not in ("_irow", "miles")}
        if texts["frid"] and seen.setdefault(texts["frid"], same) is not same and seen[texts["frid"]] == same:
            tally.skip(file, number, name, TWICE)
            continue
        doubts = Doubts()
        services = services_of(row.get("services"), doubts)
        written_kind = scalar(row.get("typeFacility") or row.get("type_facility"))
        kind = kind_of(written_kind, services)
        if not name or not kind:
            tally.skip(file, number, name, NO_KIND if name else NO_NAME, written_kind)
            continue
        facility = Facility(file, number, texts, names()[kind], doubts)
        facility.codes = facility.known.codes(services, doubts)
        if not facility.codes:
            tally.skip(file, number, name, NO_SERVICES)
            tally.doubt(file, number, name, doubts)
            continue
        kept.append(facility)
    return kept


def _stems(facilities: Sequence[Facility]) -> list[str]:
    # Each kind by itself: a facility of both kinds has one id in each whether or not both are imported.
    out = [""] * len(facilities)
    for known in names().values():
        places = [place for place, facility in enumerate(facilities) if facility.known is known]
        identities = [facilities[place].identity() for place in places]
        for place, stem in zip(places, stems(identities), strict=True):
            out[place] = stem
    return out


def _programs(facility: Facility, stem: str, day: dt.date | None) -> list[Written]:
    text, doubts, directory = facility.texts, facility.doubts, facility.known.directory
    record = {**text, "name1": text["name1"] or text["name2"]}
    point = coordinates(text["latitude"], text["longitude"])
    if point is None and (text["latitude"] or text["longitude"]):
        doubts.add("latitude, longitude", f"{text['latitude']}, {text['longitude']}", "no place on the map")
    url = web_address(text["website"])
    if text["website"] and not url:
        doubts.add("website", text["website"], "not a web address")
    place_doubts(text, doubts)
    said = [f"Hotline: {text['hotline1']}."] if text["hotline1"] else []
    made = programs(record, facility.codes, directory, day or _LONG_AGO)
    return [_completed(program, facility, stem, point or {}, url, said) for program in made]


def _completed(
    program: Written, facility: Facility, stem: str, point: Mapping[str, float], url: str, said: list[str]
) -> Written:
    short = facility.known.directory.short
    notes = [*program.pop("notes", []), *said, *facility.doubts.notes()]
    site = {**program.pop("site", {}), **point}
    intake = {**program.pop("intake", {}), **({"url": url} if url else {})}
    rest = {"site": site, "intake": intake, "notes": notes}
    _leave_open(program, facility.doubts)
    return {
        "id": f"{stem}-ft-{short}-{program['level']}",
        **program,
        **{key: value for key, value in rest.items() if value},
        "source": {"name": SOURCE, "record": facility.texts["frid"] or facility.number},
    }


def _leave_open(program: Written, doubts: Doubts) -> None:
    """Opens what a text nobody understands may belong to: it must not become a no, nor a welcome to all."""
    if (doubts.of("services PAY") or doubts.of("services PYAS")) and "payers" in program:
        program["payers_complete"] = False
    if doubts.of("services AGE") and "ages" in program:
        program["ages_complete"] = False
    if doubts.of("services GN"):
        program.pop("genders", None)
    if doubts.of("services EXCL") and not program.get("populations", {}).get("only"):
        program["populations"] = {**program.get("populations", {}), "only": "unknown"}
