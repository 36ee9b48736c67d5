"""Time and peak memory of importing a sheet of many rows, and of exporting what it makes.

    python benchmarks/large_sheets.py [--rows 1000000] [--export 0]

The sheet is made of the sample catalog's programs, again and again under ids of their own. Each step is a
process of its own, whose peak resident memory the system tells; a sheet of a tenth of the rows is taken too,
since what counts is the ratio: memory that grows with the rows isn't bounded. `--export` is how many programs
to export to each format; a catalog has to be in memory for that, so it is smaller. Nothing passes or fails.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from opmatch.formats.exporters import EXPORT_KINDS

RUN = [sys.executable, "-m", "opmatch", "catalog"]
KB_PER_MB = 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--export", type=int, default=0, metavar="PROGRAMS")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured("export csv, the sample", ["export", "csv", "-o", str(folder / "sample.csv")])
        peaks = []
        for rows in (asked.rows // 10, asked.rows):
            sheet = many(folder / "sample.csv", folder / f"{rows}.csv", rows)
            size = sheet.stat().st_size / 1e6
            out = ["-o", str(folder / "catalog.yaml")]
            peaks.append(
                measured(f"import csv, {rows:,} rows, {size:,.0f} MB", ["import", "csv", str(sheet), *out])
            )
            sheet.unlink()
        print(f"peak of ten times the rows, to one: {peaks[1] / peaks[0]:.2f}")
        if asked.export:
            sheet = many(folder / "sample.csv", folder / "some.csv", asked.export)
            catalog = str(folder / "some.yaml")
            measured("import csv", ["import", "csv", str(sheet), "-o", catalog])
            for kind in EXPORT_KINDS:
                measured(f"export {kind}", ["export", kind, "-c", catalog, "-o", str(folder / "out")])


def many(sample: Path, sheet: Path, rows: int) -> Path:
    """A sheet of `rows` programs like those of `sample`."""
    with sample.open(encoding="utf-8", newline="") as file:
        header, *programs = csv.reader(file)
    at = header.index("id")
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number in range(rows):
            row = programs[number % len(programs)]
            writer.writerow([*row[:at], f"{row[at][:80]}-{number}", *row[at + 1 :]])
    return sheet


def measured(what: str, arguments: list[str]) -> float:
    """Runs a command and prints its time and its peak; the peak in MB."""
    started = time.monotonic()
    process = subprocess.Popen([*RUN, *arguments], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds, peak = time.monotonic() - started, peak_mb(used)
    if process.returncode:
        sys.exit(f"{what}: {said}")
    processor = used.ru_utime + used.ru_stime
    print(f"{what:<45} {seconds:8.1f} s  {processor:8.1f} s of processor  {peak:8.0f} MB at most", flush=True)
    return peak


def peak_mb(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (KB_PER_MB if sys.platform != "darwin" else KB_PER_MB**2)


if __name__ == "__main__":
    main()
