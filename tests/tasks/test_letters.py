"""Agendas and invitations: what they say, to whom they go, and that the same input gives the same bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import growthsheet as gs
from growthsheet.model import Cycle, PlanItem, Rating
from growthsheet.model.ratings import RatingValue
from growthsheet.storage import manifest
from growthsheet.tasks.letters import Draft, agendas, write_agendas, write_invitations
from growthsheet.views.returned import ReceivedWorkbook, ReturnedBy

AS_OF = date(2026, 3, 1)
SPRING = Cycle(id="spring", label="Spring", date=AS_OF)
PEOPLE = [
    {"id": "M", "name": "Maya Lind", "title": "Group Product Manager", "email": "maya@example.com"},
    {"id": "A", "name": "Ana Ruiz", "title": "Product Manager", "email": "ana@example.com", "manager": "M"},
    {"id": "B", "name": "Bo Lee", "title": "Product Manager", "email": "bo@example.com", "manager": "M"},
]


def rating(activity: str, skill: RatingValue, source: str = "self", **more: int) -> Rating:
    """Ana's rating in an activity."""
    return Rating(cycle="spring", person="A", activity=activity, source=source, skill=skill, **more)


def roster(*ratings: Rating, people: list[dict[str, str]] = PEOPLE, items: tuple[PlanItem, ...] = ()) -> gs.Roster:
    """A manager with two people."""
    loaded = gs.load_roster(people, cycle=SPRING, accept=["odd-name"])
    return loaded.with_answers(gs.Answers(cycles=(SPRING,), ratings=ratings, plan_items=items))


