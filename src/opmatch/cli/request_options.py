"""The request's options, the same for every command that takes a request."""

# No `from __future__ import annotations`: the options are declared from these annotations at each start.

from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct

if TYPE_CHECKING:
    from opmatch.intake.words import RequestWords

Words = list[str] | None


class RequestOptions(Struct, frozen=True, kw_only=True):
    """What was asked for in flags, in the words it was asked in; None is not asked."""

    need: Annotated[
        Words,
        typer.Option(
            "--need",
            "-n",
            metavar="TEXT…",
            help="What help is needed for; the first is primary. A word, a phrase or an ICD-10-CM code:"
            ' --need ptsd, --need "panic attacks", --need F43.10. Repeatable, as is every option ending in …',
        ),
    ] = None
    level: Annotated[
        Words,
        typer.Option(
            "--level", metavar="op|iop|php…", help="Level of care, as a clinician set it: --level iop."
        ),
    ] = None
    age: Annotated[str | None, typer.Option("--age", metavar="N", help="Years: --age 34.")] = None
    near: Annotated[
        str | None,
        typer.Option(
            "--near", "-z", metavar="PLACE", help='ZIP, "City, ST" or latitude,longitude: --near 60610.'
        ),
    ] = None
    within: Annotated[
        str | None,
        typer.Option(
            "--within", metavar="DIST", help="How far, in miles or km (25 mi if not said): --within 15mi."
        ),
    ] = None
    delivery: Annotated[
        str | None,
        typer.Option(
            "--delivery", metavar="in-person|virtual|any", help="How it is attended: --delivery virtual."
        ),
    ] = None
    when: Annotated[
        Words,
        typer.Option(
            "--when",
            "-w",
            metavar="TEXT…",
            help='Free time: --when "mon-fri 17:30-21:00" --when "sat 9-13", "weekdays after 5pm", evenings.',
        ),
    ] = None
    payer: Annotated[
        Words,
        typer.Option(
            "--payer",
            metavar="TEXT…",
            help="Any of these pays: medicaid, medicare, tricare, va, private, private:aetna, self_pay,"
            " sliding_scale: --payer medicaid.",
        ),
    ] = None
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="TEXT", help="ISO 639 code or name, ASL too: --language Spanish."),
    ] = None
    populations: Annotated[
        Words,
        typer.Option("--for", metavar="TEXT…", help="Groups the client belongs to: --for veterans."),
    ] = None
    gender: Annotated[
        str | None,
        typer.Option(
            "--gender",
            metavar="TEXT",
            help="Used only where a program is limited by it: --gender female.",
        ),
    ] = None
    approach: Annotated[
        Words, typer.Option("--approach", metavar="TEXT…", help="Ways of treating: --approach dbt.")
    ] = None
    service: Annotated[
        Words,
        typer.Option("--service", metavar="TEXT…", help="Services: --service medication-management."),
    ] = None
    support: Annotated[
        Words,
        typer.Option(
            "--support",
            metavar="TEXT…",
            help="What makes attending possible, such as transport or wheelchair: --support childcare.",
        ),
    ] = None
    start_by: Annotated[
        str | None,
        typer.Option(
            "--start-by", metavar="DATE", help="Latest first session, a date or days from now: --start-by 7d."
        ),
    ] = None
    waitlist: Annotated[
        bool | None, typer.Option("--waitlist/--no-waitlist", help="A place on a waitlist will do.")
    ] = None
    except_ids: Annotated[
        Words,
        typer.Option(
            "--except",
            metavar="ID…",
            help="Leave out: already called, full, refused: --except lakeshore-trauma-iop.",
        ),
    ] = None
    must: Annotated[
        Words,
        typer.Option(
            "--must",
            metavar="NAME…",
            help="Make a wish a condition (approach, for, language, service, support): --must approach.",
        ),
    ] = None
    safety: Annotated[
        Words,
        typer.Option(
            "--safety",
            metavar="NAME…",
            help="imminent-risk, needs-24h, withdrawal-risk, medically-unstable, or none (asked, none):"
            " --safety none.",
        ),
    ] = None
    safety_reviewed: Annotated[
        bool | None,
        typer.Option(
            "--safety-reviewed/--no-safety-reviewed",
            help="A clinician has reviewed the flags; never lifts imminent-risk.",
        ),
    ] = None
    weights: Annotated[
        str | None,
        typer.Option(
            "--weights",
            metavar="NAME",
            help="What counts more: fit, speed, close or cost: --weights close.",
        ),
    ] = None
    request: Annotated[
        str | None,
        typer.Option(
            "--request",
            "-r",
            metavar="FILE|-",
            help="The request as a YAML or JSON file, or - for standard input, which keeps it out of process"
            " lists and shell history; options override it: --request request.yaml.",
        ),
    ] = None

    @property
    def given(self) -> bool:
        """Whether anything was asked at all."""
        return any(getattr(self, name) is not None for name in self.__struct_fields__)

    def words(self) -> "RequestWords":
        """The request in its own words: the file of --request, if any, overridden by the flags.

        Raises InputError for a file that can't be read.
        """
        from opmatch.intake.words import RequestWords, merge

        given: dict[str, Any] = {}
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if name != "request" and value is not None:
                given[_KEYS.get(name, name)] = tuple(value) if isinstance(value, list) else value
        flags = RequestWords(**given)
        return flags if self.request is None else merge(_read(self.request), flags)


_KEYS = {
    "need": "needs",
    "level": "levels",
    "payer": "payers",
    "approach": "approaches",
    "service": "services",
    "support": "supports",
}
"""Flags whose key in request files has another name."""


def _read(source: str) -> "RequestWords":
    """The request file at `source`; - is standard input."""
    from opmatch.cli.files import read_input
    from opmatch.intake.request_file import read_request

    text, name = read_input(source)
    return read_request(text, name)
