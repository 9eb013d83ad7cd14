"""growthsheet build: what is written, what is printed, what is refused."""

import os
import re
import sys
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from growthsheet.batch.report import Progress
from growthsheet.cli import output
from growthsheet.model import Cycle
from growthsheet.roster.load import load_roster
from tests.cli.conftest import CANARY

KEYS = {"folder", "dry_run", "counts", "files", "problems", "notes", "seconds"}
FILES = ["people/Ana-Ruiz-1.xlsx", "people/Bo-Lee-2.xlsx", "people/Cy-Fox-3.xlsx", "teams/Ana-Ruiz-1.xlsx"]


def written(folder):
    """Every workbook below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*.xlsx"))


@pytest.mark.slow
def test_build(run, roster):
    """Everybody gets a workbook and so does the manager; a line sums it up, notes follow, stdout stays blank."""
    told = run("build", roster, "--out", "out")
    assert (told.code, told.out, written("out")) == (0, "", FILES)
    summary, note, about_pay = told.err.splitlines()
    assert about_pay.startswith("Managers' workbooks hold salaries")
    assert summary.startswith(f"Wrote 4 workbooks to out{os.sep} in ")
    assert note == "note: people.csv, column Monthly Salary: 3 monthly amounts, taken times 12 [pay-basis]"


@pytest.mark.slow
def test_again(run, roster):
    """What is there already is left as it is, and counted."""
    run("build", roster, "--out", "out", "--as-of", "2026-03-01")
    assert "Wrote 0 workbooks" in (told := run("build", roster, "--out", "out", "--as-of", "2026-03-01")).err
    assert "(4 unchanged)" in told.err


def test_groups(run, roster):
    """Groups are those below a manager, or of a column that is kept for it; settings may name either."""
    told = run("build", roster, "--out", "out", "--for", "groups", "--by", "Job Title")
    assert (told.code, written("out")[0]) == (0, "groups/Job-Title-Group-Product-Manager-0f755341.xlsx")
    Path("growthsheet.toml").write_text('of = ["Ana Ruiz"]\nkeep = ["currency"]\n', "utf-8")
    run("build", roster, "--out", "below", "--for", "groups")
    assert written("below") == ["groups/Ana-Ruiz-1.xlsx"]
    told = run("build", roster, "--out", "out", "--for", "groups", "--by", "monthly salary")
    assert (told.code, str(CANARY) in told.err) == (2, False)
    assert "a column that may reveal pay" in told.err


def test_an_update_is_of_today(run):
    """With --update who came since the cycle began gets a workbook, and who left is told; --as-of names another day."""
    head = "id,name,title,manager,start,end\n"
    rows = "1,Ana,Product Manager,,2020-01-01,\n2,Bo,Product Manager,1,2020-01-01,2024-06-30\n"
    Path("year.csv").write_text(f"{head}{rows}3,Cy,Product Manager,1,2024-07-01,\n", "utf-8")
    cycle = ("build", "year.csv", "--out", "out", "--cycle", "2024-h1", "--cycle-date", "2024-02-15")
    run(*cycle)
    assert written("out") == ["people/Ana-1.xlsx", "people/Bo-2.xlsx", "teams/Ana-1.xlsx"]
    assert "starting after 2024-02-15" in run(*cycle, "--update", "--as-of", "2024-02-15").err
    told = run("build", "year.csv", "--out", "out", "--update")
    assert "1 left between 2024-01-01 and " in told.err
    assert "people/Cy-3.xlsx" in written("out")
    run("collect", "out", "--out", "answers")
    assert "2024-02-15" in Path("answers/cycles.csv").read_text("utf-8-sig")


def test_an_update_keeps_the_fiscal_year_of_its_cycle(run):
    """After the end of the fiscal year budgets are those of the cycle; who started since has none in that year."""
    pay = "annual pay,currency\n1,Ana,Product Manager,2020-01-01,100000,USD\n"
    Path("year.csv").write_text(f"id,name,title,start,{pay}2,Cy,Product Manager,2025-03-01,90000,USD\n", "utf-8")
    run("build", "year.csv", "--out", "out", "--cycle", "2024-h2", "--cycle-date", "2024-09-01")
    assert run("build", "year.csv", "--out", "out", "--update").code == 0
    assert written("out") == ["people/Ana-1.xlsx", "people/Cy-2.xlsx"]
    for path in written("out"):
        text = ZipFile(Path("out", path)).read("xl/sharedStrings.xml").decode()
        assert "this fiscal year, 2024-01-01 to 2024-12-31" in text
    people = load_roster("year.csv", cycle=Cycle(id="h2", label="h2", date=date(2024, 9, 1)), as_of="2025-04-01")
    assert [people.person(id).budget().records()[0]["allocation"] for id in "12"] == [3000, 0]


@pytest.mark.parametrize("update", [[], ["--update"]])
def test_another_date_of_the_cycle(run, roster, update):
    """A date that is named for the folder's cycle counts, and a note says what it was."""
    cycle = ("build", roster, "--out", "out", "--cycle", "2024-h1", "--for", "people", "--cycle-date")
    run(*cycle, "2024-02-15")
    told = run(*cycle, "2024-03-01", *update)
    assert "the date of the cycle 2024-h1 was 2024-02-15; it is 2024-03-01 now; leave the option out" in told.err
    assert '"cycle_date": "2024-03-01"' in Path("out/manifest.json").read_text("utf-8")
    told = run("build", roster, "--out", "out", "--for", "people", "--cycle-date", "2024-04-01", "--update")
    assert "the workbooks were of the cycle 2024-h1; they are of 2024 now" in told.err


