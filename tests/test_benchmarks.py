"""The benchmarks compare like with like; how long anything takes is not tested here."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import growthsheet.xlsx.write
from benchmarks import organization, reading, recording, sample, scale, trips
from benchmarks.alike import first_difference
from benchmarks.recording import parts
from benchmarks.timing import Line, Spread, race, table
from growthsheet.xlsx import long
from growthsheet.xlsx.read import read_book
from tests.proof.hands import Cell
from tests.proof.parts import cells


@pytest.fixture(scope="module")
def write() -> Callable[[], bytes]:
    """What writes a team's workbook: small, but with all that a workbook may hold."""
    return sample.roster(3, 3).team("M1").to_bytes


def test_by_hand_is_the_same_workbook(write: Callable[[], bytes]) -> None:
    """The script that growthsheet is measured against makes the same parts, byte for byte."""
    taken = recording.record(write)
    assert parts(write()) == parts(recording.play(taken.runs(), taken.options))


def test_a_person_by_hand_is_the_same_workbook() -> None:
    """A person's workbook, too; without the rewriting of formulas, and from a pickle, as in another process."""
    write = sample.roster(3, 3).person("P1").to_bytes
    taken = recording.record(write)
    options, runs = pickle.loads(pickle.dumps((taken.options, taken.runs())))
    assert parts(write()) == parts(recording.play(runs, options, recording.UnpreparedSheet))


def test_playing_wears_nothing_out(write: Callable[[], bytes]) -> None:
    """A recording played again makes the same file again: XlsxWriter has not changed its arguments."""
    taken = recording.record(write)
    runs = taken.runs()
    assert recording.play(runs, taken.options) == recording.play(runs, taken.options)


def test_what_is_set_is_recorded() -> None:
    """An attribute that is set on a worksheet, and not by a call, is in the recording as well."""

    def write() -> bytes:
        buffer = io.BytesIO()
        book = growthsheet.xlsx.write.PackedWorkbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet("Sheet")
        sheet.set_footer("&A")  # without it, XlsxWriter does not look at the footer
        sheet.footer = "&Lset"
        book.close()
        return buffer.getvalue()

    taken = recording.record(write)
    assert parts(write()) == parts(recording.play(taken.runs(), taken.options))


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


def test_workbooks_are_filled_in(write: Callable[[], bytes]) -> None:
    """What is measured holds ratings, amounts and formulas with values, not blanks."""
    formulas = [cell for cell in cells(write()) if cell.formula]
    numbers = [cell for cell in formulas if isinstance(cell.value, float)]
    assert len(numbers) > len(formulas) / 2


def test_round_trips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Filled in and rearranged at random, every rating comes back; one that is changed on the way is seen."""
    monkeypatch.setattr(trips, "PEOPLE", 2)
    trips.sent.cache_clear()
    told = [trips.trip(number) for number in range(6)]
    assert [faults for _, faults in told] == [[]] * 6
    assert min(ratings for ratings, _ in told) > 20
    monkeypatch.setattr(Cell, "type", lambda self, value: self.put(f"<v>{1 if value else 0}</v>"))
    assert trips.trip(0)[1]
    trips.sent.cache_clear()


def test_somebody_elses_file() -> None:
    """A workbook with another id in it is taken for that person's."""
    found = read_book(reading.of_somebody_else(sample.roster(1).person("P1").to_bytes(), "P77"), "a.xlsx")
    assert (found.identity["id"], found.problems) == ("P77", ())


def test_ratios_are_of_the_same_round() -> None:
    """A race gives a line for each way; the first is the yardstick, and has no ratio."""
    first, second = race("nothing", {"a": lambda: None, "b": lambda: None}, 3)
    assert (first.ratio, second.who) == (None, "b")
    assert second.ratio is not None


def test_table_is_aligned() -> None:
    """Every line of the table is as long as the others."""
    spread = Spread(1, 2, 3)
    text = table([Line("race", "yardstick", spread, None, 0), Line("race", "ours", spread, spread, 12.5)])
    assert len({len(line) for line in text.splitlines()}) == 1
    assert "2.00 | 1.00 - 3.00" in text


def test_scale_builds_everybody(tmp_path: Path) -> None:
    """A run of the scale benchmark writes everybody's workbook, and its costs are told for a person."""
    (size,) = scale.measure([12])
    assert (size.people, size.peak_mb >= size.roster_mb) == (12, True)
    assert len({len(line) for line in scale.table([size, size]).splitlines()}) == 1
