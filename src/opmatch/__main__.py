"""The one place where opmatch starts from and exits."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys


def run() -> None:
    """Run the command line of this process and exit with its code."""
    # What is imported stays: looking through it for garbage, again and again, is a twentieth of a call.
    gc.disable()
    try:
        from opmatch.later import put_off

        put_off()
        from opmatch.cli.entry import main

        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    _leave(code)


def _leave(code: int) -> None:
    """Exit without taking the interpreter apart piece by piece, which is a sixth of a call.

    Whatever asked to be called at exit is called, and whoever watches this process sees an ordinary exit.
    """
    watched = sys.gettrace() or sys.getprofile() or sys.flags.inspect
    threading = sys.modules.get("threading")
    if watched or (threading is not None and threading.active_count() > 1):
        sys.exit(code)
    atexit._run_exitfuncs()
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)  # what couldn't be flushed Python reports in its own way


if __name__ == "__main__":
    run()
