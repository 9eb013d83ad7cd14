"""Habits of people who keep rosters by hand, and what spreadsheets do to them: asked about or told, never silent."""

from __future__ import annotations

from operator import attrgetter

import pytest

from growthsheet.errors import InputError
from tests.sources.rosters.reading_rosters import Read, Wrong


def code(problem: str) -> str:
    """The code at the end of a printed problem."""
    return problem.rpartition("[")[2].rstrip("]")


def notes(read: Read, text: str) -> dict[str, str]:
    """What the notes on a roster found, by code."""
    return {note.code: note.found for note in read(text).notes}


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("\u2020Bo Ek", "\u2020"),
        ("~Bo Ek~", "~"),
        ("Bo Ek*", "*"),
        ("\u2605 Bo Ek", "\u2605"),
        ("x_Bo Ek", "x"),
        ("Bo Ek / leaving", "leaving"),
    ],
)
def test_remarks_and_signs_beside_a_name_are_asked_about(read: Read, wrong: Wrong, name: str, remark: str) -> None:
    """Only a legend elsewhere tells what a sign beside a name means; --status answers, and the name is without it."""
    text = f"id,name,title\n1,Ann,Owner\n2,{name},Owner\n"
    assert f'--status "{remark}=left"' in wrong(text)[0]
    assert [person.id for person in read(text, status={remark: "left"}).people] == ["1"]
    assert read(text, status={remark: "employed"}).people[1].name == "Bo Ek"


@pytest.mark.parametrize(("name", "word"), [("Bo Ek EXT", "EXT"), ("DELETED Bo Ek", "DELETED"), ("zzz Bo Ek", "zzz")])
def test_words_around_a_name_are_asked_about(read: Read, wrong: Wrong, name: str, word: str) -> None:
    """A word before or after a whole name may say that somebody is no employee."""
    text = f"id,name,title\n1,Ann,Owner\n2,{name},Owner\n"
    assert f'--status "{word}=left"' in wrong(text)[0]
    assert len(read(text, status={word: "left"}).people) == 1


@pytest.mark.parametrize("name", ['"=HYPERLINK(""x"",""Bo"")"', "J?rg Ek", "Bo &amp; Ek", "<b>Bo</b>", "a_b@x.com"])
def test_what_no_name_has_inside(read: Read, wrong: Wrong, name: str) -> None:
    """Formulas, marks of web pages, lost letters and addresses are asked about; --accept takes them as they are."""
    text = f"id,name,title\n1,Ann,Owner\n2,{name},Owner\n"
    assert list(map(code, wrong(text))) == ["odd-name"]
    assert len(read(text, accept=["odd-name"]).people) == 2


@pytest.mark.parametrize(
    "name", ["O\u2019Neil, Ann-Sofie", 'Ann "Annie" Ek', "Ann Ek Jr.", "Anna/Maria Ek", "मोना शर्मा", "Person 7"]
)
def test_usual_names_are_not_asked_about(read: Read, name: str) -> None:
    """Apostrophes, hyphens, nicknames, points, numbers and signs of other scripts belong to names."""
    text = f'id;name;title\n1;"{name.replace(chr(34), chr(34) * 2)}";Owner\n'
    assert [person.name for person in read(text).people] == [name]


@pytest.mark.parametrize("column", ["name", "team"])
def test_letters_that_were_spoiled(wrong: Wrong, column: str) -> None:
    """UTF-8 that a program read as another encoding is refused, in any column of texts."""
    row = {"name": "Ann", "team": "A"} | {column: "J\u00c3\u00b6rg"}
    problems = wrong(f"id,name,title,team\n1,{row['name']},Owner,{row['team']}\n")
    assert list(map(code, problems)) == ["spoiled-letters"]
    assert f"row 2, column {column}" in problems[0]


