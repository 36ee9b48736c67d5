"""From arguments to an exit code: every error becomes one clear line on stderr here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from opmatch.cli.root import root
from opmatch.cli.stdio import prepare_streams, write_error
from opmatch.errors import EXIT_BUG, EXIT_INTERRUPTED, EXIT_USAGE, OpmatchError

# Typer exports no name for its usage errors; the parent of BadParameter is what they all are.
_USAGE_ERROR: Any = typer.BadParameter.__mro__[1]


def main(arguments: Sequence[str]) -> int:
    """Run `opmatch ARGUMENTS…` and return its exit code; prints, never exits."""
    try:
        prepare_streams()
        code = root(arguments).main(args=list(arguments), prog_name="opmatch", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except OpmatchError as error:
        write_error(str(error))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):  # whoever pressed the keys knows
        return EXIT_INTERRUPTED
    except SystemExit as error:  # shell completion prints its script and leaves
        return error.code if isinstance(error.code, int) else EXIT_USAGE
    except _USAGE_ERROR as error:
        write_error(_usage_line(error))
        return EXIT_USAGE
    except Exception as error:
        write_error(_bug_line(error))
        return EXIT_BUG


def _usage_line(error: Any) -> str:
    """What was wrong with the arguments, and where the help is."""
    text = " ".join(error.format_message().split()).rstrip(".")
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "opmatch"
    return f"{text[:1].lower()}{text[1:]}; see {path} --help"


def _bug_line(error: Exception) -> str:
    """Where it broke, without any value: a traceback could hold what a client told us."""
    import traceback

    from opmatch import __version__

    where = "opmatch"
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "?")
        if module.startswith("opmatch.") and module != __name__:
            where = f"{module}:{line}"
    return (
        f"a bug in opmatch {__version__}: {type(error).__name__} in {where};"
        " please report this line: it holds nothing you typed"
    )
