"""Options that several commands share, declared once as a dataclass and spread into each command."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints


def spread(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the fields of its dataclass parameters as options of its own.

    `def find(request: RequestOptions, output: OutputOptions) -> int` is declared to Typer with every field
    of the two, and called with two instances made of them.
    """
    hints = get_type_hints(function, include_extras=True)
    own: list[inspect.Parameter] = []
    shared: list[inspect.Parameter] = []
    groups: dict[str, tuple[type[Any], tuple[str, ...]]] = {}
    for parameter in inspect.signature(function).parameters.values():
        kind = hints[parameter.name]
        if not dataclasses.is_dataclass(kind) or not isinstance(kind, type):
            own.append(
                parameter.replace(annotation=kind, kind=inspect.Parameter.KEYWORD_ONLY),
            )
            continue
        field_hints = _annotations(kind)
        fields = dataclasses.fields(kind)
        groups[parameter.name] = (kind, tuple(field.name for field in fields))
        shared.extend(
            inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=field.default,
                annotation=field_hints[field.name],
            )
            for field in fields
        )

    @functools.wraps(function)
    def called(**values: Any) -> int:
        for name, (kind, fields) in groups.items():
            values[name] = kind(**{field: values.pop(field) for field in fields})
        return function(**values)

    parameters = [*own, *shared]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {}  # the signature has it all; Typer would work them all out twice
    del called.__wrapped__
    return called


def _annotations(kind: type[Any]) -> dict[str, Any]:
    """The annotations of a dataclass with what it inherits, as objects.

    A module without `from __future__ import annotations` has them as objects already, which saves compiling
    some thirty of them at each start.
    """
    found: dict[str, Any] = {}
    for one in reversed(kind.__mro__):
        found.update(inspect.get_annotations(one))
    if any(isinstance(annotation, str) for annotation in found.values()):
        return get_type_hints(kind, include_extras=True)
    return found
