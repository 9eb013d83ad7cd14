"""growthsheet report: one page of a returned workbook, or of answers."""

import re
from pathlib import Path

import openpyxl
import pytest

import growthsheet as gs
from growthsheet.sources.answers import save_answers
from growthsheet.storage.package_data import template_folder
from growthsheet.tasks.demo import sample
from tests.cli.conftest import CANARY

DEMO = template_folder() / "demo" / "roster.csv"
CYCLE = sample().cycle


@pytest.fixture
def answers(folder):
    """The answers of the sample."""
    save_answers(sample().answers, folder / "answers")
    return folder / "answers"


def test_a_page_of_a_returned_workbook(run, folder):
    """A workbook says whose it is and of which cycle; its page is the one of that person's plan with what it holds."""
    sample().person("E004").save(folder / "back.xlsx")
    ratings = tuple(rating for rating in sample().answers.ratings if rating.cycle == CYCLE.id)
    answers = sample().answers.model_copy(update={"ratings": ratings})
    roster = gs.load_roster(DEMO, cycle=CYCLE, as_of=CYCLE.date)
    plan = roster.with_answers(answers).person("E004")
    told = run("report", "back.xlsx", "--roster", DEMO, "--as-of", "2026-03-01", "--html", "page.html")
    assert (told.code, told.out, told.err) == (0, "", "Wrote page.html\n")
    page, wanted = Path("page.html").read_text("utf-8"), plan.to_html()
    assert "Lena Fischer" in page
    assert page.replace(CYCLE.id, CYCLE.label) == wanted.replace(CYCLE.id, CYCLE.label)


def test_a_page_of_a_team_that_came_back(run, folder):
    """A manager's workbook gives the team's page, with the ratings that were typed into it."""
    sample().team("E002").save(folder / "team.xlsx")
    told = run("report", "team.xlsx", "--roster", DEMO, "--as-of", "2026-03-01", "--html", "-", "--pay", "none")
    assert told.code == 0
    assert "Team growth plan: Mateo Silva" in told.out


@pytest.mark.slow
def test_a_page_of_answers(run, answers):
    """Of answers a person or a team is named; the page stands on stdout, or in JSON."""
    command = ("report", answers, "--roster", DEMO, "--cycle", CYCLE.id, "--cycle-date", "2026-03-01", "--html", "-")
    page = run(*command, "--person", "E004").out
    assert "Lena Fischer" in page
    assert run(*command, "--person", "Lena Fischer", "--json").json == {"html": page}
    assert "Mateo Silva" in run(*command, "--team", "E002").out


def test_a_page_of_the_organization_and_of_a_group(run, folder):
    """Of answers there is a page of the organization, of those below a manager, and of those with a value."""
    Path("people.csv").write_text(
        "id,name,title,manager,Office\n1,Ana Ruiz,Product Manager,,Bern\n2,Bo Lee,Product Manager,1,Lagos\n"
    )
    said = gs.Rating(cycle=CYCLE.id, person="2", activity="pricing", skill=2)
    save_answers(gs.Answers(cycles=(CYCLE,), ratings=(said,)), Path("answers"))
    command = (
        "report",
        "answers",
        "--roster",
        "people.csv",
        "--cycle",
        CYCLE.id,
        "--as-of",
        "2026-03-01",
        "--html",
        "-",
    )
    found = [
        (again := run(*command, *whose)).code or re.findall("<h1>(.*)</h1>|<dt>People</dt><dd>(.*)</dd>", again.out)
        for whose in (("--organization",), ("--of", "Ana Ruiz"), ("--by", "Office", "--of", "Lagos"))
    ]
    title = "Organization growth plan"
    assert [each if each in (1, 2) else (each[0][0], each[1][1]) for each in found] == [
        (title, "2"),
        (f"{title}: Ana Ruiz", "1"),
        (f"{title}: Office: Lagos", "1"),
    ]
    assert "'Oslo'" in run(*command, "--by", "Office", "--of", "Oslo").err


@pytest.mark.parametrize("named", [(), ("--person", "E004", "--team", "E002"), ("--organization", "--by", "Team")])
def test_whose_page(run, answers, named):
    """Nobody, or two, is a problem that says what to do."""
    told = run("report", answers, "--roster", DEMO, "--html", "x.html", *named)
    assert (told.code, Path("x.html").exists()) == (2, False)
    assert "[whose-page]" in told.err


