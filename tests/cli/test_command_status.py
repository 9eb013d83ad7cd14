"""``growthsheet status``: who has answered, by the answers, and never by the files alone."""

import csv
import io
from pathlib import Path

import pytest

from growthsheet.returns.collected import returned_before

SPRING = ("--cycle", "spring", "--cycle-date", "2026-03-01")


@pytest.fixture
def collected(run, roster, made):
    """A folder of answers: Bo's workbook returned blank, and Cy has answered one activity before."""
    Path("back").mkdir()
    Path("back/bo.xlsx").write_bytes((made / "people" / "Bo-Lee-2.xlsx").read_bytes())
    Path("answers").mkdir()
    Path("answers/answers.csv").write_text("cycle,person,activity,source,skill\nspring,3,roadmap,self,3\n", "utf-8")
    Path("answers/cycles.csv").write_text("id,label,date\nspring,Spring 2026,2026-03-01\n", "utf-8")
    assert run("collect", "back", "--roster", roster, *SPRING, "--out", "answers").code == 0
    return Path("answers")


@pytest.mark.slow
def test_states(run, roster, collected):
    """A blank file is no answer, answers that came before count, and the cycle is that of the answers."""
    told = run("status", collected, "--roster", roster, "--json")
    assert (told.code, told.json["cycle"]) == (0, "spring")
    states = [(row["person_id"], row["state"], row["answered"]) for row in told.json["responses"]]
    assert states == [("1", "missing", 0), ("2", "blank", 0), ("3", "partial", 1)]
    assert [row["manager"] for row in told.json["responses"]] == ["", "Ana Ruiz", "Ana Ruiz"]
    assert {row["manager_state"] for row in told.json["responses"][1:]} == {"missing"}
    as_csv = run("status", collected, "--roster", roster, "--csv").out
    assert as_csv.splitlines() == (collected / "responses.csv").read_text("utf-8").splitlines()
    assert len([*csv.DictReader(io.StringIO(as_csv))]) == 3
    cycle, *lines = run("status", collected, "--roster", roster).out.splitlines()
    assert cycle.startswith("Spring 2026 (spring), as of ")
    assert lines[0].startswith("3 people: 0 complete, 1 not complete, 1 returned blank, 1 not returned")
    assert [line.split()[:3] for line in lines[1:4]] == [
        ["Ana", "Ruiz", "(1)"],
        ["Bo", "Lee", "(2)"],
        ["Cy", "Fox", "(3)"],
    ]
    managers = [
        "1 manager: 0 complete, 0 not complete, 0 returned blank, 1 not returned",
        "  Ana Ruiz (1)  not returned",
    ]
    assert [lines[4], lines[5].rstrip()[: len(managers[1])]] == managers
    assert lines[3].split()[3:7] == ["1", "of", "36", "answered"]


@pytest.mark.slow
def test_what_came_back_counts_in_its_cycle(collected):
    """What came back in another cycle is no sign of an answer in this one."""
    assert returned_before(collected, "spring").people.keys() == {"2", "3"}
    assert returned_before(collected, "autumn").people == {}
    assert returned_before(Path("nowhere"), "spring").people == {}


@pytest.mark.slow
def test_a_later_run_remembers_what_came_back(run, roster, made, collected):
    """Collecting another file later does not forget the blank one that came before."""
    Path("back/bo.xlsx").unlink()
    Path("back/cy.xlsx").write_bytes((made / "people" / "Cy-Fox-3.xlsx").read_bytes())
    told = run("collect", "back", "--roster", roster, *SPRING, "--out", "answers", "--json")
    assert [row["state"] for row in told.json["responses"]] == ["missing", "blank", "partial"]
    there = Path("answers/problems.csv").read_text("utf-8-sig")
    notes = [row["found"] for row in csv.DictReader(io.StringIO(there)) if row["code"] == "nothing-came"]
    assert [note.partition(";")[0] for note in notes] == ["not returned", "returned blank"]