def test_json(run, roster):
    """--json prints the report with stable keys, paths relative to the folder."""
    told = run("build", roster, "--out", "out", "--json")
    assert told.json.keys() == KEYS
    assert (told.json["files"], told.json["counts"]) == (FILES, {"written": 4})
    assert [note["code"] for note in told.json["notes"]] == ["pay-basis"]
    assert {"code", "place", "found", "expected", "hint", "severity"} == told.json["notes"][0].keys()


@pytest.mark.slow
def test_quiet(run, roster):
    """--quiet prints nothing when all is well."""
    told = run("build", roster, "--out", "out", "--quiet")
    assert (told.code, told.out, told.err) == (0, "", "")


def test_dry_run(run, roster):
    """--dry-run tells what would be written, and writes nothing."""
    told = run("build", roster, "--out", "out", "--dry-run")
    assert told.err.startswith("Would write 4 workbooks")
    assert not Path("out").exists()


@pytest.mark.parametrize(("books", "files"), [("people", FILES[:3]), ("teams", FILES[3:]), ("teams, people", FILES)])
def test_for(run, roster, books, files):
    """--for chooses which workbooks are made."""
    assert run("build", roster, "--out", "out", "--for", books, "--dry-run", "--json").json["files"] == files


def test_for_what(run, roster):
    """--for refuses what it does not know."""
    told = run("build", roster, "--out", "out", "--for", "people,orgs")
    assert told.code == 2
    assert "'orgs' is not one of people, teams, organization" in told.err


def test_for_organization(run, roster):
    """One workbook is about everybody; without its rates nothing is written."""
    told = run("build", roster, "--out", "out", "--for", "organization")
    assert (told.code, written("out")) == (0, ["organization.xlsx"])
    Path("people.csv").write_text("ID,Name,Title,Monthly Salary,Currency\n1,A,PM,100,USD\n2,B,PM,100,EUR\n")
    told = run("build", "people.csv", "--out", "two", "--for", "teams,organization", "--default-role", "vp")
    assert (told.code, Path("two").exists()) == (2, False)
    assert "error: exchange_rates: EUR, USD; wanted: dated rates into one of them" in told.err
    Path("growthsheet.toml").write_text(
        'default_role = "vp"\n[exchange_rates]\ninto = "USD"\ndate = 2026-03-01\nrates = { EUR = 1.08 }\n'
    )
    assert run("build", "people.csv", "--out", "two", "--for", "organization").code == 0


@pytest.mark.parametrize("who", ["1", "ana ruiz"])
def test_team(run, roster, who):
    """--team makes one manager's team and its people only."""
    files = run("build", roster, "--out", "out", "--team", who, "--dry-run", "--json").json["files"]
    assert files == FILES[1:]


def test_unknown_team(run, roster):
    """An unknown manager is an error with a suggestion, and nothing is written."""
    told = run("build", roster, "--out", "out", "--team", "Ana Ruis")
    assert told.code == 2
    assert "did you mean 'Ana Ruiz'?" in told.err
    assert not Path("out").exists()


def test_stdin(run, roster):
    """A roster may come from stdin, and problems call it so."""
    told = run("build", "-", "--out", "out", "--dry-run", "--json", input=roster.read_bytes())
    assert told.json["files"] == FILES
    assert run("build", "-", "--out", "out", input=b"ID;Name;Title\n1;Ana;Lion Tamer\n").err.startswith(
        "error: stdin, column Title: 'Lion Tamer' (1 person)"
    )


