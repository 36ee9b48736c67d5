"""SAMHSA's National Directories of mental health and substance use facilities as one catalog."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from opmatch.errors import InputError, Problem
from opmatch.formats.doubts import Doubts, Report, Tally, most_first
from opmatch.formats.imported import Imported, Progress, Written
from opmatch.formats.plain_text import clean, five_digits
from opmatch.formats.record_ids import stems
from opmatch.formats.samhsa_codes import Directory, directories
from opmatch.formats.samhsa_facts import known_codes, place_doubts, programs
from opmatch.formats.sheet import rows

COLUMNS: Final = ("name1", "street1", "city", "state", "zip", "phone", "service_code_info")
"""What a table must have; name2, street2 and the intake numbers are read where they are there."""
OTHER_COLUMNS: Final = ("name2", "street2", "intake1", "intake1a", "intake2", "intake2a")
EDITION: Final = dt.date(2022, 1, 1)
"""The files carry no date. They were published in the spring of 2022 from a survey of the year before, so the
first day of the edition's year is a fair middle, and it makes few facts look fresher than they are."""
_SURE_OF_KIND: Final = 0.9  # share of the telling codes that must be one directory's
_PROGRESS_EVERY: Final = 256  # records

_CODE_LETTERS: Final = 20  # the longest real one has seven
MOST_UNKNOWN: Final = 20  # codes told of; more of them mean another kind of table

NO_LEVEL: Final = "no outpatient level of care"
NO_CODES: Final = "no service codes"
NO_NAME: Final = "no name"

Found = tuple[Path, Directory, int, Mapping[str, str]]
"""A record with its file, its directory and its 1-based data row."""


def import_samhsa(
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    as_of: dt.date = EDITION,
    report: Report | None = None,
) -> Imported:
    """The facilities in `paths` (workbooks or CSV, of either directory or both) as a catalog's programs.

    One record makes a program for each outpatient level it lists. The result is the same whatever the order
    of files and records, but for `source.record`, which is the record's data row in its own file. `as_of` is
    the edition's date. Raises InputError for files that can't be read, are no such directory or list no
    outpatient program; UsageError where reading workbooks isn't installed.
    """
    found, files = _read(paths, as_of)
    ids = _stems(found)
    tally = Tally(report)
    unknown: Counter[str] = Counter()
    written: list[Written] = []
    for done, ((path, directory, number, record), stem) in enumerate(zip(found, ids, strict=True)):
        if progress is not None and done % _PROGRESS_EVERY == 0:
            progress(done, len(found))
        codes, strange = known_codes(record["service_code_info"], directory)
        unknown.update(clean(code)[:_CODE_LETTERS] for code in strange)
        made = programs(record, codes, directory, as_of)
        name = clean(record["name2"]) or clean(record["name1"])
        if reason := _why_skipped(record, made):
            tally.skip(str(path), str(number), name, reason)
            continue
        doubts = Doubts()
        place_doubts(record, doubts)
        for code in strange:
            doubts.add("service_code_info", clean(code)[:_CODE_LETTERS], "not a code of this directory")
        source = {"name": _source_name(directory, as_of), "record": str(number)}
        numbered = [_numbered(_noted(program, doubts), stem, directory, source) for program in made]
        tally.take(str(path), str(number), name, numbered, doubts)
        written.extend(numbered)
    if progress is not None:
        progress(len(found), len(found))
    if not written:
        message = f"lists no outpatient program among {len(found):,} records"
        raise InputError(tuple(Problem(name, message, mend="give the full file") for name, _, _ in files))
    written.sort(key=lambda program: str(program["id"]))
    expresses = lift_expresses(written)
    summary = tally.summary(files, unknown_codes=dict(list(most_first(unknown).items())[:MOST_UNKNOWN]))
    header = {"name": _name(found, as_of), "sample": False, "as_of": as_of, "expresses": expresses}
    return Imported(header=header, programs=written, summary=summary)


