"""Options that several commands share, declared once as a class and spread into each command."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from msgspec import Struct


def spread(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the fields of parameters that are structs as options of its own.

    `def find(request: RequestOptions, output: OutputOptions) -> int` is declared to Typer with every field
    of the two, and called with two instances made of them.
    """
    hints = get_type_hints(function, include_extras=True)
    own: list[inspect.Parameter] = []
    shared: list[inspect.Parameter] = []
    groups: dict[str, tuple[type[Any], tuple[str, ...]]] = {}
    for parameter in inspect.signature(function).parameters.values():
        kind = hints[parameter.name]
        if not isinstance(kind, type) or (defaults := _defaults(kind)) is None:
            own.append(
                parameter.replace(annotation=kind, kind=inspect.Parameter.KEYWORD_ONLY),
            )
            continue
        field_hints = _annotations(kind)
        groups[parameter.name] = (kind, tuple(defaults))
        shared.extend(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=default,
                annotation=field_hints[name],
            )
            for name, default in defaults.items()
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


def _defaults(kind: type[Any]) -> dict[str, Any] | None:
    """The fields of a group of options, each with its default; None for another type.

    Every option has one. A struct is made in a tenth of the time of a dataclass.
    """
    if not issubclass(kind, Struct):
        return None
    return dict(zip(kind.__struct_fields__, kind.__struct_defaults__, strict=True))


def _annotations(kind: type[Any]) -> dict[str, Any]:
    """The annotations of a class with what it inherits, as objects.

    A module without `from __future__ import annotations` has them as objects already, which saves compiling
    some thirty of them at each start.
    """
    found: dict[str, Any] = {}
    for one in reversed(kind.__mro__):
        found.update(inspect.get_annotations(one))
    if any(isinstance(annotation, str) for annotation in found.values()):
        return get_type_hints(kind, include_extras=True)
    return found
