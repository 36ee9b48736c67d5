"""A catalog as JSON of the Human Services Data Specification 3.1: one page of services, all in full."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from opmatch.formats.exported import Content
from opmatch.formats.hsds_out_service import service


def write_hsds(content: Content, path: Path) -> None:
    """A page of all services, a service a line, so that no more than one is in memory."""
    total = len(content.programs)
    page = {
        "total_items": total,
        "total_pages": 1,
        "page_number": 1,
        "size": total,
        "first_page": True,
        "last_page": True,
        "empty": not total,
    }
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{_text(page)[:-1]}, "contents": [')
        between = "\n"
        for program in content.each():
            file.write(between + _text(service(program, content)))
            between = ",\n"
        file.write("\n]}\n")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
