"""Two plugins of pytest: one writes down which tests enter a function, the other runs those tests first."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from types import CodeType, FrameType
from typing import Any

import pytest


class Recorder:
    """Writes down how long each test takes, and the lines of a file's functions that it enters."""

    def __init__(self, source: Path, notes: Path) -> None:
        self.source, self.notes = str(source), notes
        self.found: dict[str, tuple[float, list[tuple[int, int]]]] = {}
        self.spans: dict[CodeType, tuple[int, int] | None] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Run a test with a trace function that sees every function that is entered."""
        codes, began = set[CodeType](), process_time()

        def entered(frame: FrameType, event: str, value: object) -> None:
            codes.add(frame.f_code)

        sys.settrace(entered)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            spans = {span for code in codes if (span := self._span(code))}
            self.found[item.nodeid] = process_time() - began, sorted(spans)

    def _span(self, code: CodeType) -> tuple[int, int] | None:
        """Return the first and the last line of a function of the file; None for those of other files."""
        if code not in self.spans:
            lines = [line for _, _, line in code.co_lines() if line]
            ours = code.co_filename == self.source
            self.spans[code] = (code.co_firstlineno, max(lines, default=0)) if ours else None
        return self.spans[code]

    def pytest_sessionfinish(self) -> None:
        """Write it all down, for processes that come after this one."""
        self.notes.write_text(json.dumps(self.found), "utf-8")


class First:
    """Runs the tests first that enter the function with a line, the shortest before the others."""

    def __init__(self, notes: Path, line: int) -> None:
        self.found: dict[str, Any] = json.loads(notes.read_text("utf-8"))
        self.line = line

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the tests in that order."""
        items.sort(key=self._order)

    def _order(self, item: pytest.Item) -> tuple[bool, float]:
        seconds, spans = self.found.get(item.nodeid, (0, ()))
        return not any(first <= self.line <= last for first, last in spans), seconds
