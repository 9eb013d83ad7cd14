"""The benchmarks compare like with like; how long anything takes is not tested here."""

from __future__ import annotations

import io
import json
import pickle
import runpy
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from time import process_time

import pandas
import pytest

import growthsheet.xlsx.writer.write
from benchmarks import by_openpyxl, organization, people, reading, recording, sample, scale, timing, trips
from benchmarks.__main__ import main
from benchmarks.alike import first_difference
from benchmarks.recording import parts
from benchmarks.timing import Cost, Line, race, table
from growthsheet.model import Catalog
from growthsheet.sheets.forms import FORMS
from growthsheet.sources.catalogs.load import load_catalog
from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
from growthsheet.xlsx.writer import long_tables as long
from growthsheet.xlsx.writer import zip_parts
from tests.proof.hands import Cell
from tests.proof.parts import cells
from tests.xlsx.reader import hostile


@cache
def short_catalog() -> Catalog:
    """The built-in catalog with every fifth of its activities: how many there are changes nothing that is asked."""
    whole = load_catalog("product-management")
    return whole.without(*(each.id for n, each in enumerate(whole.activities) if n % 5))


def ran(command: Sequence[str]) -> str:
    """What a module of the benchmarks says as the program that it is, but in this process, which has all imported."""
    _, _, module, *arguments = command
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the module is imported already
        patch.setattr(sys, "argv", [module, *arguments])
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    return said.getvalue().strip()


def is_ours(command: Sequence[str]) -> bool:
    """Whether what is run is a module of the benchmarks whose memory is not asked for."""
    return command[1] == "-m" and command[2].startswith("benchmarks") and "hostile" not in command


@pytest.fixture(scope="module", autouse=True)
def _short() -> Iterator[None]:
    """What is made here is made of the short catalog, and mostly in this process."""
    really = timing._ran
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timing, "_ran", lambda each: (ran if is_ours(each) else really)(each))
        patch.setattr(sample, "load_catalog", lambda _: short_catalog())
        patch.setattr(trips, "load_catalog", lambda _: short_catalog())
        yield


@pytest.fixture(scope="module")
def write() -> Callable[[], bytes]:
    """What writes a team's workbook: small, but with all that a workbook may hold."""
    return sample.roster(3, 3).team("M1").to_bytes


@pytest.mark.slow
def test_by_hand_is_the_same_workbook(write: Callable[[], bytes]) -> None:
    """The script that growthsheet is measured against makes the same parts, byte for byte, as often as it is played."""
    taken = recording.record(write)
    runs = taken.runs()
    assert parts(write()) == parts(recording.play(runs, taken.options))
    assert parts(write()) == parts(recording.play(runs, taken.options))  # XlsxWriter has not changed its arguments


@pytest.mark.slow
def test_a_person_by_hand_is_the_same_workbook() -> None:
    """A person's workbook, too; without the rewriting of formulas, and from a pickle, as in another process."""
    write = sample.roster(3, 3).person("P1").to_bytes
    taken = recording.record(write)
    options, runs = pickle.loads(pickle.dumps((taken.options, taken.runs())))
    assert parts(write()) == parts(recording.play(runs, options, recording.UnpreparedSheet))


def test_what_is_set_is_recorded() -> None:
    """An attribute that is set on a worksheet, and not by a call, is in the recording as well."""

    def write() -> bytes:
        buffer = io.BytesIO()
        book = zip_parts.PackedWorkbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet("Sheet")
        sheet.set_footer("&A")  # without it, XlsxWriter does not look at the footer
        sheet.footer = "&Lset"
        book.close()
        return buffer.getvalue()

    taken = recording.record(write)
    assert parts(write()) == parts(recording.play(taken.runs(), taken.options))


@pytest.mark.slow
def test_a_large_team_by_hand_is_the_same_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    """A team's with long tables, whose texts are numbered in another way; another team's is seen."""
    team, other = sample.roster(6, 3).team("M1"), sample.roster(6, 3).team("M2")
    taken = recording.script(team)
    theirs = recording.play(taken.runs(), taken.options)
    monkeypatch.setattr(long, "MANY", 2)
    ours = team.to_bytes()
    assert parts(theirs) != parts(ours)
    assert recording.same(theirs, ours)
    assert not recording.same(theirs, other.to_bytes())


