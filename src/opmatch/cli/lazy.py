"""Typer groups whose commands are imported only when they are called."""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from opmatch.cli.commands import Entry
from opmatch.cli.nearest import did_you_mean
from opmatch.errors import UsageError
from opmatch.later import import_msgspec

_GARBAGE_AFTER = 100_000
"""Objects between two looks for garbage that counting references leaves: little of ours runs in circles."""


class Command(TyperCommand):
    """A command that finds `-c` as fast as `--catalog`.

    The parser looks for a short option among the long ones first, and where it isn't there compares it with
    each of them to suggest one, before it tries the short ones.
    """

    def make_parser(self, ctx: Any) -> Any:
        parser = super().make_parser(ctx)
        long, short = getattr(parser, "_long_opt", None), getattr(parser, "_short_opt", None)
        if isinstance(long, dict) and isinstance(short, dict):
            long.update(short)
        return parser


class LazyGroup(TyperGroup):
    """A group over a table of entries; `entries` is set by a subclass."""

    entries: dict[str, Entry] = {}  # noqa: RUF012 (a table, replaced whole by each subclass)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        import_msgspec()
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
    app.command(name, cls=Command, epilog=f"\b\nExample:\n  {example}".replace("\n\n", "\n"))(function)
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
