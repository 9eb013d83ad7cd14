"""The hand-written script that growthsheet is measured against: straight XlsxWriter calls with ready values.

Nobody could keep a thousand hand-written calls true to layouts that change. So they are taken down: while growthsheet
writes a workbook once, every XlsxWriter call (and whatever is set on its objects) is noted with its arguments. Played
back, the calls make the same parts of a file, byte for byte, without catalog, roster, layout, measures or checks: all
values, formula texts and formats are ready made, and formats are created once. That is the least that a script written
by hand has to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple
from unittest.mock import patch
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from benchmarks.alike import first_difference
from growthsheet.roster.plans import Plan, Team
from growthsheet.xlsx.writer.write import written


class Made(NamedTuple):
    """Stands for what an earlier call has made: a format, a worksheet, a chart; 0 is the workbook."""

    number: int


class Cached(str):
    """A formula's ready text that XlsxWriter is to write as text, even where it is empty; so it equals nothing."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


class UnpreparedSheet(Worksheet):
    """A worksheet that leaves out XlsxWriter's preparation of formulas (regular expressions for newer functions).

    Hardly anybody writes that by hand; it is measured to tell what is growthsheet's own from what this trick saves.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Call(NamedTuple):
    """One call: on what, which method, with which arguments; ``made`` is the number of what it gave back."""

    on: int
    method: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    made: int = 0

    @property
    def place(self) -> int:
        """Where its only :class:`Made` stands among the arguments; -1 where there is none, -2 where it is deeper."""
        if self.kwargs or not all(type(arg) in (str, int, float, Made, Cached, type(None)) for arg in self.args):
            return -2
        places = [n for n, arg in enumerate(self.args) if type(arg) is Made]
        return -1 if not places else places[0] if len(places) == 1 else -2


Run = tuple[int, str, int, list[Any]]
"""Calls of one kind: on what, which method, their common :attr:`Call.place`, and what each of them is given."""


@dataclass
class Recording:
    """All calls that make one workbook, in their order; picklable."""

    options: dict[str, Any]
    calls: list[Call] = field(default_factory=list)

    def runs(self) -> list[Run]:
        """Neighbouring calls of one kind together, as a script has loops over its ready rows."""
        runs = []
        for (on, method, place), group in groupby(self.calls, lambda call: (call.on, call.method, call.place)):
            calls: list[Any] = list(group)
            if place >= 0:
                calls = [(call.args[:place], call.args[place].number, call.args[place + 1 :]) for call in calls]
            elif place == -1 and not any(call.made for call in calls):
                calls = [call.args for call in calls]
            else:
                place = -2
            runs.append((on, method, place, calls))
        return runs


def record(write: Callable[[], bytes], workbook: str = "growthsheet.xlsx.writer.zip_parts.PackedWorkbook") -> Recording:
    """The calls that ``write`` makes of the XlsxWriter workbook that stands under this name."""
    tape: list[Recording] = []

    def spied(target: Any, options: dict[str, Any]) -> Any:
        tape.append(Recording(dict(options)))
        made = [Workbook(target, options)]
        return _Spy(tape[0], made, 0)

    with patch(workbook, spied):
        write()
    (recording,) = tape
    return recording


def script(made: Plan | Team) -> Recording:
    """The calls that make somebody's workbook, cell by cell."""
    return record(lambda: written(made.book()))


def same(theirs: bytes, ours: bytes) -> bool:
    """Whether two workbooks have the same parts; or the same cells, where growthsheet numbers texts in its own way.

    It does where a table has hundreds of rows.
    """
    return parts(theirs) == parts(ours) or not first_difference(BytesIO(theirs), BytesIO(ours))


def parts(data: bytes) -> dict[str, bytes]:
    """What a workbook's file holds; how hard it was pressed is another matter.

    So is whether a row grows with what is typed into it: XlsxWriter fixes the height of each row that has one.
    """
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name).replace(b' customHeight="1"', b"") for name in file.namelist()}


def play(runs: Iterable[Run], options: dict[str, Any], sheets: type = Worksheet) -> bytes:
    """The workbook, made anew by the calls of a recording."""
    buffer = BytesIO()
    play_into(buffer, runs, options, sheets)
    return buffer.getvalue()


def play_into(target: BytesIO | str, runs: Iterable[Run], options: dict[str, Any], sheets: type = Worksheet) -> None:
    """The same, into a file."""
    workbook = Workbook(target, options)
    workbook.worksheet_class = sheets
    made: dict[int, Any] = {0: workbook}
    for on, method, place, calls in runs:
        do = getattr(made[on], method)
        if place >= 0:
            for before, number, after in calls:
                do(*before, made[number], *after)
        elif place == -1:
            for args in calls:
                do(*args)
        else:
            for call in calls:
                made[call.made or -1] = do(*_ready(call.args, made), **_ready(call.kwargs, made))


class _Spy:
    """Stands before the workbook, or before something that it made, and notes what is called."""

    def __init__(self, recording: Recording, made: list[Any], number: int) -> None:
        self.__dict__.update(_recording=recording, _made=made, _number=number)  # past __setattr__

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._made[self._number], name)
        return self._noted(name, attribute) if callable(attribute) else attribute

    def __setattr__(self, name: str, value: Any) -> None:
        """Note what is set as a call, too."""
        self._noted("__setattr__", self._made[self._number].__setattr__)(name, value)

    def _noted(self, method: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            noted = Call(self._number, method, self._plain(args), self._plain(kwargs))
            result = do(*_ready(noted.args, self._made), **_ready(noted.kwargs, self._made))
            if method.startswith("get_"):
                return result
            if method == "add_worksheet":
                noted = noted._replace(args=noted.args[:1])  # which class of worksheet is for whoever plays to say
            if isinstance(result, XMLwriter):  # the parent of formats, worksheets and charts
                self._made.append(result)
                noted = noted._replace(made=len(self._made) - 1)
                result = _Spy(self._recording, self._made, noted.made)
            self._recording.calls.append(noted)
            return result

        return call

    def _plain(self, value: Any) -> Any:
        """A copy of an argument that can be pickled: spies become numbers, our kinds of text become texts."""
        match value:
            case _Spy():
                return Made(value._number)
            case dict():
                return {key: self._plain(entry) for key, entry in value.items()}
            case list() | tuple():
                return type(value)(map(self._plain, value))
            case str() if type(value) is not str:
                return str(value) if str(value) == value else Cached(value)
        return value


def _ready(value: Any, made: Any) -> Any:
    """An argument with what was made in place of its number; a copy, for XlsxWriter changes some options."""
    match value:
        case Made():
            return made[value.number]
        case dict():
            return {key: _ready(entry, made) for key, entry in value.items()}
        case list() | tuple():
            return type(value)(_ready(entry, made) for entry in value)
    return value
