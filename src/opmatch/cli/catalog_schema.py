"""`opmatch catalog schema`: the JSON Schema of a catalog."""

from __future__ import annotations

from opmatch.cli.lazy import command
from opmatch.cli.stdio import write_data


def schema() -> int:
    """Print the JSON Schema of a catalog, with which editors complete and check one."""
    from opmatch import api

    write_data(api.catalog_schema())
    return 0


COMMAND = command(schema, name="schema", example="opmatch catalog schema > catalog.schema.json")