def _read(paths: Sequence[Path], as_of: dt.date) -> tuple[list[Found], tuple[tuple[str, str, int], ...]]:
    found: list[Found] = []
    files: list[tuple[str, str, int]] = []
    problems: list[Problem] = []
    seen: set[Path] = set()
    for path in paths:
        try:
            if path.resolve() in seen:
                raise InputError((Problem(str(path), "is given twice", mend="give it once"),))
            seen.add(path.resolve())
            records = [
                (number, {**dict.fromkeys(OTHER_COLUMNS, ""), **record})
                for number, record in enumerate(rows(path, COLUMNS), start=1)
                if any(record.values())
            ]
            directory = _directory(path, (record["service_code_info"] for _, record in records))
        except InputError as error:
            problems.extend(error.problems)
            continue
        found.extend((path, directory, number, record) for number, record in records)
        files.append((str(path), _source_name(directory, as_of), len(records)))
    if problems:
        raise InputError(tuple(problems))
    return found, tuple(files)


def _directory(path: Path, code_texts: Iterable[str]) -> Directory:
    """Which directory a file is, by the codes that only one of them has: a file's name can be anything."""
    mental_health, substance_use = directories()
    present: Counter[str] = Counter()
    for text in code_texts:
        present.update(text.replace("*", " ").split())
    telling = {
        one.short: sum(
            count for code, count in present.items() if code in one.codes and code not in other.codes
        )
        for one, other in ((mental_health, substance_use), (substance_use, mental_health))
    }
    total = sum(telling.values())
    if not present:
        raise InputError(
            (
                Problem(
                    str(path),
                    "has the columns but no facilities with service codes",
                    mend="give the full file",
                ),
            )
        )
    if not total:
        message = "has none of the service codes of SAMHSA's directories in `service_code_info`"
        raise InputError((Problem(str(path), message, mend="give the published file"),))
    directory = max((mental_health, substance_use), key=lambda one: telling[one.short])
    if telling[directory.short] < _SURE_OF_KIND * total:
        message = "mixes records of the mental health and the substance use directory, whose codes differ"
        raise InputError((Problem(str(path), message, mend="give each as a file of its own"),))
    return directory


def _stems(found: Sequence[Found]) -> list[str]:
    # Each directory by itself: a facility that is in both has one id there whether or not both are imported.
    out = [""] * len(found)
    for one in directories():
        places = [place for place, (_, directory, _, _) in enumerate(found) if directory is one]
        for place, stem in zip(places, stems([_identity(found[place][3]) for place in places]), strict=True):
            out[place] = stem
    return out


def _identity(record: Mapping[str, str]) -> tuple[str, ...]:
    """Texts for an id: names and ZIP, then what tells namesakes apart, the most lasting first."""
    texts = {column: clean(record[column]) for column in (*COLUMNS, *OTHER_COLUMNS)}
    numbers = " ".join(texts[column] for column in ("phone", "intake1", "intake1a", "intake2", "intake2a"))
    return (
        f"{texts['name1']} {texts['name2']}".strip(),
        five_digits(record["zip"]),
        f"{texts['street1']} {texts['street2']}".strip(),
        numbers,
        " ".join(sorted(set(record["service_code_info"].replace("*", " ").split()))),
    )


def _why_skipped(record: Mapping[str, str], made: list[Written]) -> str:
    if not clean(record["name1"]):
        return NO_NAME
    if not record["service_code_info"].strip():
        return NO_CODES
    return "" if made else NO_LEVEL


def _noted(program: Written, doubts: Doubts) -> Written:
    notes = [*program.get("notes", ()), *doubts.notes()]
    return {**program, "notes": notes} if notes else program


def _numbered(program: Written, stem: str, directory: Directory, source: Written) -> Written:
    # The directory is in the id, since many facilities are in both and two catalogs must not share an id.
    return {"id": f"{stem}-{directory.short}-{program['level']}", **program, "source": source}


def lift_expresses(programs: list[Written]) -> Written:
    """Takes what most programs' lists are complete over out of them, for the header to say it once."""
    count = Counter(json.dumps(program["expresses"]) for program in programs)
    most = min(count, key=lambda text: (-count[text], text))
    for program in programs:
        if json.dumps(program["expresses"]) == most:
            del program["expresses"]
    lifted: Written = json.loads(most)
    return lifted


def _source_name(directory: Directory, as_of: dt.date) -> str:
    return f"samhsa-{directory.short}-{as_of.year}"


def _name(found: Iterable[Found], as_of: dt.date) -> str:
    fields = {directory.field for _, directory, _, _ in found}
    kinds = " and ".join(one.field.replace("-", " ") for one in directories() if one.field in fields)
    return f"SAMHSA National Directory of Treatment Facilities {as_of.year} ({kinds})"
