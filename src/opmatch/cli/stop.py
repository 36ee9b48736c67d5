"""Saying that safety comes first, where an answer was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opmatch.cli.output_options import OutputOptions
from opmatch.cli.stdio import write_note
from opmatch.errors import EXIT_SAFETY_STOP
from opmatch.model.ranking import Notice, SafetyStop


def tell(stop: SafetyStop) -> None:
    """The stop's text on stderr, where it is seen whatever becomes of stdout."""
    write_note(f"opmatch: {stop.title}\n{stop.text}")


def answer_stop(
    stop: SafetyStop, notices: Sequence[Notice], output: OutputOptions, data: dict[str, Any] | None
) -> int:
    """Answer with the stop alone: as `data` where that was asked for, else in words. The exit code."""
    if data is not None:
        from opmatch.render import json

        output.write(json.render({"schema": json.SCHEMA, **data, "safety_stop": stop}), data=True)
    else:
        from opmatch.render.notices import render_stop

        output.write(render_stop(stop, notices, output.layout()), data=False)
    tell(stop)
    return EXIT_SAFETY_STOP
