"""Programs as a catalog would load them, and what comes back of an export."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from importing import read_back, saved
from strategies import catalogs, dates, maybe, programs, sites

from opmatch.catalog.as_written import as_written, header_written
from opmatch.catalog.write import write
from opmatch.formats.exported import content
from opmatch.formats.exporters import ExportKind, export
from opmatch.formats.importers import import_files
from opmatch.model.program import Catalog, Intake, Point, Program, Site, Source, Verified

Written = dict[str, Any]

# What spreadsheets, tables, mark-up and JSON each take for something of their own.
TEXTS = (
    "Call the intake line", "=1+1", "+1 312 555 0100 ext. 4", "'=quoted'", "-5", "@home", "a; b \\; c\\",
    'say "yes", please', "<b>bold</b> &amp; <not a tag", "café ñandú 日本", "true", "null", "00123", "[]",
    "'", "''+x", 'Left out fees "x; y": why.', "1e5", "2026-10-01", "mon 09:00-17:00", "unknown", "no",
    "# one", "{}",
)  # fmt: skip
texts = st.sampled_from(TEXTS)
lines = st.lists(texts, max_size=3, unique=True).map(tuple)
intakes = st.builds(
    Intake,
    phone=st.sampled_from(["", "312-555-0142", "+1 (312) 555-0142", "312-555-0142 ext. 7"]),
    url=st.sampled_from(["", "https://example.org/a?b=c&d=%20#e", "http://EXAMPLE.org"]),
    referral=st.just("") | texts,
    documents=lines,
    steps=lines,
)
places = sites | st.sampled_from(
    [
        Site(state="IL", confidential=True),
        Site(state="IL", point=Point(41.86, -87.61), precision="cell", confidential=True),
        Site(street="1 A St, Suite 2", city="Chicago", state="IL", zip="60610"),
        Site(street="1 A St", state="IL", zip="60610", point=Point(41.9, -87.63), precision="exact"),
        Site(zip="02134"),
        Site(city="Chicago", state="IL"),
    ]
)  # fmt: skip
verifications = st.builds(
    Verified,
    date=maybe(dates),
    by=st.just("") | texts,
    fields=st.dictionaries(st.sampled_from(["availability", "payers", "intake.phone"]), dates, max_size=2),
)
whole_programs: SearchStrategy[Program] = programs(
    site=maybe(places),
    status=st.sampled_from(["active", "paused", "closed"]),
    intake=intakes,
    verified=verifications,
    source=st.builds(Source, name=st.just("") | texts, record=st.just("") | texts),
    accreditation=lines,
    notes=lines,
)


def loaded(written: Sequence[Written], header: Written, folder: Path) -> Catalog:
    """Programs in the words of the catalog format, as a catalog that was read."""
    write(folder / "catalog.yaml", header, list(written))
    return read_back(folder / "catalog.yaml")


def catalog_of(made: Sequence[Program], folder: Path) -> Catalog:
    """The programs as reading a catalog of them gives them; what a catalog can't say is gone."""
    return loaded([as_written(one) for one in made], header_written(made[0].origin), folder)


def exported(catalog: Catalog, kind: ExportKind, folder: Path) -> Path:
    path = folder / f"exported.{kind}"
    export(content(catalog), kind, path)
    return path


def there_and_back(made: Sequence[Program], kind: ExportKind) -> tuple[list[Written], list[Written]]:
    """The programs in the words of the catalog format, and what an import of their export makes of them."""
    with tempfile.TemporaryDirectory() as name:
        catalog = catalog_of(made, Path(name))
        path = exported(catalog, kind, Path(name))
        saved(import_files([path]), Path(name) / "back.yaml")
        back = read_back(Path(name) / "back.yaml")
    return [as_written(one) for one in catalog.programs], [as_written(one) for one in back.programs]


some_catalogs = catalogs(whole_programs, least=1)
