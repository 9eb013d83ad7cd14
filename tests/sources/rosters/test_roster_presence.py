"""Who is on a roster, as real exports tell it: status, dates, rows that are no people, ids that were spoiled."""

from __future__ import annotations

import pytest

from growthsheet.sources.rosters.headers import field_of
from tests.sources.rosters.reading_rosters import Read, Wrong
from tests.sources.rosters.test_roster_money import code

STATUS = "id,name,title,status\n1,Ann,Owner,Active\n"


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Position Status", "Terminated"),
        ("Assignment Status", "Inactive - Payroll Eligible"),
        ("Lifecycle status", "Terminated"),
        ("Joined Date", "2027-01-01"),
        ("Date Embauche", "2027-01-01"),
        ("Date of Termination", "2020-01-01"),
        ("termdate", "2020-01-01"),
        ("DOJ", "2027-01-01"),
        ("入社日", "2027年4月1日"),
        ("退職日", "2020/03/31"),
    ],
)
def test_names_that_decide_who_is_there(read: Read, name: str, left: str) -> None:
    """Whoever left or has not started gets no workbook, under any of these names."""
    reading = read(f"id,name,title,{name}\n1,Ann,Owner,\n2,Bo,Owner,{left}\n")
    assert [person.id for person in reading.people] == ["1"]


@pytest.mark.parametrize(
    ("name", "cell", "expected"),
    [
        ("Active Status", "No", "unknown-status"),
        ("accountEnabled", "False", "unknown-status"),
        ("Contract Start Date", "2027-01-01", "unread-dates"),
        ("Vertragsende", "31.12.2025", "unread-dates"),
        ("Sep. Dt", "12/31/2019", "unread-dates"),
        ("Remark", "Terminated", "unread-status"),
        ("Terminated", "Yes", "unread-status"),
        ("Left the company", "x", "unread-status"),
        ("Employment Type", "Part time", "unread-hours"),
        ("Workload", "80%", "unread-hours"),
        ("% Beschäftigung", "80", "unread-hours"),
        ("Exit reason", "Voluntary", "unread-status"),
        ("Employee group", "Retiree", "unread-status"),
        ("Home currency", "EUR", "unread-currency"),
        ("Boss code", "S1", "unread-manager"),
        ("Reports up to", "Ann", "unread-manager"),
        ("Ansprechpartner", "Ann", "unread-manager"),
        ("State", "Terminated", "unread-status"),
        ("Temps de travail", "80", "unread-hours"),
        ("Dienstverband", "0.8", "unread-hours"),
        ("Current?", "No", "unread-status"),
        ("On payroll", "N", "unread-status"),
        ("In service", "0", "unread-status"),
        ("Emp Stat", "T", "unread-status"),
        ("HR State", "T", "unread-status"),
        ("Deleted", "x", "unread-status"),
    ],
)
def test_unread_columns_that_may_decide_are_asked_about(
    read: Read, wrong: Wrong, name: str, cell: str, expected: str
) -> None:
    """By its name or by what stands in it; --ignore is an answer, and is named."""
    text = f"id,name,title,{name}\n1,Ann,Owner,\n2,Bo,Owner,{cell}\n"
    problem, *later = wrong(text)
    assert (code(problem), {*map(code, later)} - {"unknown-status"}) == (expected, set())
    assert len(read(text, ignore=[name]).people) == 2
    assert expected == "unknown-status" or f'--ignore "{name}"' in problem


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Shoe size", "38"),
        ("State", "CA"),
        ("Is Manager", "Yes"),
        ("Next review", "2026-09-01"),
        ("Grade", "7"),
        ("Phone", "555 1234"),
        ("Office", "Berlin"),
        ("Bonus %", "10%"),
        ("Time zone", "CET"),
        ("Pay group", "1"),
    ],
)
def test_other_columns_are_listed(read: Read, name: str, cell: str) -> None:
    """What decides nothing is listed in a note and asks for nothing."""
    reading = read(f"id,name,title,{name}\n1,Ann,Owner,\n2,Bo,Owner,{cell}\n")
    assert [note.found for note in reading.notes] == [f"not read: {name}"]


def test_an_explicit_column_answers_for_its_field(read: Read) -> None:
    """Who names the column of a field is not asked about others that may be it."""
    text = "id,name,title,Hired,Contract Start Date\n1,Ann,Owner,2020-01-01,2027-01-01\n"
    assert read(text, map={"start": "Hired"}).people[0].start is not None


