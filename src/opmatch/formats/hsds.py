"""Services of the Human Services Data Specification, JSON or tables, as a catalog of outpatient programs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from opmatch.errors import InputError, Problem
from opmatch.formats.doubts import Doubts, Report, Tally
from opmatch.formats.file_dates import day_of
from opmatch.formats.hsds_back import as_exported, header_of, own_kind
from opmatch.formats.hsds_facts import identity, programs
from opmatch.formats.hsds_kinds import Kind, kind_of
from opmatch.formats.hsds_own import CATALOG, own_facts
from opmatch.formats.hsds_package import Ragged, read_package
from opmatch.formats.hsds_tables import Tables, table_name, tree
from opmatch.formats.hsds_trees import NoService, Offer, offers
from opmatch.formats.hsds_words import terms_of
from opmatch.formats.imported import Imported, Progress, Written
from opmatch.formats.json_file import looks_like_json, read_json
from opmatch.formats.open_file import open_file
from opmatch.formats.plain_text import prose
from opmatch.formats.record_ids import stems

SOURCE: Final = "hsds"
NO_NAME: Final = "no name"
TWICE: Final = "the same service again"
RAGGED: Final = "more cells than columns"
_PROGRESS_EVERY: Final = 64  # services

Found = tuple[str, str, Offer]
"""File, id and the service."""


def import_hsds(
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    as_of: dt.date | None = None,
    report: Report | None = None,
) -> Imported:
    """The outpatient mental-health and substance-use services in `paths` as a catalog's programs.

    A path is a JSON file of version 3 (services, organizations, services at locations; full or as lists and
    pages), a folder or zip of the CSV tables of version 2 or 3, or such a table. A service at two locations
    is two programs. `as_of` is the day of the data; left out, the files' names tell it. Raises InputError for
    what can't be read or holds no such service.
    """
    day = as_of or day_of(paths)
    tally = Tally(report)
    found, files = _read(paths, tally)
    kept = _kept(found, tally)
    written: list[Written] = []
    headers: list[Written] = []
    taken: set[str] = set()
    ids = stems([identity(offer) for _, _, offer, _ in kept])
    for done, ((file, record, offer, kind), stem) in enumerate(zip(kept, ids, strict=True)):
        if progress is not None and done % _PROGRESS_EVERY == 0:
            progress(done, len(kept))
        doubts = Doubts()
        made: list[Written] = [
            {"id": f"{stem}-hsds-{program['level']}", **program, "source": {"name": SOURCE, "record": record}}
            for program in programs(offer, kind, day, doubts)
        ]
        if own := own_facts(offer.service):
            headers.append(own.pop(CATALOG, None) or {})
            made = [as_exported(made[0], own, taken, doubts)]
        tally.take(file, record, prose(offer.service.get("name"), 200), made, doubts)
        written.extend(made)
    if progress is not None:
        progress(len(kept), len(kept))
    if not written:
        message = f"holds no outpatient mental-health or substance-use service among {tally.read:,} records"
        raise InputError(tuple(Problem(str(path), message, mend=_why(tally)) for path in paths))
    written.sort(key=lambda program: str(program["id"]))
    header: Written = {"name": "Human services directory", "sample": False, **({"as_of": day} if day else {})}
    if len(headers) == len(kept):
        header = header_of(headers, header, as_of)
    return Imported(header=header, programs=written, summary=tally.summary(files))


def _why(tally: Tally) -> str:
    reasons = tally.summary(()).skipped
    if not reasons:
        return "give a file with services"
    return "left out: " + ", ".join(f"{count:,} {reason}" for reason, count in reasons.items())


def _read(paths: Sequence[Path], tally: Tally) -> tuple[list[Found], tuple[tuple[str, str, int], ...]]:
    found: list[Found] = []
    files: list[tuple[str, str, int]] = []
    packages = [path for path in paths if not _is_json(path)]
    for path in paths:
        if path in packages:
            continue
        found_here = list(_from_document(read_json(path), str(path), tally))
        found.extend(found_here)
        files.append((str(path), SOURCE, len(found_here)))
    if packages:
        ragged: Ragged = []
        tables = read_package(packages, ragged)
        for file, row in ragged:
            tally.skip(file, row, "", RAGGED)
        name = str(packages[0])
        found_here = list(_from_document(tree(tables), name, tally))
        found.extend(found_here)
        files.append((name, SOURCE, len(found_here)))
    return found, tuple(files)


def _is_json(path: Path) -> bool:
    return path.is_file() and looks_like_json(open_file(path, 1 << 62).start())


def _from_document(document: Any, file: str, tally: Tally) -> Iterator[Found]:
    tables = _tables(document)
    for number, one in enumerate(offers(tree(tables) if tables else document), start=1):
        if isinstance(one, NoService):
            name = prose(one.value.get("name"), 200) if isinstance(one.value, Mapping) else ""
            value = "" if isinstance(one.value, Mapping) else prose(str(one.value)[:500])
            tally.skip(file, str(number), name, one.why, value)
        else:
            yield file, _record(one, number), one


def _tables(document: Any) -> Tables:
    """The tables of a JSON document that has them under their files' names."""
    if not isinstance(document, Mapping):
        return {}
    return {
        name: [row for row in rows if isinstance(row, dict)]
        for key, rows in document.items()
        if (name := table_name(str(key))) and isinstance(rows, list)
    }


def _record(offer: Offer, number: int) -> str:
    service, location = (one.get("id") for one in (offer.service, offer.location))
    if not isinstance(service, str | int):
        return str(number)
    return prose(f"{service} at {location}" if isinstance(location, str | int) else service, 200)


def _kept(found: Sequence[Found], tally: Tally) -> list[tuple[str, str, Offer, Kind]]:
    """The services to import, each once, in an order that doesn't depend on that of the files."""
    fullest: dict[tuple[str, str], tuple[int, str, Found]] = {}
    placed = {offer.key[0] for _, _, offer in found if offer.location}
    for one in found:
        file, record, offer = one
        text = json.dumps(
            [offer.service, offer.organization, offer.at, offer.location], sort_keys=True, default=str
        )
        # The same service is in lists and in full; the fuller one says more.
        rank = (len(text), text, one)
        before = fullest.get(offer.key)
        if before is not None or (not offer.location and offer.key[0] in placed):
            tally.skip(file, record, prose(offer.service.get("name"), 200), TWICE)
        if (before is None or rank[:2] > before[:2]) and (offer.location or offer.key[0] not in placed):
            fullest[offer.key] = rank
    kept = []
    for key in sorted(fullest):
        file, record, offer = fullest[key][2]
        name = prose(offer.service.get("name"), 200)
        told = prose(offer.service.get("description"), 4000)
        kind = own_kind(offer.service) or kind_of(name, terms_of(offer.service), told)
        if not name or isinstance(kind, str):
            tally.skip(file, record, name, kind if name and isinstance(kind, str) else NO_NAME)
        else:
            kept.append((file, record, offer, kind))
    return kept
