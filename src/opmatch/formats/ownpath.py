"""OwnPath's file of Colorado's licensed behavioral-health providers as a catalog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from opmatch.errors import InputError, Problem
from opmatch.formats import ownpath_facts
from opmatch.formats.doubts import Report, Tally
from opmatch.formats.file_dates import day_of
from opmatch.formats.imported import Imported, Progress, Written
from opmatch.formats.opening_hours import DAY_NAMES
from opmatch.formats.ownpath_record import Levels, Record, levels
from opmatch.formats.ownpath_terms import terms
from opmatch.formats.plain_text import clean
from opmatch.formats.record_ids import stems
from opmatch.formats.sheet import records

COLUMNS: Final = ("AccountID", "MentalHealthSettings", "SubstanceUseServices")
"""What a table must have. Any other column may be missing: what it would say is unknown."""
OTHER_COLUMNS: Final = (
    "AccountName", "DisplayName", "HideAddress", "AddressOneLine", "lat", "lon", "Phone", "Website", "Fees",
    "LanguagesSpoken", "PopulationServed", "Accessibility", "OffersTelehealth", "TelehealthRestrictions",
    "OpioidTreatmentPrograms", "DUIDWI", "AcceptingNewPatients", "ProviderDirectoryFormModifiedDate",
    *(f"HoursofOperation{name}" for name in DAY_NAMES),
)  # fmt: skip
SOURCE: Final = "ownpath"

NO_LEVEL: Final = "no outpatient level of care"
NO_NAME: Final = "no name"
RAGGED: Final = "more cells than columns"
TWICE: Final = "the same record again"
_PROGRESS_EVERY: Final = 64  # records


def import_ownpath(
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    as_of: dt.date | None = None,
    report: Report | None = None,
) -> Imported:
    """The providers in `paths` (CSV or workbooks) as a catalog's programs, one for each level a record lists.

    `as_of` is the day of the file; left out, its name tells it. The result doesn't depend on the order of the
    records. Raises InputError for files that can't be read, are no such file or list no outpatient program;
    UsageError where reading workbooks isn't installed.
    """
    day = as_of or day_of(paths)
    tally = Tally(report)
    kept: list[tuple[str, int, Record, Levels]] = []
    files: list[tuple[str, str, int]] = []
    remarks: list[str] = []
    seen: set[tuple[tuple[str, str], ...]] = set()
    for path in paths:
        header, rows = records(path, COLUMNS)
        remarks.extend(_missing(path, header))
        before = tally.read + len(kept)
        for number, cells in rows:
            if cells is None:
                tally.skip(str(path), str(number), "", RAGGED)
                continue
            record = Record(cells)
            found = levels(record)
            if reason := _why_skipped(record, found, cells, seen):
                tally.skip(str(path), str(number), record.name, reason)
                tally.doubt(str(path), str(number), record.name, record.doubts)
                continue
            kept.append((str(path), number, record, found))
        files.append((str(path), SOURCE, tally.read + len(kept) - before))
    written = _written(kept, day, tally, progress)
    if not written:
        message = f"lists no outpatient program among {tally.read:,} records"
        raise InputError(tuple(Problem(str(path), message, mend="give the full file") for path in paths))
    written.sort(key=lambda program: str(program["id"]))
    header_: Written = {
        "name": "OwnPath, Colorado's licensed behavioral-health providers",
        "sample": False,
        **({"as_of": day} if day else {}),
        "expresses": {"payers": sorted(set(terms().fees.values()))},
    }
    return Imported(header=header_, programs=written, summary=tally.summary(tuple(files), tuple(remarks)))


def _written(
    kept: list[tuple[str, int, Record, Levels]],
    day: dt.date | None,
    tally: Tally,
    progress: Progress | None,
) -> list[Written]:
    written: list[Written] = []
    ids = stems([_identity(record) for _, _, record, _ in kept])
    for done, ((file, number, record, found), stem) in enumerate(zip(kept, ids, strict=True)):
        if progress is not None and done % _PROGRESS_EVERY == 0:
            progress(done, len(kept))
        source = {"name": SOURCE, "record": clean(record.text("AccountID")) or str(number)}
        made: list[Written] = [
            {"id": f"{stem}-co-{program['level']}", **program, "source": source}
            for program in ownpath_facts.programs(record, found, day)
        ]
        tally.take(file, str(number), record.name, made, record.doubts)
        written.extend(made)
    if progress is not None:
        progress(len(kept), len(kept))
    return written


def _why_skipped(
    record: Record, found: Levels, cells: Mapping[str, str], seen: set[tuple[tuple[str, str], ...]]
) -> str:
    same = tuple(sorted(cells.items()))
    if same in seen:
        return TWICE
    seen.add(same)
    if not record.name:
        return NO_NAME
    return "" if found else NO_LEVEL


def _identity(record: Record) -> tuple[str, ...]:
    """Texts for an id: name and ZIP, then what tells namesakes apart; nothing that is to be hidden."""
    street, _city, _state, zip_code = record.address or ("", "", "", "")
    return record.name, zip_code, street, record.text("AccountID")


def _missing(path: Path, header: Sequence[str]) -> list[str]:
    missing = [column for column in OTHER_COLUMNS if column.lower() not in header]
    if not missing:
        return []
    return [f"{path} has no column {', '.join(missing)}: what they say is unknown everywhere"]