@pytest.mark.parametrize("cell", ["Ann Stone", "Stone, Ann", "Stone Ann"])
def test_managers_are_sought_by_both_parts_of_names(wrong: Wrong, cell: str) -> None:
    """First and last names in two columns make names, too, when a column may say who leads whom."""
    text = f'id,first name,last name,title,Nærmeste leder\n1,Ann,Stone,Owner,\n2,Bo,Carr,Owner,"{cell}"\n'
    assert [code(problem) for problem in wrong(text)] == ["unread-manager"]


def test_first_names_without_surnames_are_asked_about(wrong: Wrong, read: Read) -> None:
    """A surname in a column that is not read would be lost; a French usage name is read."""
    text = "id,prénom,nom de naissance,nom d'usage,title\n1,Anne,Durand,Roux,Owner\n2,Paul,Blanc,{},Owner\n"
    assert [code(problem) for problem in wrong(text.format(""))] == ["no-surname"]
    assert read(text.format("Blanc")).people[0].name == "Anne Roux"
    assert read(text.format(""), accept=["no-surname"]).people[1].name == "Paul"


def test_a_column_of_percentages_is_asked_about(wrong: Wrong, read: Read) -> None:
    """Whatever it is called, a column with 100 % and less may say who works part-time."""
    text = "id,name,title,{}\n1,Ann,Owner,100 %\n2,Bo,Owner,80 %\n"
    assert [code(problem) for problem in wrong(text.format("Ratio d'emploi"))] == ["unread-hours"]
    assert [code(problem) for problem in wrong("id,name,title,Full/Part\n1,Ann,Owner,F\n2,Bo,Owner,P\n")] == [
        "unread-hours"
    ]
    assert len(read("id,name,title,Bonus\n1,Ann,Owner,10 %\n2,Bo,Owner,80 %\n").people) == 2


@pytest.mark.parametrize(
    ("name", "full", "part"), [("Contract", "40h", "20 h"), ("Working days", "Mon-Fri", "Mon-Wed")]
)
def test_a_column_of_hours_is_asked_about(wrong: Wrong, read: Read, name: str, full: str, part: str) -> None:
    """Hours that tell their unit, or the days of the week, may say who works part-time."""
    text = f"id,name,title,{name}\n1,Ann,Owner,{full}\n2,Bo,Owner,{{}}\n"
    assert [code(problem) for problem in wrong(text.format(part))] == ["unread-hours"]
    assert len(read(text.format(part), ignore=[name]).people) == 2
    assert len(read(text.format(full)).people) == 2


def test_a_column_of_letters_for_periods_is_asked_about(wrong: Wrong) -> None:
    """Letters of payroll systems are periods also in a column whose name nobody knows."""
    text = "id,name,title,salary,currency,PayFreq\n1,Ann,Owner,60000,EUR,Y\n2,Bo,Owner,5000,EUR,M\n"
    assert "unread-basis" in [code(problem) for problem in wrong(text, basis="annual")]


def test_a_column_of_periods_is_asked_about(wrong: Wrong, read: Read) -> None:
    """A column that says of one person a year and of another an hour decides what their pay is."""
    text = "id,name,title,annual salary,currency,{}\n1,Ann,Owner,60000,EUR,Annual\n2,Bo,Owner,95,EUR,Hourly\n"
    assert "unread-basis" in [code(problem) for problem in wrong(text.format("Wage Kind"), accept=["pay-far-apart"])]
    alike = text.format("Wage Kind").replace("Hourly", "Annual").replace(",95,", ",95000,")
    assert len(read(alike).pay) == 2


def test_a_week_of_less_than_40_hours(read: Read) -> None:
    """Where nobody works 40 hours, the week of most people is full time, which is told; a named one is taken."""
    text = "id,name,title,weekly hours\n1,Ann,Owner,37.5\n2,Bo,Owner,37.5\n3,Cy,Owner,30\n"
    reading = read(text)
    assert [person.fte for person in reading.people] == [1.0, 1.0, 0.8]
    assert [note.code for note in reading.notes] == ["full-time"]
    assert [person.fte for person in read(text, hours=40).people] == [0.9375, 0.9375, 0.75]