@pytest.mark.slow
def test_an_organization_by_hand_is_the_same_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An organization's workbook written row by row holds the same; one value, look or height more is seen."""
    monkeypatch.setattr(long, "MANY", 2)  # so that its tables are long
    made = sample.roster(12, 3).organization()
    runs, options = organization.script(made.book())
    ours, theirs = made.save(tmp_path / "ours.xlsx"), tmp_path / "theirs.xlsx"

    def difference() -> object:
        recording.play_into(str(theirs), runs, options, organization.RowByRow)
        return first_difference(ours, theirs)

    assert difference() is None
    rows = next(calls for _, method, _, calls in reversed(runs) if method == "row")
    looks = next(calls for _, method, _, calls in reversed(runs) if method == "columns")[0].args[0]
    number, height, values = rows[-1]
    for faulty in ((number, height, (*values[:-1], "?")), (number, height + 15, values)):
        rows[-1] = faulty
        assert difference() is not None
    rows[-1] = number, height, values
    looks[-1] = looks[-1][0], looks[0][1]
    assert difference() is not None


@pytest.mark.slow
def test_openpyxl_makes_the_same_workbook() -> None:
    """Rated by openpyxl in an empty workbook, a person's holds the same; a rating more is seen."""
    made, empty = (sample.roster(3, 3, rated).person("P1").to_bytes() for rated in (True, False))
    typed = by_openpyxl.changes(by_openpyxl.ready(empty), by_openpyxl.ready(made))
    ours = by_openpyxl.ready(made)
    assert ours == by_openpyxl.ready(by_openpyxl.fill(empty, typed))
    assert ours != by_openpyxl.ready(by_openpyxl.fill(empty, typed[1:]))


@pytest.mark.slow
def test_openpyxl_makes_the_same_team(write: Callable[[], bytes]) -> None:
    """A team's, too, with its charts; one of them less is seen."""
    ours = by_openpyxl.ready(write())
    theirs = by_openpyxl.ready(by_openpyxl.write(by_openpyxl.ready(write())))
    assert ours == theirs
    for found in ("charts", "choices", "formats"):
        whole = next(kept for tab in theirs.tabs if (kept := getattr(tab, found)))
        last = whole.pop()
        assert ours != theirs
        whole.append(last)
    assert ours == theirs


LINES = {
    "person": ("XlsxWriter by hand", "openpyxl by hand", "openpyxl, ratings into a template", "growthsheet"),
    "team": ("XlsxWriter by hand", "openpyxl by hand", "growthsheet"),
    "batch": ("XlsxWriter by hand", "growthsheet"),
    "teams": ("XlsxWriter by hand", "growthsheet"),
    "organization": (organization.BY_HAND, organization.DRAWN, organization.OURS),
    "table": (organization.BY_HAND, "growthsheet", "pandas, xlsxwriter", "polars"),
    "start": ("python -c pass", "import growthsheet", "growthsheet --help", "an empty click app's --help"),
    "reading": ("openpyxl, values and formulas", "growthsheet"),
}


HOSTILE = ("cells without end", "text without end", "single cells without end")
"""Files that take more memory than others: the first takes the most of all."""