def test_all_problems_at_once(run, folder):
    """Bad input: every problem on a line of its own, exit code 2, nothing written."""
    Path("people.csv").write_text("ID,Name,Title,Start Date\n1,,Product Manager,2026-13-01\n2,Bo,Lion Tamer,\n")
    told = run("build", "people.csv", "--out", "out")
    assert (told.code, told.out) == (2, "")
    *problems, last = told.err.splitlines()
    assert len(problems) > 2
    assert all(line.startswith("error: people.csv") for line in problems)
    assert f"{len(problems)} errors; nothing was done." == last
    assert os.listdir(folder) == ["people.csv"]


def test_problems_as_json(run, folder):
    """With --json the problems are on stdout too, as data."""
    told = run("build", "people.csv", "--out", "out", "--json")
    assert told.code == 2
    assert [problem["code"] for problem in told.json["problems"]] == ["not-readable"]


def test_at_most_fifty(run):
    """More than fifty problems are fifty lines and a count, those of one kind together."""
    rows = "".join(f"{n},Person {n},Lion Tamer {n},,,M{n}\n" for n in range(1, 46))
    rows += "".join(f"P{n},Person {n},Product Manager,2026-02-0{n % 9 + 1},2026-01-31,\n" for n in range(1, 46))
    Path("people.csv").write_text("ID,Name,Title,Start Date,End Date,Manager\n" + rows)
    told = run("build", "people.csv", "--out", "out", "--json", "--as-of", "2026-03-01")
    lines = told.err.splitlines()
    count = len(told.json["problems"])
    assert count > output.MOST_SHOWN
    assert (
        f"and {count - 50} more",
        "All of them are listed by --json",
        f"{count} errors; nothing was done.",
    ) == tuple(lines[-3:])
    codes = [line.rpartition("[")[2] for line in lines[:50]]
    assert sorted(set(codes), key=codes.index) == [code for n, code in enumerate(codes) if code not in codes[:n]]
    assert sum(one != other for one, other in pairwise(codes)) == len(set(codes)) - 1


@pytest.mark.slow
def test_changed_files(run, roster):
    """A file that somebody changed is refused, which is exit code 1; --force replaces it and keeps a backup."""
    arguments = ("build", roster, "--out", "out", "--as-of", "2026-03-01")
    run(*arguments)
    Path("out", FILES[0]).write_bytes(b"mine")
    told = run(*arguments)
    assert told.code == 1
    assert told.err.startswith(f"error: {FILES[0]}: somebody changed it since it was written;")
    assert Path("out", FILES[0]).read_bytes() == b"mine"
    assert ((forced := run(*arguments, "--force")).code, "(1 replaced, 3 unchanged)" in forced.err) == (0, True)
    assert len(list(Path("out", "people").glob("*.backup-*.xlsx"))) == 1


@pytest.mark.slow
def test_pay_is_never_printed(run, roster):
    """No command prints an amount of pay or what tells it, whatever is wrong with the roster."""
    roster.write_text(roster.read_text() + f"4,Di,Lion Tamer,9,{CANARY}x,USD\n5,,Product Manager,1,{CANARY}.,\n")
    printed = ""
    for command in (["build", "--out", "out"], ["build", "--out", "out", "--default-role", "vp"], ["check"]):
        for more in ([], ["--json"]):
            told = run(*command, *more, roster)
            printed += told.out + told.err
    roster.write_text("\n".join(roster.read_text().splitlines()[:4]))
    for command in (["build", "--out", "out"], ["roster", "show"], ["check"]):
        for more in ([], ["--json"]):
            told = run(*command, *more, roster)
            assert told.code == 0
            printed += told.out + told.err
    year = CANARY * 12
    for amount in (str(year), f"{year:,}", str(CANARY * 12 * 0.03), f"{CANARY:,}"):
        assert amount not in printed
    assert str(CANARY) not in printed


@pytest.mark.slow
def test_options_over_environment_over_file(run, roster, monkeypatch):
    """What is typed wins over the environment, that over growthsheet.toml, and that over the default."""

    def cycle(*options):
        assert run("build", roster, "--out", "out", "--for", "teams", *options).code == 0
        return re.search('"cycle": "(.*?)"', Path("out", "manifest.json").read_text())[1]

    assert cycle("--as-of", "2025-02-03") == "2025"
    Path("growthsheet.toml").write_text('cycle = "from-file"\nmap = { id = "Employee ID" }\n')
    assert cycle() == "from-file"
    monkeypatch.setenv("GROWTHSHEET_CYCLE", "from-environment")
    assert cycle() == "from-environment"
    assert cycle("--cycle", "typed") == "typed"


