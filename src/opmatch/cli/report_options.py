"""Where a report about a catalog goes."""

from __future__ import annotations

from pathlib import Path

from opmatch.cli.files import write_private
from opmatch.cli.output_options import OutputOptions
from opmatch.cli.stdio import write_data, write_note, write_text


class ReportOptions(OutputOptions, frozen=True, kw_only=True):
    """The form of a report, and the file it goes to; nothing in it is about a client."""

    def write(self, text: str, *, data: bool) -> None:
        """Write the whole report; `data` is for programs and always UTF-8. Raises UsageError."""
        if self.out is not None:
            write_private(Path(self.out), text)
            write_note(f"wrote {self.out}")
        elif data:
            write_data(text)
        else:
            write_text(text)