@pytest.mark.slow
def test_each_cycle_keeps_its_responses(run, roster, collected):
    """Collecting a file of another cycle leaves what is known of the first one as it was, and tells both."""
    before = run("status", collected, "--roster", roster, "--cycle", "spring", "--csv").out
    Path("late").mkdir()
    autumn = ("--cycle", "autumn", "--cycle-date", "2026-09-01")
    assert run("build", roster, "--out", "later", *autumn).code == 0
    Path("late/cy.xlsx").write_bytes(Path("later/people/Cy-Fox-3.xlsx").read_bytes())
    assert run("collect", "late", "--roster", roster, *autumn, "--out", collected).code == 0
    assert run("status", collected, "--roster", roster, "--cycle", "spring", "--csv").out == before
    with Path(collected, "responses.csv").open(encoding="utf-8-sig", newline="") as file:
        told = [(row["cycle"], row["person_id"], row["state"]) for row in csv.DictReader(file)]
    spring = [("spring", "1", "missing"), ("spring", "2", "blank"), ("spring", "3", "partial")]
    assert told == [*spring, ("autumn", "1", "missing"), ("autumn", "2", "missing"), ("autumn", "3", "blank")]


def two_cycles() -> None:
    """A folder of answers with two cycles, of which Ann left after the first, and Bo started."""
    Path("answers").mkdir()
    rows = "spring,1,roadmap,self,3\nautumn,2,roadmap,self,2\n"
    Path("answers/answers.csv").write_text(f"cycle,person,activity,source,skill\n{rows}", "utf-8")
    Path("answers/cycles.csv").write_text("id,label,date\nspring,S,2026-03-01\nautumn,A,2026-09-01\n", "utf-8")
    people = "1,Ann,Product Manager,2020-01-01,2026-06-30\n2,Bo,Product Manager,2026-06-01,\n"
    Path("people.csv").write_text(f"ID,Name,Job Title,Start date,End date\n{people}", "utf-8")


def test_a_cycle_without_answers(run, folder):
    """Of a cycle that was just sent out nobody has returned anything; the cycles with answers are listed."""
    two_cycles()
    told = run("status", "answers", "--roster", "people.csv", "--cycle", "2027", "--as-of", "2026-06-15")
    assert (told.code, "0 returned blank, 2 not returned" in told.out) == (0, True)
    assert "no answers of '2027' yet: nobody has returned anything" in told.err
    assert "there are answers of 'spring', 'autumn' [unknown-cycle]" in told.err


@pytest.mark.parametrize(
    ("named", "people"),
    [
        (["--cycle", "spring"], [("1", "partial")]),
        (["--cycle", "spring", "--as-of", "2026-06-15"], [("1", "partial"), ("2", "missing")]),
        (["--cycle", "autumn", "--as-of", "2026-10-01"], [("2", "partial")]),
    ],
)
def test_an_earlier_cycle_is_seen_on_its_day(run, folder, named, people):
    """Whoever joined after the cycle owes it nothing and whoever has left since does, unless a day is named."""
    two_cycles()
    told = run("status", "answers", "--roster", "people.csv", *named, "--json")
    assert [(row["person_id"], row["state"]) for row in told.json["responses"]] == people


def test_collect_and_build_see_an_earlier_cycle_on_its_day(run, folder):
    """They tell of the same people as status does, and a file of somebody who joined since is taken all the same."""
    two_cycles()
    options = ("--roster", "people.csv", "--cycle", "spring")
    later = ("--as-of", "2026-06-15", "--cycle-date", "2026-03-01")
    assert run("build", "people.csv", "--out", "back", "--cycle", "spring", *later).code == 0
    told = run("collect", "back/people/Bo-2.xlsx", *options, "--out", "answers", "--json")
    assert (told.code, [row["person_id"] for row in told.json["responses"]]) == (0, ["1"])
    assert run("build", "people.csv", "--out", "out", "--cycle", "spring", "--answers", "answers").code == 0
    assert [path.name for path in Path("out/people").iterdir()] == ["Ann-1.xlsx"]


def test_notes_on_the_roster_are_left_to_others(run, folder):
    """The notes of reading the roster, as on the basis of pay, are not repeated at each look at who has answered."""
    two_cycles()
    Path("people.csv").write_text("ID,Name,Job Title,Annual salary,Currency\n2,Bo,Product Manager,9,EUR\n", "utf-8")
    told = run("status", "answers", "--roster", "people.csv")
    assert "pay-basis" in run("check", "people.csv").out
    assert (told.code, told.err.count("note:"), "pay-basis" in told.err) == (0, 2, False)
    assert "cycle-from-files" in told.err
