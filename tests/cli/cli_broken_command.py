"""A command with a bug, and one that is interrupted."""

from __future__ import annotations

from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread


@spread
def broken(client: str = "") -> int:
    """Breaks, with a value in its hands."""
    if client == "interrupted":
        raise KeyboardInterrupt
    raise KeyError(f"secret of {client}")


COMMAND = command(broken, name="broken", example="opmatch broken")