@pytest.mark.parametrize(
    ("header", "row", "word"),
    [
        ("Worker type", "Bo Li,Contractor", "Contractor"),
        ("Worker type", "Bo Li,Candidate", "Candidate"),
        ("Status", "Bo Li,Contractor", "Contractor"),
        ("Team", "Bo Li,Leavers", "Leavers"),
        ("Status", "[INACTIVE] Bo Li,Active", "INACTIVE"),
        ("Status", "Bo Li (External),Active", "External"),
        ("Status", "Bo Li Terminated,Active", "Terminated"),
        ("Status", "Bo Li (OLD),Active", "OLD"),
        ("Status", "Bo Li (Deactivated),", "Deactivated"),
        ("Status", "zz_Bo Li,Active", "zz"),
        ("Status", "Bo Li (deleted),Active", "deleted"),
    ],
)
def test_people_set_apart_are_asked_about(read: Read, wrong: Wrong, header: str, row: str, word: str) -> None:
    """Contractors, and people whose name or team says that they left, get no workbook in silence."""
    text = f"id,title,name,{header}\n1,Owner,Ann,\n2,Owner,{row}\n"
    [problem] = wrong(text)
    assert f'--status "{word}=employed" or --status "{word}=left"' in problem
    assert [len(read(text, status={word: meaning}).people) for meaning in ("left", "employed")] == [1, 2]


def test_people_who_came_back_are_asked_about(read: Read, wrong: Wrong) -> None:
    """A day of coming back beside an end is asked about, and only there: its person would be taken to have left."""
    text = "id,name,title,hire date,end date,Rehire date\n1,Ann,Owner,2020-01-01,{},2025-01-01\n"
    assert [code(problem) for problem in wrong(text.format("2023-05-05"))] == ["unread-dates"]
    assert len(read(text.format("")).people) == 1


def test_people_who_left_are_not_asked_about(read: Read) -> None:
    """Whether a contractor belongs to the people who are here is nothing to ask once they have left."""
    text = "id,name,title,end,Worker type\n1,Ann,Owner,,Employee\n2,Bo,Owner,2020-01-01,Contractor\n"
    assert [person.id for person in read(text).people] == ["1"]


@pytest.mark.parametrize(
    "name",
    [
        "[INACTIVE] Bo Li",
        "Bo Li - Terminated",
        "Terminated - Bo Li",
        "*Leaver* Bo Li",
        "Bo Li (Terminated 2023)",
        "Bo Li [Terminated 31/01/2024]",
    ],
)
def test_names_that_say_who_left(read: Read, name: str) -> None:
    """Where no status says anything else, a remark beside the name is one."""
    text = f"id,name,title\n1,Ann,Owner\n2,{name},Owner\n"
    assert [person.id for person in read(text).people] == ["1"]
    assert read(text, status={name.strip("[]*").split(" ")[0]: "employed"} | STAYS).people[1].name == "Bo Li"


STAYS = dict.fromkeys(("INACTIVE", "Terminated", "Terminated 31/01/2024", "Leaver"), "employed")


def test_a_second_column_says_who_left(read: Read, wrong: Wrong) -> None:
    """A column beside the status is asked about where it says that somebody left whom the status calls active."""
    text = "id,name,title,status,Group\n1,Ann,Owner,Active,Staff\n2,Bo,Owner,{},Leavers\n"
    assert '--map worker_type="Group"' in wrong(text.format("Active"))[0]
    assert len(read(text.format("Terminated")).people) == 1
    both = text.replace("status,Group", "team,department").format("Core")
    assert '--map worker_type="department"' in wrong(both)[0]
    assert "Leavers=left" in wrong(both, map={"worker_type": "department"})[0]


def test_several_columns_of_worker_types(read: Read, wrong: Wrong) -> None:
    """Each of them is looked at, and none is taken for the other."""
    text = "id,name,title,Worker Type,Employment Type\n1,Ann,Owner,Employee,Regular\n2,Bo,Owner,Contingent,Regular\n"
    assert "Contingent Regular=left" in wrong(text)[0]
    assert len(read(text, ignore=["Worker Type"]).people) == 2


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Date of Resignation", ["end"]),
        ("Contract begin", ["start"]),
        ("Last day at desk", ["end"]),
        ("Contract dates", ["start", "end"]),
    ],
)
def test_dates_are_asked_about_as_what_they_may_be(wrong: Wrong, name: str, fields: list[str]) -> None:
    """A day of leaving is never offered as a start."""
    [problem] = wrong(f"id,name,title,{name}\n1,Ann,Owner,\n2,Bo,Owner,2020-01-31\n")
    assert [field for field in ("start", "end") if f'--map {field}="' in problem] == fields