def mail(path: Path) -> EmailMessage:
    """An e-mail as a mail program reads it."""
    message = message_from_bytes(path.read_bytes(), policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


# -- agendas -----------------------------------------------------------------------------------------------------------


def test_differences_come_first_then_priorities_strengths_and_the_plan() -> None:
    """Each thing stands once, under the first reason that holds, in the order of the talk."""
    ratings = (
        rating("roadmap", 4),
        rating("roadmap", 2, "manager"),
        rating("pricing", 1, interest=3),
        rating("usage-data", 4, experience=3, interest=3),
    )
    items = (
        PlanItem(id="1", person="A", activity="pricing", action="Run a test", due=date(2026, 6, 1)),
        PlanItem(id="2", person="A", activity="roadmap", action="Old", status="done"),
    )
    text = agendas(roster(*ratings, items=items))["A"]
    names = {a.id: a.name for a in gs.load_catalog("product-management").activities}
    assert [line for line in text.splitlines() if line.startswith(("#", "- "))] == [
        "# 1:1 with Ana Ruiz",
        "## Where the ratings differ",
        f"- **{names['roadmap']}**: self 4 (Authority), manager 2 (Working), expected 3 (Skilled)",
        "## What to grow next",
        f"- **{names['pricing']}**: 1 (Aware) of 2 (Working)",
        "## Strengths to use",
        f"- **{names['usage-data']}**: 4 (Authority), interest 3 (Keen)",
        "## Open in the plan",
        f"- **{names['pricing']}**: Run a test (due 2026-06-01)",
        "## What we agree on",
    ]


def test_many_answers_of_not_applicable_are_talked_about() -> None:
    """n/a for more than a quarter of what the role expects is named; a quarter is not."""
    catalog = gs.load_catalog("product-management")
    expected = list(catalog.role_by_id["product-manager"].expected)
    quarter = len(expected) // 4
    for many, count in ((False, quarter), (True, quarter + 1)):
        ratings = [rating(activity, "n/a") for activity in expected[:count]]
        text = agendas(roster(*ratings))["A"]
        assert ("## Not part of the job?" in text) is many
        assert (f"n/a: {catalog.activity_by_id[expected[0]].name}, " in text) is many


def test_one_agenda_for_each_person_who_has_a_manager() -> None:
    """Who reports to somebody on the roster gets an agenda, rated or not; others do not."""
    found = agendas(roster())
    assert list(found) == ["A", "B"]
    assert "Nothing is below what is expected, or nothing is rated yet." in found["B"]
    assert "- Not rated by Bo Lee yet." in found["B"]
    far = [
        rating(name, skill, source)
        for name in ("pricing", "roadmap")
        for skill, source in ((0, "self"), (2, "manager"))
    ]
    assert "- Of the other activities, none is below what is expected" in agendas(roster(*far))["A"]


def test_an_agenda_holds_no_pay() -> None:
    """A salary on the roster reaches no agenda."""
    people = [{**person, "annual salary": "73131", "currency": "USD"} for person in PEOPLE]
    assert not any("73131" in text or "2193" in text for text in agendas(roster(people=people)).values())


def test_words_of_people_are_no_markdown() -> None:
    """A line break, a link or an address in a plan is shown as it was typed, on its line."""
    items = (PlanItem(id="1", person="A", activity="pricing", action="see\n# [this](http://x) <b>`now`</b>"),)
    line = next(line for line in agendas(roster(items=items))["A"].splitlines() if "see" in line)
    assert line.endswith(r": see \# \[this\](http\://x) \<b\>\`now\`\</b\>")


def test_an_agenda_that_somebody_wrote_into_is_left_alone(tmp_path: Path) -> None:
    """The second run refuses the changed file and rewrites nothing else."""
    assert write_agendas(roster(), tmp_path).counts == {"written": 2}
    notes = tmp_path / "agendas" / "Ana-Ruiz-A.md"
    notes.write_text("what we agreed")
    report = write_agendas(roster(rating("pricing", 0)), tmp_path)
    assert [problem.code for problem in report.problems] == ["changed-file"]
    assert notes.read_text() == "what we agreed"


def test_all_unknown_managers_are_told_at_once() -> None:
    """Each name that nobody has is a problem, in one error."""
    with pytest.raises(gs.InputError) as raised:
        agendas(roster(), ["Maya Lind", "Nobody", "maya@example.org"])
    assert [problem.found for problem in raised.value.problems] == ["'Nobody'", "'maya@example.org'"]


# -- invitations -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_invitation_is_a_draft_with_the_persons_own_workbook(tmp_path: Path) -> None:
    """It has a subject, one address, the person's name and workbook, and no date: it opens as a draft."""
    gs.build(roster(), tmp_path)
    report = write_invitations(roster(), tmp_path, sender="hr@example.com", workbooks=tmp_path)
    assert (report.counts, report.problems) == ({"written": 3}, ())
    found = mail(tmp_path / "invitations" / "Ana-Ruiz-A.eml")
    body, attachment = found.iter_parts()
    assert {name: str(found[name]) for name in ("Subject", "To", "From", "X-Unsent")} == {
        "Subject": "Your growth plan: Spring",
        "To": "ana@example.com",
        "From": "hr@example.com",
        "X-Unsent": "1",
    }
    assert found["Date"] is None
    assert body.get_content().startswith("Hello Ana Ruiz,\r\n")
    assert attachment.get_filename() == "Ana-Ruiz-A.xlsx"
    assert attachment.get_content() == (tmp_path / "people" / "Ana-Ruiz-A.xlsx").read_bytes()


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock and no chance is in an e-mail, with an attachment or without."""
    gs.build(roster(), tmp_path / "books")
    for workbooks in (None, tmp_path / "books"):
        runs = [tmp_path / f"{n}-{bool(workbooks)}" for n in (1, 2)]
        for out in runs:
            write_invitations(roster(), out, workbooks=workbooks)
        one, two = ([path.read_bytes() for path in sorted(out.rglob("*.eml"))] for out in runs)
        assert one == two
        assert len(one) == 3


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("", ["no-email"]),
        ("ana@example.com, eve@example.com", ["bad-email"]),
        ("Ana <ana@example.com>", ["bad-email"]),
        ("ana@example.com\nBcc: eve@example.com", ["bad-email"]),
        ("ana@exämple.com", ["bad-email"]),
        ("ana", ["bad-email"]),
        ("BO@example.com", ["shared-email", "shared-email"]),
    ],
)
def test_who_cannot_be_written_to_is_told(tmp_path: Path, address: str, codes: list[str]) -> None:
    """No address, several in one, one of several people: told, and nothing is written for them."""
    people = roster()
    changed = tuple(p.model_copy(update={"email": address}) if p.id == "A" else p for p in people.people)
    report = write_invitations(replace(people, reading=replace(people.reading, people=changed)), tmp_path)
    assert [problem.code for problem in report.problems] == codes
    assert not (tmp_path / "invitations" / "Ana-Ruiz-A.eml").exists()
    assert len(report.names) == 3 - len(codes)


@pytest.mark.slow
def test_a_workbook_that_is_not_as_it_was_built_is_not_sent(tmp_path: Path) -> None:
    """A changed file could be anybody's: nobody gets it."""
    gs.build(roster(), tmp_path)
    (tmp_path / "people" / "Ana-Ruiz-A.xlsx").write_bytes((tmp_path / "people" / "Bo-Lee-B.xlsx").read_bytes())
    report = write_invitations(roster(), tmp_path / "out", workbooks=tmp_path)
    assert [(p.code, p.place) for p in report.problems] == [("no-workbook", "Ana Ruiz (A)")]
    assert report.counts == {"written": 2}


def test_a_sender_is_one_plain_address(tmp_path: Path) -> None:
    """A sender with a header in it is refused."""
    with pytest.raises(gs.InputError, match="bad-email"):
        write_invitations(roster(), tmp_path, sender="hr@example.com\r\nBcc: eve@example.com")


def test_a_template_of_the_users_own(tmp_path: Path) -> None:
    """A folder overrides the shipped text; a line break in a name adds no header."""
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "invitation.txt").write_text("Subject: For {{ name }}\n\nBonjour\n")
    people = [dict(PEOPLE[1], manager="", name="Ana\nBcc: eve@example.com")]
    write_invitations(roster(people=people), tmp_path, templates=tmp_path)
    (path,) = (tmp_path / "invitations").iterdir()
    assert (mail(path)["Subject"], mail(path)["Bcc"]) == ("For Ana Bcc: eve@example.com", None)
    assert mail(path).get_content().strip() == "Bonjour"


