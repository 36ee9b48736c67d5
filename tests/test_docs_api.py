"""docs/api.md shows what its Python prints."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "api.md"
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n(?P<output>.*?)```\n", re.DOTALL)


def test_the_examples_print_what_the_page_says() -> None:
    names: dict[str, Any] = {}
    page = PAGE.read_text(encoding="utf-8")
    assert page.count("```python") == len(EXAMPLE.findall(page)) == 2

    def printed(example: re.Match[str]) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(example["code"], names)
        return f"```python\n{example['code']}```\n\n```text\n{out.getvalue()}```\n"

    run = EXAMPLE.sub(printed, page)
    if os.environ.get("OPMATCH_WRITE_DOCS"):
        PAGE.write_text(run, encoding="utf-8", newline="\n")
        return
    assert run == page, "regenerate with OPMATCH_WRITE_DOCS=1 pytest tests/test_docs_api.py -n0"
