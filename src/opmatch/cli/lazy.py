"""Typer groups whose commands are imported only when they are called."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from opmatch.cli.commands import Entry
from opmatch.cli.nearest import did_you_mean
from opmatch.errors import UsageError

_GARBAGE_AFTER = 100_000
"""Objects between two looks for garbage that counting references leaves: little of ours runs in circles."""


class LazyGroup(TyperGroup):
    """A group over a table of entries; `entries` is set by a subclass."""

    entries: dict[str, Entry] = {}  # noqa: RUF012 (a table, replaced whole by each subclass)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        _import_msgspec()
        module = import_module(entry.module)
        if not gc.isenabled():  # as `opmatch.__main__` starts: what is imported by now stays for good
            gc.freeze()
            gc.set_threshold(_GARBAGE_AFTER)
            gc.enable()
        return module.COMMAND

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name not in self.entries and not ctx.resilient_parsing:
            if name.startswith("-"):
                raise UsageError(f"no such option: {name}; see {ctx.command_path} --help")
            raise UsageError(
                f"no such command: {ctx.command_path} {name}{did_you_mean(name, self.entries)};"
                f" see {ctx.command_path} --help"
            )
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        # Asked for nothing, a group says what there is to ask for.
        return super().parse_args(ctx, args or ["--help"])

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.entries.items()])


def _import_msgspec() -> None:
    """Import msgspec, which every command needs, without typing_extensions, which it takes where it is.

    What msgspec wants of it has been in typing itself since Python 3.11; it takes a third of the import.
    """
    wanted: dict[str, Any] = sys.modules  # None there stands for "can't be imported"
    if "msgspec" in wanted or "typing_extensions" in wanted:
        return
    wanted["typing_extensions"] = None
    try:
        import_module("msgspec")
    finally:
        del wanted["typing_extensions"]


def application(**options: Any) -> typer.Typer:
    """A Typer application with the settings that all of ours share.

    Rich help would load rich on each run, and pretty exceptions would print values a client told us.
    """
    return typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, **options)


def command(function: Callable[..., int], *, name: str, example: str) -> TyperCommand:
    """The command that calls `function`; its help is the docstring and ends with `example`.

    `function` returns the exit code. Several lines of `example` are kept as they are.
    """
    app = application(add_completion=False)
    # The \b keeps the help formatter from flowing the lines of the example together.
    app.command(name, epilog=f"\b\nExample:\n  {example}".replace("\n\n", "\n"))(function)
    made = typer.main.get_command(app)
    assert isinstance(made, TyperCommand)
    return made


def group(entries: dict[str, Entry], *, text: str) -> TyperGroup:
    """A group of the commands in `entries`, with `text` as its help."""
    table = entries

    class Group(LazyGroup):
        entries = table

    app = application(add_completion=False, cls=Group)
    app.callback(help=text)(_nothing)
    made = typer.main.get_command(app)
    assert isinstance(made, TyperGroup)
    return made


def _nothing() -> None:
    """A group does nothing by itself."""
