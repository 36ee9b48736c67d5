"""What `opmatch batch` says on standard error when it is through, or has to stop."""

from __future__ import annotations

from collections.abc import Sequence

from opmatch import api
from opmatch.batch.output import Output, ToFile
from opmatch.batch.tally import Tally
from opmatch.cli.batch_options import BatchOptions
from opmatch.cli.output_options import HEALTH_DATA
from opmatch.cli.stdio import write_note
from opmatch.model.ranking import Notice


def tell(options: BatchOptions, output: Output, tally: Tally, notices: Sequence[Notice], ended: int) -> None:
    """Counts, files, what is to be known of the catalogs and where help is; who was stopped comes last."""
    write_note(summary(tally))
    if not ended:
        for path, what in ((options.out, "this file is"), (options.calls, "this list is")):
            if path is not None:
                write_note(f"wrote {path}; {HEALTH_DATA.replace('this file is', what)}")
    elif isinstance(output, ToFile):
        write_note(output.ending)
    for notice in notices:
        write_note(notice.text)
    for flag in tally.flags:
        stop = api.stop_text(flag)
        write_note(f"{stop.title}\n{stop.text}")
    if tally.stopped:
        write_note(f"not ranked, safety comes first: {', '.join(tally.stopped)}")


def summary(tally: Tally) -> str:
    """ "answered 5 requests: 2 with matches, 1 with none, 1 invalid, 1 stopped for safety"."""
    invalid = tally.invalid + tally.unsure
    unsure = f" ({tally.unsure:,} of them unsure, with candidates)" if tally.unsure else ""
    parts = [
        (tally.matched, f"{tally.matched:,} with matches"),
        (tally.nothing, f"{tally.nothing:,} with none"),
        (invalid, f"{invalid:,} invalid{unsure}"),
        (len(tally.stopped), f"{len(tally.stopped):,} stopped for safety"),
    ]
    told = ", ".join(text for count, text in parts if count)
    requests = f"{tally.answered:,} request{'' if tally.answered == 1 else 's'}"
    return f"answered {requests}{': ' if told else ''}{told}"
