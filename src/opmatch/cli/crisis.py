"""`opmatch crisis`: crisis lines, always, instantly."""

from __future__ import annotations

from opmatch.cli.lazy import command
from opmatch.cli.stdio import write_text


def crisis() -> int:
    """Crisis lines of the United States: call or text 988 at any hour; 911 in immediate danger."""
    from opmatch import api
    from opmatch.render.crisis import render

    write_text(render(api.load_crisis()))
    return 0


COMMAND = command(crisis, name="crisis", example="opmatch crisis")