@pytest.mark.parametrize("id", ["1e5", "1.0", '"44,927"', "44.927", '"12,345.00"', "1 234"])
def test_ids_as_a_spreadsheet_shows_numbers(read: Read, wrong: Wrong, id: str) -> None:
    """An id with an exponent, decimals or thousands marks is asked about; some systems have such ids."""
    text = f"id,name,title\n{id},Ann,Owner\n2,Bo,Owner\n"
    assert list(map(code, wrong(text))) == ["spoiled-id"]
    assert read(text, accept=["spoiled-id"]).people[0].id == id.strip('"')


@pytest.mark.parametrize(("id", "manager"), [("00007", "7"), ("7", "00007"), ("7", "7.0"), ("007", "7,00")])
def test_zeros_that_one_column_has_lost(read: Read, id: str, manager: str) -> None:
    """A manager's id without its zeros, or with a spreadsheet's decimals, finds the person, and is told."""
    text = f'id,name,title,manager id\n{id},Ann,Owner,\n8,Bo,Owner,"{manager}"\n'
    assert read(text).people[1].manager == id
    assert "'Ann' (row 3)" in notes(read, text)["manager-zeros"]
    both = f'{text}"{manager}",Cy,Owner,\n'
    found = read(both, accept=["spoiled-id"])
    assert (found.people[1].manager, "manager-zeros" in map(attrgetter("code"), found.notes)) == (manager, False)


@pytest.mark.parametrize("kind", ["Temp", "Board member", "Trustee"])
def test_kinds_of_workers_that_may_be_none(wrong: Wrong, kind: str) -> None:
    """Who may be no employee is asked about."""
    told = wrong(f"id,name,title,worker type\n1,Ann,Owner,Employee\n2,Bo,Owner,{kind}\n")
    assert f'--status "{kind}=left"' in told[0]


def test_kinds_of_workers_are_told(read: Read) -> None:
    """Of several kinds of workers it is told which are taken as employees; --status leaves one out."""
    text = "id,name,title,worker type\n1,Ann,Owner,Employee\n2,Bo,Owner,Intern\n3,Cy,Owner,Employee\n"
    assert notes(read, text)["worker-types"].endswith("'Employee' (2), 'Intern' (1)")
    assert len(read(text, status={"Intern": "left"}).people) == 2
    assert "worker-types" not in notes(read, text.replace("Intern", "Employee"))


@pytest.mark.parametrize("words", ["gone since May", "leaves end of June", "she is no longer here", "passed away 2024"])
def test_comments_that_tell_of_leaving(read: Read, wrong: Wrong, words: str) -> None:
    """A remark among others that somebody left is a question, unless their status says so too."""
    rows = "".join(f"{n},Ann {chr(n + 60)},Owner,remark {n}\n" for n in range(5, 15))
    text = f"id,name,title,Comments\n1,Bo,Owner,{words}\n{rows}"
    assert code(wrong(text)[0]) == "unread-status"
    assert len(read(text, ignore=["Comments"]).people) == 11
    said = f"id,name,title,status,Comments\n1,Bo,Owner,Terminated,{words}\n2,Cy,Owner,Active,x\n"
    assert len(read(said).people) == 1


@pytest.mark.parametrize("word", ["present", "open", "-", "n/a", "unbefristet", "en cours", "Indefinido"])
def test_words_for_no_end(read: Read, wrong: Wrong, word: str) -> None:
    """Words for "still here" in the column of ends are blanks, and told; a start is a date."""
    text = f"id,name,title,start,end\n1,Ann,Owner,2020-01-31,{word}\n"
    assert [person.end for person in read(text).people] == [None]
    assert f"'{word}'" in notes(read, text)["placeholder-date"]
    assert list(map(code, wrong("id,name,title,start\n1,Ann,Owner,present\n"))) == ["not-a-date"]


@pytest.mark.parametrize(
    ("words", "currency"), [("US Dollar", "USD"), ("Pounds Sterling", "GBP"), ("swiss francs", "CHF"), ("Yen", "JPY")]
)
def test_currencies_by_name(read: Read, words: str, currency: str) -> None:
    """The currency column may hold names."""
    assert read(f"id,name,title,annual salary,currency\n1,Ann,Owner,90000,{words}\n").pay[0].currency == currency


