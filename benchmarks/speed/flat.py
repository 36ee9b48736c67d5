"""The same programs as flat tables, as somebody with DuckDB or pandas would keep them; not timed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from opmatch import api
from opmatch.model.program import Program


def rows(programs: Sequence[Program]) -> list[dict[str, Any]]:
    """One mapping a program, lists as lists; the needs with all that they are part of."""
    vocabulary = api.load_vocabulary()
    above = {need.id: (need.id, *vocabulary.ancestors(need.id)) for need in vocabulary.needs}

    def wide(needs: Sequence[str]) -> list[str]:
        return sorted({one for need in needs for one in above[need]})

    return [
        {
            "id": one.id,
            "name": one.name,
            "level": one.level,
            "fields": list(one.fields),
            "latitude": one.site.point.latitude if one.site and one.site.point else None,
            "longitude": one.site.point.longitude if one.site and one.site.point else None,
            "state": one.site.state if one.site else "",
            "specializes": wide(one.needs.specializes),
            "treats": wide(one.needs.treats),
            "need_only": list(one.needs.only),
            "group_only": list(one.populations.only),
            "group_unknown": one.populations.only_unknown,
            "payers": None if one.payers is None else [payer.id for payer in one.payers],
            "approaches": [approach.id for approach in one.approaches],
            "phone": one.intake.phone,
        }
        for one in programs
    ]


def write(programs: Sequence[Program], folder: Path) -> tuple[Path, Path]:
    """A DuckDB database and a pickled frame."""
    import duckdb
    import pandas

    frame = pandas.DataFrame(rows(programs))
    database, pickle = folder / "programs.duckdb", folder / "programs.pickle"
    connection = duckdb.connect(str(database))
    connection.register("frame", frame)
    connection.execute("CREATE TABLE program AS SELECT * FROM frame")
    connection.close()
    frame.to_pickle(pickle)
    return database, pickle
