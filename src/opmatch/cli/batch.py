"""`opmatch batch`: many requests in, many answers out."""

from __future__ import annotations

from pathlib import Path

from opmatch.cli.batch_options import BatchOptions
from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.stdio import write_data, write_note


@spread
def batch(options: BatchOptions, catalog: CatalogOptions) -> int:
    """Answer many requests: a row of a sheet or a line of JSON each, in their order.

    Columns and keys are those of request files. A row that can't be understood gets an answer that says why,
    and the rest go on. Exit codes: 3 where a row was stopped for safety, else 4 where one was invalid, else 1
    where one has no match.
    """
    if options.template:
        return _template(options.out)
    from opmatch.cli.batch_work import work

    return work(options, catalog)


def _template(out: Path | None) -> int:
    from opmatch.batch.columns import template

    if out is None:
        write_data(template())
        return 0
    from opmatch.cli.files import write_private

    write_private(out, template())
    write_note(f"wrote {out}")
    return 0


COMMAND = command(
    batch,
    name="batch",
    example="opmatch batch requests.csv --catalog directory.yaml --out answers.jsonl --calls calls.md",
)
