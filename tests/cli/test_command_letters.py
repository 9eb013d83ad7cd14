"""growthsheet agenda and growthsheet invite: files for one-to-ones and mails, never sent."""

from pathlib import Path

import pytest


@pytest.fixture
def answers(folder):
    """Two ratings of Bo, far apart."""
    (folder / "answers").mkdir()
    rows = ("cycle,person,activity,source,skill", "spring,2,roadmap,self,4", "spring,2,roadmap,manager,1")
    (folder / "answers" / "answers.csv").write_text("\n".join(rows))
    (folder / "answers" / "cycles.csv").write_text("id,date\nspring,2026-03-01\n")
    return folder / "answers"


SPRING = ("--cycle", "spring", "--cycle-date", "2026-03-01")


def test_agendas_into_a_folder(run, roster, answers):
    """A file for each person who has a manager, summed up in one line."""
    told = run("agenda", roster, "--answers", answers, "--out", "talks", *SPRING)
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith("Wrote 2 agendas to talks")
    assert sorted(path.name for path in Path("talks/agendas").iterdir()) == ["Bo-Lee-2.md", "Cy-Fox-3.md"]
    assert "self 4 (Authority), manager 1 (Aware)" in Path("talks/agendas/Bo-Lee-2.md").read_text("utf-8")


def test_agendas_on_stdout(run, roster, answers):
    """``--out -`` prints them, one after the other; with --json by the person's id."""
    told = run("agenda", roster, "--answers", answers, "--out", "-", *SPRING)
    assert [line for line in told.out.splitlines() if line.startswith("# ")] == [
        "# 1:1 with Bo Lee",
        "# 1:1 with Cy Fox",
    ]
    assert list(run("agenda", roster, "--answers", answers, "--out", "-", "--json", *SPRING).json) == ["2", "3"]


def test_agendas_in_other_formats(run, roster, answers):
    """``--format`` takes one of three words; what it writes ends so, and only Markdown is printed."""
    command = ("agenda", roster, "--answers", answers, *SPRING, "--format")
    assert run(*command, "docx", "--out", "t", "--json").json["files"] == [
        "agendas/Bo-Lee-2.docx",
        "agendas/Cy-Fox-3.docx",
    ]
    assert run(*command, "html", "--out", "t", "--json").json["files"] == [
        "agendas/Bo-Lee-2.html",
        "agendas/Cy-Fox-3.html",
    ]
    assert sorted(path.name for path in Path("t/agendas").iterdir())[:2] == ["Bo-Lee-2.docx", "Bo-Lee-2.html"]
    for wrong in (("pdf", "--out", "t"), ("html", "--out", "-")):
        assert run(*command, *wrong).code == 2


def test_agendas_of_one_team(run, roster, answers):
    """``--team`` takes a manager; one that is not there ends with 2."""
    only = run("agenda", roster, "--answers", answers, "--out", "t", "--team", "Ana Ruiz", "--dry-run", "--json")
    assert (only.json["files"], Path("t").exists()) == (["agendas/Bo-Lee-2.md", "agendas/Cy-Fox-3.md"], False)
    told = run("agenda", roster, "--answers", answers, "--out", "t", "--team", "X", "--team", "Y")
    assert (told.code, told.err.count("[unknown-person]")) == (2, 2)


def test_a_folder_of_templates(run, roster, answers):
    """``--templates`` replaces the shipped text; a broken one ends with 2 and its line."""
    Path("mine/text").mkdir(parents=True)
    Path("mine/text/agenda.md").write_text("Hi {{ name }}\n")
    command = ("agenda", roster, "--answers", answers, "--out", "-", "--templates", "mine")
    assert run(*command).out == "Hi Bo Lee\n\nHi Cy Fox\n"
    Path("mine/text/agenda.md").write_text("Hi\n{{ salary }}")
    told = run(*command)
    assert told.code == 2
    assert "text/agenda.md:2" in told.err


def test_invitations(run, roster):
    """Who has no address is told as a note, and the others are written."""
    lines = roster.read_text().splitlines()
    lines = [lines[0] + ",Email", *(f"{line},{line[0]}@example.com" for line in lines[1:3]), lines[3] + ","]
    roster.write_text("\n".join(lines))
    told = run("invite", roster, "--out", "mails", "--sender", "hr@example.com", *SPRING)
    assert (told.code, told.out) == (0, "")
    assert "Wrote 2 invitations" in told.err
    assert "Cy Fox (3): no e-mail address" in told.err
    assert b"From: hr@example.com\r\n" in Path("mails/invitations/Bo-Lee-2.eml").read_bytes()


