"""The one place where opmatch exits."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line of this process and exit with its code."""
    try:
        from opmatch.cli.entry import main

        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    run()
