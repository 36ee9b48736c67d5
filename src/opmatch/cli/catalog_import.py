"""`opmatch catalog import`: one command a published format."""

from __future__ import annotations

from opmatch.cli.commands import IMPORT_COMMANDS
from opmatch.cli.lazy import group

COMMAND = group(IMPORT_COMMANDS, text="Turn a published directory of programs into a catalog.")