def test_pay_is_never_carried_in(wrong: Wrong) -> None:
    """A column of pay cannot be named for what is left of the training budget."""
    text = "id,name,title,gross pay\n1,Ann,Owner,50000\n"
    assert code(wrong(text, map={"carry_in": "gross pay"})[0]) == "pay-column"


@pytest.mark.parametrize("row", ["9,Total Sales,Owner", "Total,Sales,Owner", ",Grand Total,Owner"])
def test_totals_with_a_title(read: Read, row: str) -> None:
    """The total of a department is nobody, also where its row has a title."""
    text = f"id,name,title\n1,Ann,Owner\n{row}\n"
    assert [person.id for person in read(text).people] == ["1"]
    assert "row 3" in notes(read, text)["no-people"]


def test_a_name_that_is_too_long(read: Read) -> None:
    """A name of 5,000 characters is told in our words, with its row."""
    with pytest.raises(InputError) as caught:
        read(f"id,name,title\n1,{'Ann ' * 1250},Owner\n")
    [problem] = caught.value.problems
    assert (problem.code, problem.expected) == ("text-length", "at most 500 characters")
    assert "row 2, column name" in problem.place


@pytest.mark.parametrize("name", ["Open Role", "Req-2231", "NN", "N.N.", "Hiring Q3", "Planstelle 7", "Median"])
def test_places_that_nobody_has_yet(read: Read, name: str) -> None:
    """A vacancy is nobody, whatever it is called; it is told."""
    text = f"id,name,title\n1,Ann,Owner\n2,{name},{'' if name == 'Median' else 'Owner'}\n"
    assert [person.id for person in read(text).people] == ["1"]
    assert "row 3" in notes(read, text)["no-people"]


def test_ids_that_say_external(read: Read, wrong: Wrong) -> None:
    """An id such as EXT-22 is a question."""
    text = "id,name,title\n1,Ann,Owner\nEXT-22,Bo,Owner\n"
    assert '--status "ext=left"' in wrong(text)[0]
    assert len(read(text, status={"ext": "employed"}).people) == 2


def test_pay_that_stands_for_something_else(read: Read, wrong: Wrong) -> None:
    """Pay of 1 a year for everybody is a question; 1 an hour is pay."""
    text = "id,name,title,{} salary,currency\n1,Ann,Owner,1,EUR\n2,Bo,Owner,1,EUR\n"
    assert list(map(code, wrong(text.format("annual")))) == ["pay-all-zero"]
    assert len(read(text.format("annual"), accept=["pay-all-zero"]).pay) == len(read(text.format("hourly")).pay) == 2


def test_addresses_are_told(read: Read) -> None:
    """An address that two people have, and what is none, is told; it finds nobody wrongly."""
    text = "id,name,title,email\n1,Ann,Owner,team@x.com\n2,Bo,Owner,Team@x.com\n3,Cy,Owner,c@x.com\n"
    assert notes(read, text)["odd-addresses"].count("row") == 2
    assert notes(read, "id,name,title,email\n1,Ann,Owner,ann at x\n")["odd-addresses"].startswith("not an e-mail")
    assert "odd-addresses" not in notes(read, text.replace("Team@", "b@"))


def test_headcount_may_be_working_time(wrong: Wrong) -> None:
    """A column of heads that holds 0.5 may say who works part-time."""
    text = "id,name,title,Headcount\n1,Ann,Owner,1\n2,Bo,Owner,0.5\n"
    assert list(map(code, wrong(text)))[:1] == ["unread-hours"]


@pytest.mark.parametrize("day", ["3. M\u00e4rz 2020", "3 de marzo de 2020", "3 mars 2020", "Mar 3, 2020", "3 mrt 2020"])
def test_months_in_words(read: Read, day: str) -> None:
    """A month may be written in seven languages, in full or in short."""
    assert str(read(f'id;name;title;start\n1;Ann;Owner;"{day}"\n').people[0].start) == "2020-03-03"