def test_invitations_with_workbooks(run, roster, made):
    """``--attach`` wants the folder that build wrote; an address that is none makes the exit code 1."""
    text = roster.read_text().splitlines()
    roster.write_text(
        "\n".join([text[0] + ",Email", text[1] + ",ana@example.com", text[2] + ",bo", text[3] + ",a@b.c"])
    )
    told = run("invite", roster, "--out", "mails", "--attach", made, *SPRING, "--json")
    assert told.code == 1
    assert [problem["code"] for problem in told.json["problems"]] == ["bad-email"]
    assert told.json["files"] == ["invitations/Ana-Ruiz-1.eml", "invitations/Cy-Fox-3.eml"]
    assert b"Ana-Ruiz-1.xlsx" in Path("mails/invitations/Ana-Ruiz-1.eml").read_bytes()
    assert "[no-manifest]" in run("invite", roster, "--out", "mails", "--attach", ".").err


def test_reminders(run, roster, answers):
    """``--missing`` goes by the answers, and ``--for teams`` to managers; a deadline that is no date ends with 2."""
    lines = roster.read_text().splitlines()
    roster.write_text("\n".join([lines[0] + ",Email", *(f"{line},{line[0]}@example.com" for line in lines[1:])]))
    command = ("invite", roster, "--out", "mails", "--for", "people,teams", "--deadline", "2026-03-20")
    told = run(*command, "--missing", "--answers", answers)
    assert (told.code, told.out) == (0, "")
    assert sorted(path.name for path in Path("mails").glob("*/*.eml")) == [
        *("Ana-Ruiz-1.eml", "Ana-Ruiz-1.eml", "Bo-Lee-2.eml", "Cy-Fox-3.eml")
    ]
    assert "--missing needs --answers" in run(*command, "--missing").err
    mistyped = run("invite", roster, "--out", "more", "--missing", "--answers", answers, "--cycle", "sprng")
    assert "[unknown-cycle]" in mistyped.err
    agenda = run("agenda", roster, "--out", "-", "--answers", answers, "--cycle", "sprng")
    assert "[unknown-cycle]" in agenda.err
    wrong = run("invite", roster, "--out", "mails", "--deadline", "soon")
    assert (wrong.code, "--deadline: soon" in wrong.err) == (2, True)
    assert run("invite", roster, "--out", "mails", "--for", "dogs").code == 2


@pytest.mark.parametrize(
    "command", [("invite", "--missing", "--dry-run", "--json"), ("agenda", "--out", "-", "--json")]
)
def test_an_earlier_cycle_has_the_people_of_its_day(run, folder, command):
    """Letters of an earlier cycle go to those who were there on its date, which is told, unless a day is named."""
    people = (
        "1,Ann,Group Product Manager,,2020-01-01,,a@x.com",
        "2,Bo,Product Manager,1,2020-01-01,2026-06-30,b@x.com",
        "3,Cy,Product Manager,1,2026-06-01,,c@x.com",
    )
    header = "ID,Name,Job Title,Manager ID,Start date,End date,Email"
    Path("people.csv").write_text("\n".join((header, *people)), "utf-8")
    Path("answers").mkdir()
    rows = "\n".join(
        f"{cycle},{id},roadmap,{source},{level}"
        for cycle, id in (("spring", 2), ("autumn", 3))
        for source, level in (("self", 4), ("manager", 1))
    )
    Path("answers/answers.csv").write_text(f"cycle,person,activity,source,skill\n{rows}\n", "utf-8")
    Path("answers/cycles.csv").write_text("id,label,date\nspring,S,2026-03-01\nautumn,A,2026-09-01\n", "utf-8")
    name, *options = command
    said = "those of 2026-03-01, the date of the cycle 'spring'; name another day with --as-of [earlier-cycle]"
    there = {"agenda": (["2"], ["3"]), "invite": (["Ann-1.eml", "Bo-2.eml"], ["Ann-1.eml", "Cy-3.eml"])}[name]
    for day, wanted, told in zip(((), ("--as-of", "2026-09-01")), there, (True, False), strict=True):
        out = () if "--out" in options else ("--out", "mails")
        found = run(name, "people.csv", "--answers", "answers", "--cycle", "spring", *day, *options, *out)
        assert (found.code, said in found.err) == (0, told)
        assert [Path(each).name for each in found.json.get("files", found.json)] == wanted