@pytest.mark.slow
@pytest.mark.parametrize("what", LINES)
def test_each_race_is_run(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each way makes the same as the others, and has its line in the table and in the file.

    Only bare interpreters, and hostile files, whose memory is told, have processes of their own here.
    """
    monkeypatch.setattr(timing, "of_children", process_time)
    monkeypatch.setattr(timing, "traced", lambda do: 0.0)  # tracing memory takes several times as long as the race
    for name in ("REFUSED", "TOLD", "HARMLESS"):
        monkeypatch.setattr(hostile, name, {k: v for k, v in getattr(hostile, name).items() if k in HOSTILE})
    sizes = {"rounds": 1, "batches": 1, "people": 2, "team": 2, "files": 2}
    written = tmp_path / "lines.json"
    main([what, *(f"--{name}={number}" for name, number in sizes.items()), f"--json={written}"])
    lines = json.loads(written.read_text("utf-8"))["lines"]
    assert set(LINES[what]) <= {line["who"] for line in lines}
    assert lines[0]["clock"]["ratio"] is None
    printed = capsys.readouterr().out
    assert all(line["who"] in printed for line in lines)
    if what == "reading":
        (told,) = (line for line in lines if "hostile" in line["race"])
        assert told["race"] == f"{len(HOSTILE)} hostile files"
        assert 20 < told["peak_mb"] < 200


def test_what_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A library that is not there has no line, and that is told."""
    monkeypatch.setattr(timing, "find_spec", lambda name: None)
    assert list(reading.ways(sample.roster(1).person("P1").to_bytes()))[2:] == ["growthsheet"]
    assert capsys.readouterr().err == "left out, for it is not installed: python_calamine\n"


def test_rows_of_a_frame_are_compared(tmp_path: Path) -> None:
    """The rows of a DataFrame are those of the tab, cell by cell; a rating less is seen."""
    ours, theirs = tmp_path / "ours.xlsx", tmp_path / "theirs.xlsx"
    book = people.alone("3")
    rows = people.values(book)
    ours.write_bytes(growthsheet.xlsx.writer.write.to_bytes(book))
    pandas.DataFrame(rows).to_excel(theirs, engine="xlsxwriter", index=False)
    assert list(people.body(ours)) == list(people.body(theirs))
    assert len(list(people.body(ours))) == len(rows)
    rated = next(key for key, value in rows[-1].items() if key.startswith("used@") and value is not None)
    pandas.DataFrame([*rows[:-1], rows[-1] | {rated: None}]).to_excel(theirs, engine="xlsxwriter", index=False)
    assert list(people.body(ours)) != list(people.body(theirs))


@pytest.mark.slow
def test_workbooks_are_filled_in(write: Callable[[], bytes]) -> None:
    """What is measured holds ratings, amounts and formulas with values, not blanks."""
    formulas = [cell for cell in cells(write()) if cell.formula]
    numbers = [cell for cell in formulas if isinstance(cell.value, float)]
    assert len(numbers) > len(formulas) / 2


@pytest.mark.slow
def test_round_trips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Filled in and rearranged at random, every rating comes back; one that is changed on the way is seen."""
    monkeypatch.setattr(trips, "PEOPLE", 2)
    trips.sent.cache_clear()
    told = [trips.trip(number) for number in range(6)]
    assert [faults for _, faults in told] == [[]] * 6
    assert min(ratings for ratings, _ in told) > 5
    monkeypatch.setattr(Cell, "type", lambda self, value: self.put(f"<v>{1 if value else 0}</v>"))
    assert trips.trip(0)[1]
    trips.sent.cache_clear()


def test_somebody_elses_file() -> None:
    """A workbook with another id in it is taken for that person's."""
    found = read_returned_workbook(
        reading.of_somebody_else(sample.roster(1).person("P1").to_bytes(), "P77"), "a.xlsx", FORMS
    )
    assert (found.identity["id"], found.problems) == ("P77", ())


def test_ratios_are_of_the_same_round() -> None:
    """A race gives a line for each way; the first is the yardstick, and has no ratio."""
    first, second = race("nothing", {"a": lambda: None, "b": lambda: None}, 3)
    assert (first.clock.ratio, first.processor.ratio, second.who) == (None, None, "b")
    assert second.clock.ratio is not None
    assert second.processor.ratio is not None


def test_table_is_aligned() -> None:
    """Every line of the table is as long as the others."""
    first, second = Cost.of([1, 2, 3]), Cost.of([0.1, 0.1, 0.1], [1, 2, 5])
    text = table([Line("race", "yardstick", first, first), Line("race", "ours", second, second, 12.5)])
    assert len({len(line) for line in text.splitlines()}) == 1
    assert "| 2,000.0 |     1 |" in text
    assert "|   100.0 | 0.050 | 0.035 - 0.075 |" in text


@pytest.mark.slow
def test_scale_builds_everybody(tmp_path: Path) -> None:
    """A run of the scale benchmark writes everybody's workbook, and its costs are told for a person."""
    size = scale.measured(2)
    assert (size.people, size.peak_mb >= size.roster_mb) == (2, True)
    assert size.took.clock > 0