def test_a_workbook_that_cannot_be_read(run, folder, roster):
    """A hostile or broken file is refused with its code, and no page is written."""
    Path("bad.xlsx").write_bytes(b"PK nonsense")
    told = run("report", "bad.xlsx", "--roster", roster, "--html", "x.html")
    assert (told.code, Path("x.html").exists()) == (2, False)
    assert "Traceback" not in told.err


def test_what_is_odd_about_answers_is_told(run, folder):
    """A page tells of answers of nobody and of a cycle without answers, is as of its cycle, and says who came back."""
    Path("people.csv").write_text("id,name,title,start\n1,Ann,Product Manager,\n2,Bo,Product Manager,2026-06-01\n")
    Path("answers").mkdir()
    rows = "".join(f"{cycle},{id},roadmap,self,2\n" for cycle, id in (("spring", "01"), ("autumn", "1")))
    Path("answers/answers.csv").write_text(f"cycle,person,activity,source,skill\n{rows}")
    Path("answers/cycles.csv").write_text("id,label,date\nspring,S,2026-03-01\nautumn,A,2026-09-01\n")
    Path("answers/responses.csv").write_text("cycle,person_id,state,refused\nspring,1,blank,\nspring,2,blank,\n")
    command = ("report", "answers", "--roster", "people.csv", "--organization", "--html", "-", "--cycle")
    spring, mistyped = run(*command, "spring"), run(*command, "sprng")
    assert (spring.code, "answers-of-nobody" in spring.err, "[earlier-cycle]" in spring.err) == (0, True, True)
    assert ("returned blank" in spring.out, "Bo" in spring.out) == (True, False)
    assert "[unknown-cycle]" in mistyped.err


@pytest.mark.slow
def test_pay_stays_where_it_belongs(run, roster, made):
    """A person's page holds no salary; with --person-pay none not even the allowance; a team's as --pay says."""
    book, team = made / "people" / "Bo-Lee-2.xlsx", made / "teams" / "Ana-Ruiz-1.xlsx"
    salary, share = f"{CANARY * 12:,}", f"{CANARY * 12 * 0.03:,.2f}"
    command = ("--roster", roster, "--html", "-")
    own = run("report", book, *command).out
    assert (share in own, salary in own) == (True, False)
    assert share not in run("report", book, *command, "--person-pay", "none").out
    assert salary in run("report", team, *command).out
    assert salary not in run("report", team, *command, "--pay", "none").out


def test_a_workbook_of_another_cycle(run, folder):
    """A workbook of another cycle than the one that was named is refused; its own cycle may be named."""
    sample().person("E004").save(folder / "back.xlsx")
    command = ("report", "back.xlsx", "--roster", DEMO, "--as-of", "2026-03-01", "--html", "page.html", "--cycle")
    told = run(*command, "2031-spring")
    assert (told.code, "[other-cycle]" in told.err, Path("page.html").exists()) == (2, True, False)
    assert f"the cycle '{CYCLE.id}'; wanted: the cycle '2031-spring'" in told.err
    assert run(*command, CYCLE.id).code == 0


def test_a_page_with_errors(run, folder):
    """What could not be read is told beside the page, and the exit code is 1."""
    file = openpyxl.load_workbook(sample().person("E004").save(folder / "back.xlsx"))
    sheet = file["Assessment"]
    skill = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Skill")
    sheet.cell(skill.row + 2, skill.column).value = "often"
    file.save("back.xlsx")
    told = run("report", "back.xlsx", "--roster", DEMO, "--as-of", "2026-03-01", "--html", "page.html")
    assert (told.code, Path("page.html").exists()) == (1, True)
    assert "error: " in told.err
    assert "[text-in-rating]" in told.err


def test_a_page_is_in_the_language_of_its_workbook(run, folder):
    """The page of a German workbook is in German, unless a language is named; the roster's does not matter."""
    sample().with_options(language="de").person("E004").save(folder / "back.xlsx")
    command = ("report", "back.xlsx", "--roster", DEMO, "--as-of", "2026-03-01", "--html", "-")
    Path("growthsheet.toml").write_text('language = "fr"')
    for named, title in ((), "Persönlicher Entwicklungsplan"), (("--language", "en"), "Professional Growth Plan"):
        assert title in run(*command, *named).out