def test_repeatable_options_in_the_environment(run, roster, monkeypatch):
    """Options that may be given again and again are parted by semicolons in the environment."""
    monkeypatch.setenv("GROWTHSHEET_MAP", "name=Name;title=Job Title")
    monkeypatch.setenv("GROWTHSHEET_TEAM", "Ana Ruiz;1")
    told = run("build", roster, "--out", "out", "--dry-run", "--for", "people", "--json")
    assert (0, FILES[1:3]) == (told.code, sorted(set(told.json.get("files", ()))))


def test_all_wrong_options_at_once(run, roster):
    """Whatever is wrong with options and settings is told at once."""
    Path("mine.toml").write_text("hours = 0\nratee = 1\n")
    told = run("build", roster, "--out", "out", "--config", "mine.toml", "--rate", "3", "--map", "salry=Pay")
    assert told.code == 2
    places = [line.split(": ")[1:3] for line in told.err.splitlines()[:-1]]
    assert sorted(place[0] for place in places) == ["--map salry", "--rate", "mine.toml", "mine.toml"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--map", "salary"], "'salary' is not FIELD=COLUMN"),
        (["--map", "id=A", "--map", "id=B"], "'id' is given twice"),
        (["--basis", "weekly"], "'weekly' is not one of"),
        (["--workers", "0"], "0 is not in the range"),
        (["--config", "none.toml"], "none.toml: No such file"),
        (["--catalog", "none.yaml"], "none.yaml: no such file"),
        (["--default-role", "tamer"], "--default-role: 'tamer'"),
        (["--fiscal-year-start", "02-30"], "--fiscal-year-start: "),
        (["--as-of", "1/2/2026"], "--as-of: is not a date such as 2026-03-01"),
        (["--currency", "dollars"], "--currency: is not a code of three letters"),
        (["--encoding", "utf-99"], "'utf-99'"),
    ],
)
def test_wrong_options(run, roster, options, said):
    """A wrong option is named, with exit code 2, and nothing is written."""
    told = run("build", roster, "--out", "out", *options)
    assert (told.code, told.out, Path("out").exists()) == (2, "", False)
    assert said in told.err


def test_out_is_needed(run, roster):
    """Without --out there is no guess where files should go."""
    assert ((told := run("build", roster)).code, "Missing option '--out'" in told.err) == (2, True)


def test_progress_on_a_terminal(monkeypatch):
    """On a terminal a bar moves, and ends with its line; a notebook keeps each of its states, so it gets none."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with output.progress_bar(quiet=True) as progress:
        assert progress is None
    with output.progress_bar(quiet=False) as progress:
        progress(Progress(1, 2, 0.1))
    monkeypatch.setenv("JPY_PARENT_PID", "1")
    with output.progress_bar(quiet=False) as progress:
        assert progress is None
    shown = sys.stderr.getvalue()
    assert "Workbooks" in shown
    assert "50%" in shown
    assert shown.endswith("\n")


class Terminal(StringIO):
    """What a program takes for a terminal."""

    def isatty(self):
        """It does."""
        return True


data = pytest.mark.skipif("GROWTHSHEET_DATA" not in os.environ, reason="GROWTHSHEET_DATA is not set: no real rosters")
DATA = Path(os.environ.get("GROWTHSHEET_DATA", ""), "rosters")


@data
def test_adventureworks_without_the_pay_column(run):
    """Two columns that may be the salary: an error that names both, what one of them asks; nothing is written."""
    told = run("build", DATA / "adventureworks_roster.csv", "--out", "out", "--default-role", "product-manager")
    assert (told.code, Path("out").exists()) == (2, False)
    error, period, last = told.err.splitlines()
    assert "both 'Pay Rate' and 'Annual Salary' may be the salary" in error
    assert '--map salary="Annual Salary" or --map salary="Pay Rate"' in error
    assert "Pay Rate: if it is read, the name 'Pay Rate' does not say what period" in period
    assert last == "2 errors; nothing was done."


@pytest.mark.slow
@data
def test_adventureworks(run):
    """One team of AdventureWorks, with the pay column named."""
    options = ("--map", "salary=Annual Salary", "--default-role", "product-manager", "--team", "David Bradley")
    told = run("build", DATA / "adventureworks_roster.csv", "--out", "out", *options)
    assert (told.code, len(written("out"))) == (0, 9)


@pytest.mark.slow
@data
def test_oracle(run):
    """The Oracle sample says no currency, so it is asked for; with it, a team is built."""
    arguments = ("build", DATA / "oracle_hr_roster.csv", "--out", "out", "--default-role", "vp", "--team", "103")
    told = run(*arguments)
    assert told.code == 2
    assert "name it with --currency" in told.err
    assert run(*arguments, "--currency", "USD").code == 0
    assert len(written("out")) == 5