WORDS = ["T", "No", "N", "FALSE", "0", "Archived", "Deactivated", "Dimesso", "Withdrawn", "Not on payroll"]


@pytest.mark.parametrize("word", [*WORDS, "Suspended", "Garden leave", "To be terminated", "1", "Yes"])
def test_unknown_status_words_are_one_question(read: Read, wrong: Wrong, word: str) -> None:
    """A word is neither guessed as employed nor as left; the user says it."""
    text = STATUS + f"2,Bo,Owner,{word}\n3,Cy,Owner,Q7\n"
    [problem] = wrong(text)
    assert f"'{word}' (1), 'Q7' (1)" in problem
    for meaning, people in (("left", 1), ("employed", 3)):
        assert len(read(text, status={word: meaning, "q7": meaning}).people) == people


@pytest.mark.parametrize(
    ("word", "shown"), [("Active (until 31.12.2024)", "Active (until …)"), ("61234 EUR", "a number")]
)
def test_words_without_their_numbers(read: Read, wrong: Wrong, word: str, shown: str) -> None:
    """A word is told as the message shows it, without numbers that may be pay; it answers the question so, too."""
    text = STATUS + f"2,Bo,Owner,{word}\n"
    [problem] = wrong(text)
    assert f'--status "{shown}=employed"' in problem
    assert [len(read(text, status={say: "left"}).people) for say in (shown, word)] == [1, 1]


@pytest.mark.parametrize("word", ["Active Employee", "Active - Payroll Eligible", "Leave of absence", "Sick leave"])
def test_known_status_words(read: Read, word: str) -> None:
    """These need no question."""
    assert len(read(STATUS + f"2,Bo,Owner,{word}\n").people) == 2


def test_status_and_end_that_contradict(read: Read, wrong: Wrong) -> None:
    """Terminated with an end to come, active with one that is past: asked; accepted, the date decides."""
    text = "id,name,title,status,end\n1,Ann,Owner,Active,2025-01-01\n2,Bo,Owner,Terminated,2026-12-31\n"
    [problem] = wrong(text)
    assert "'Active' with the end 2025-01-01 (row 2), 'Terminated' with the end 2026-12-31 (row 3)" in problem
    assert [person.id for person in read(text, accept=["status-contradicts-end"]).people] == ["2"]


@pytest.mark.parametrize(
    "row",
    [
        "Total,2 employees,,272000",
        "Total,Total,,150000",
        ",Summe,,150000",
        "2 people,,,",
        "合計,,,150000",
        "9,Sales total,,272000",
        "9,Sales (2 people),,272000",
        "9,Teamsumme,,272000",
    ],
)
def test_totals_are_nobody(read: Read, row: str) -> None:
    """A row of totals is left out and told, also where titles have a default."""
    text = f"id,name,title,annual pay in EUR\n1,Ann,Owner,122000\n2,Bo,Owner,150000\n{row}\n"
    reading = read(text, default_role="vp")
    assert ([person.id for person in reading.people], len(reading.pay)) == (["1", "2"], 2)
    assert [note.code for note in reading.notes if "row 4" in note.found] == ["no-people"]
    assert not any("50000" in note.found for note in reading.notes)


def test_a_person_may_be_called_like_a_total(read: Read) -> None:
    """Somebody with a title is a person."""
    assert len(read("id,name,title\n1,Ann,Owner\n2,Sum,Owner\n3,Summe Total,Owner\n").people) == 3


@pytest.mark.parametrize(
    "name", ["Vacant", "TBD - New hire", "Open Req 123", "N.N.", "Vakant", "DO NOT USE Bo", "Test User"]
)
def test_positions_without_a_person(read: Read, name: str) -> None:
    """A position that nobody holds has a title, and is left out and told."""
    reading = read(f"id,name,title\n1,Ann,Owner\n2,{name},Owner\n")
    assert ([person.id for person in reading.people], reading.notes[0].code) == (["1"], "no-people")


def test_footers_are_nobody(read: Read) -> None:
    """A line below the table that fills one cell is no person, and no ragged row."""
    reading = read("id,name,title\n1,Ann,Owner\n\nGenerated by HR on 2026-06-01\nPage 1 of 1\n")
    assert [note.code for note in reading.notes] == ["no-people"]