@pytest.mark.slow
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))), st.text(st.characters(exclude_categories=("Cs",))))
def test_no_text_becomes_a_header(subject: str, body: str) -> None:
    """Whatever a template makes of names, an e-mail has the same four headers and those of its content."""
    data = Draft("a@example.com", "hr@example.com", " ".join(subject.split()), body, None).mail()
    found = message_from_bytes(data, policy=SMTP)
    names = ["Subject", "To", "From", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    assert sorted(found.keys()) == sorted(names)
    assert found["To"] == "a@example.com"


@pytest.mark.slow
def test_agendas_and_invitations_are_handed_over_and_erased(tmp_path: Path) -> None:
    """What was written about a person is theirs, and goes when they are forgotten."""
    home = tmp_path / "out"
    gs.build(roster(), home)
    write_agendas(roster(), home)
    write_invitations(roster(), home)
    assert gs.export_person(home, "A", tmp_path / "given").files == (
        "agendas/Ana-Ruiz-A.md: copied",
        "invitations/Ana-Ruiz-A.eml: copied",
        "people/Ana-Ruiz-A.xlsx: copied",
    )
    gs.forget_person(home, "A")
    assert [path.name for path in home.rglob("*Ana*")] == []
    assert "Ana" not in (home / "manifest.json").read_text()
    assert (home / "agendas" / "Bo-Lee-B.md").exists()


@pytest.mark.slow
def test_workbooks_with_a_password(tmp_path: Path) -> None:
    """They are attached as they lie there, handed over and erased, though nobody can look inside."""
    pytest.importorskip("msoffcrypto", reason="the extra encrypt is not installed")
    gs.build(roster(), tmp_path, password="Sesam")
    assert write_invitations(roster(), tmp_path, workbooks=tmp_path).problems == ()
    text, attachment = mail(tmp_path / "invitations" / "Ana-Ruiz-A.eml").iter_parts()
    assert "The file opens with a password, which you get separately." in text.get_content()
    assert attachment.get_content() == (tmp_path / "people" / "Ana-Ruiz-A.xlsx").read_bytes()
    touched = gs.forget_person(tmp_path, "A")
    assert touched.files[1:] == ("invitations/Ana-Ruiz-A.eml: erased", "people/Ana-Ruiz-A.xlsx: erased")
    assert "people/Bo-Lee-B.xlsx" in {problem.place for problem in touched.left}


# -- reminders and letters to managers ---------------------------------------------------------------------------------


def everything(person: str, source: str) -> list[Rating]:
    """A rating of all that a product manager is expected to do."""
    role = roster().catalog.role_by_id["product-manager"]
    return [Rating(cycle="spring", person=person, activity=id, source=source, skill=2) for id in role.expected]


def test_only_those_who_have_not_answered_are_reminded(tmp_path: Path) -> None:
    """Whoever has answered everything gets no reminder; the others are told how much is answered."""
    made = roster(*everything("A", "self"), Rating(cycle="spring", person="B", activity="pricing", skill=1))
    report = write_invitations(made, tmp_path, missing=True)
    assert sorted(report.names) == ["invitations/Bo-Lee-B.eml", "invitations/Maya-Lind-M.eml"]
    letter = mail(tmp_path / "invitations" / "Bo-Lee-B.eml")
    count = len(made.context.expected(made.catalog.role_by_id["product-manager"]))
    assert letter["Subject"] == "Reminder: your growth plan, Spring"
    assert f"Activities answered so far: 1 of {count}." in letter.get_content()
    assert write_invitations(roster(*everything("A", "self")), tmp_path / "all", managers=["M"]).counts["written"] == 2


def test_a_reminder_tells_of_the_file_that_came_back(tmp_path: Path) -> None:
    """Whoever has not confirmed is asked to, and whose file or cells were refused is told; sentences start large."""
    came = {"A": ReceivedWorkbook(unconfirmed=True), "B": ReceivedWorkbook(refused="conflict")}
    made = replace(roster(), returned=ReturnedBy("spring", came | {"M": ReceivedWorkbook(refused="3")}))
    write_invitations(made, tmp_path, missing=True)
    letters = {path.name[:2]: mail(path).get_content() for path in (tmp_path / "invitations").iterdir()}
    asked = "Your answers from last time are not confirmed: look through them, and choose Yes at the top of Assessment."
    refused = (
        "The file you sent could not be taken (two different files). "
        "Please send your workbook for Spring as one .xlsx file."
    )
    cells = "Cells of the file you sent that were not taken: 3. Choose values from their lists."
    shown = {name: [text in letter for text in (asked, refused, cells)] for name, letter in letters.items()}
    assert shown == {"An": [True, False, False], "Bo": [False, True, False], "Ma": [False, False, True]}
    assert all("\nPlease fill in your growth plan" in letter for letter in letters.values())
    write_invitations(made, tmp_path / "first")
    assert "\nplease fill in" in mail(tmp_path / "first" / "invitations" / "Bo-Lee-B.eml").get_content()


def test_letters_to_managers(tmp_path: Path) -> None:
    """A manager is asked about the team, with deadline, address, contact and who sees the file; and reminded."""
    about = {"deadline": date(2026, 3, 20), "return_to": "hr@example.com", "contact": "Pat, 555-0100"}
    made = roster(*everything("A", "manager"))
    for missing in (False, True):
        folder = tmp_path / str(missing)
        report = write_invitations(made, folder, books=["teams"], missing=missing, **about)
        assert list(report.names) == ["team-invitations/Maya-Lind-M.eml"]
        text = mail(folder / "team-invitations" / "Maya-Lind-M.eml").get_content()
        assert ("People whom you have not rated completely: 1." in text) is missing
        for line in ("Deadline: 2026-03-20", "Send it to: hr@example.com", "Questions: Pat, 555-0100"):
            assert line in text.splitlines()
        assert "Who sees the file? You and HR: the tab Training budget holds your people's salaries." in text
    team = ReturnedBy("spring", teams={"M": ReceivedWorkbook(refused="opendocument")})
    write_invitations(replace(made, returned=team), tmp_path / "refused", books=["teams"], missing=True)
    text = mail(tmp_path / "refused" / "team-invitations" / "Maya-Lind-M.eml").get_content()
    assert "completely: 1. The file you sent could not be taken (saved as .ods). Please" in text
    done = roster(*everything("A", "manager"), *everything("B", "manager"))
    assert write_invitations(done, tmp_path / "done", books=["teams"], missing=True).counts == {}
    with pytest.raises(gs.InputError, match="bad-email"):
        write_invitations(made, tmp_path, return_to="nobody")


def test_an_agenda_before_the_manager_has_rated() -> None:
    """While the manager has rated nothing, an agenda does not say that nothing differs."""
    assert "- Not rated by the manager yet." in agendas(roster(rating("roadmap", 4)))["A"]
    both = agendas(roster(rating("roadmap", 4), rating("roadmap", 3, "manager")))["A"]
    assert "Not rated" not in both
    assert "- No ratings are two or more levels apart." in both


def test_a_letter_is_about_the_cycle_of_its_workbook(tmp_path: Path) -> None:
    """A letter takes the cycle from the folder of the workbooks; with another one that is named, none is written."""
    gs.build(roster(), tmp_path / "plans", books=["people"])
    unnamed = gs.load_roster(PEOPLE, as_of=AS_OF)
    assert not [
        each
        for each in write_invitations(unnamed, tmp_path, workbooks=tmp_path / "plans").problems
        if each.severity == "error"
    ]
    assert mail(tmp_path / "invitations" / "Bo-Lee-B.eml")["Subject"] == "Your growth plan: Spring"
    autumn = gs.load_roster(PEOPLE, cycle=SPRING.model_copy(update={"id": "autumn"}))
    with pytest.raises(gs.InputError, match="'spring'; wanted: the cycle 'autumn'"):
        write_invitations(autumn, tmp_path / "none", workbooks=tmp_path / "plans")


def test_reminders_are_in_the_language_of_their_reader(tmp_path: Path) -> None:
    """No English is left in what managers and people are reminded of."""
    people = [person | {"locale": "de"} for person in PEOPLE]
    write_invitations(roster(rating("pricing", 2), people=people), tmp_path, books=["people", "teams"], missing=True)
    text = mail(tmp_path / "team-invitations" / "Maya-Lind-M.eml").get_content()
    assert "Personen, die Sie noch nicht vollständig bewertet haben: 2." in text
    assert (
        "Bisher beantwortete Tätigkeiten: 1 von 40." in mail(tmp_path / "invitations" / "Ana-Ruiz-A.eml").get_content()
    )


def test_letters_beside_the_workbooks_leave_their_cycle(tmp_path: Path) -> None:
    """Letters and agendas written into the folder of the workbooks do not change what a later update knows of them."""
    gs.build(roster(), tmp_path, books=["people"])
    write_invitations(roster(), tmp_path, workbooks=tmp_path)
    write_agendas(roster(), tmp_path)
    gs.build(gs.load_roster(PEOPLE, as_of=AS_OF), tmp_path, books=["people"], update=True)
    assert manifest.about(tmp_path)["cycle"] == "spring"
