"""`opmatch catalog`: the commands about catalogs."""

from __future__ import annotations

from opmatch.cli.commands import CATALOG_COMMANDS
from opmatch.cli.lazy import group

COMMAND = group(CATALOG_COMMANDS, text="Check, import and choose the programs to search.")