def test_accounts_of_a_directory_that_are_nobody(read: Read) -> None:
    """Guests, printers and service users of a directory are left out and told."""
    rows = ["1,Ann,Owner,Member,a@x.com", "2,Printer 3,,Member,p@x.com", "3,Bo,Owner,Guest,b@y.com"]
    rows += ["4,SVC Backup,,Member,svc@x.com", "5,Cy Ro,Owner,,cy_y.com#EXT#@x.com", "6,Conference Room A,,,r@x.com"]
    reading = read("id,displayName,jobTitle,userType,userPrincipalName\n" + "\n".join(rows), default_role="vp")
    assert [person.id for person in reading.people] == ["1"]
    assert "row 3 'Printer 3', row 4 'Guest', row 5 'SVC Backup'" in reading.notes[1].found


@pytest.mark.parametrize("name", ["\u200b", "True", "2024-01-05", "12345", "\u202e", "nan", "None"])
def test_names_that_are_none(wrong: Wrong, name: str) -> None:
    """A name has a letter that is seen."""
    assert list(map(code, wrong(f"id,name,title\n1,{name},Owner\n2,Bo,Owner\n"))) == ["no-name"]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("#REF!", "broken-cell"),
        ("#N/A", "broken-cell"),
        ("\u200b", "no-id"),
        ("--", "no-id"),
        ("nan", "no-id"),
        ("NULL", "no-id"),
    ]
    + [(spoiled, "spoiled-id") for spoiled in ("WAHR", "2024/01/05", "12:30", "00:00:00")]
    + [(spoiled, "spoiled-id") for spoiled in ("True", "2024-01-05", "1.23457E+11", "5E+11", "3-Mar", "Mar-03")],
)
def test_ids_that_were_spoiled(wrong: Wrong, id: str, expected: str) -> None:
    """What a spreadsheet made of an id is refused."""
    assert [expected] == list(map(code, wrong(f"id,name,title\n{id},Ann,Owner\n2,Bo,Owner\n")))


def test_ids_kept_from_a_spreadsheet(read: Read) -> None:
    """The spelling that keeps zeros in Excel is no part of the id."""
    assert read('id,name,title\n="0007",Ann,Owner\n"=""08""",Bo,Owner\n').people[0].id == "0007"


@pytest.mark.parametrize("pair", [("E001", "e001"), ("\u00c91", "E\u03011"), ("E1", "E1\u200b"), ("E1", "\uff251")])
def test_ids_that_are_one(wrong: Wrong, pair: tuple[str, str]) -> None:
    """Two spellings of one id are not two people."""
    [problem] = wrong(f"id,name,title\n{pair[0]},Ann,Owner\n{pair[1]},Bo,Owner\n")
    assert code(problem) in ("ids-alike", "repeated-id")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Employee Title", "title"),
        ("Job Title Description", "title"),
        ("Job Titles", "title"),
        ("JobRole", "title"),
        ("Payroll Name", "name"),
        ("USERID", "id"),
        ("MonthlyIncome", "salary"),
        ("BeschGrad", "fte"),
        ("Worker", "name"),
        ("Legal First Name", "first_name"),
        ("Position ID", ""),
        ("Job Description", ""),
        ("Reporting currency", ""),
        ("Manager's ID", "manager_id"),
        ("Manager\u2019s Name", "manager_name"),
    ],
)
def test_names_of_columns(name: str, field: str) -> None:
    """Names as exports have them, and some that must not be taken for a field."""
    assert field_of(name) == field


@pytest.mark.parametrize(
    ("name", "full", "part"),
    [("VZK", "1", "0.5"), ("Anteil", "1,0", "0,75"), ("Employment %", "100", "80"), ("Teilzeit", "nein", "ja")],
)
def test_shares_of_full_time_under_any_name(wrong: Wrong, name: str, full: str, part: str) -> None:
    """A column in which most are full and some are less is asked about, whatever its name."""
    text = f'id,name,title,{name}\n1,Ann,Owner,"{full}"\n2,Bo,Owner,"{full}"\n3,Cy,Owner,"{part}"\n'
    assert [code(problem) for problem in wrong(text)] == ["unread-hours"]


@pytest.mark.parametrize("cells", [("1", "1", "2"), ("1", "1", "12"), ("0.5", "0.7", "1"), ("100", "100", "100")])
def test_other_numbers_are_no_shares(read: Read, cells: tuple[str, str, str]) -> None:
    """Levels, scores and numbers that are all alike say nothing about part-time work."""
    text = "id,name,title,Score\n" + "".join(f"E{row},Ann {row},Owner,{cell}\n" for row, cell in enumerate(cells))
    assert [person.id for person in read(text).people] == ["E0", "E1", "E2"]
