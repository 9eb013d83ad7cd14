"""Who reports to whom: columns that contradict, names in all scripts, managers who left, people in nobody's team."""

from __future__ import annotations

import pytest

from tests.sources.rosters.reading_rosters import Read, Wrong
from tests.sources.rosters.test_roster_money import code

BOTH = "id,name,title,email,Manager ID,Manager Name,Manager Email\n1,Maya Lind,Owner,maya@x.com,,,\n4,Tom,Owner,,,,\n"


@pytest.mark.parametrize(("row", "names"), [("4,Maya Lind,", "Manager Name"), ("4,,maya@x.com", "Manager Email")])
def test_columns_about_the_manager_are_compared(read: Read, wrong: Wrong, row: str, names: str) -> None:
    """An id and a name, or an address, of two people is refused with its row; --map answers."""
    text = BOTH + f"5,Ana,Owner,,{row}\n"
    [problem] = wrong(text)
    assert code(problem) == "manager-contradiction"
    assert (
        f"row 4, column Manager ID: 'Manager ID' names 'Tom' (row 3) and '{names}' names 'Maya Lind' (row 2)" in problem
    )
    reading = read(text, map={"manager": "Manager ID"})
    assert (reading.people[2].manager, {each.how for each in reading.mapped}) == ("4", {"explicit", "known name"})


def test_a_blank_is_filled_by_the_other_column(read: Read) -> None:
    """Where the surer column says nothing, the other does."""
    text = BOTH + "5,Ana,Owner,,,Maya Lind,\n6,Bo,Owner,,,,MAYA@x.com\n7,Cy,Owner,,99,Maya Lind,\n"
    reading = read(text)
    assert [person.manager for person in reading.people[2:]] == ["1", "1", "1"]
    assert [n.found[-16:] for n in reading.notes if n.code == "manager-beside"] == ["a number (row 6)"]


def test_a_name_of_somebody_here_and_somebody_who_left(read: Read, wrong: Wrong) -> None:
    """Whose manager has the name of two people, one of whom left, is asked about; an id says which one."""
    text = "id,name,title,manager,end\n1,Maya Lind,Owner,,\n2,Maya Lind,Owner,1,2020-01-31\n3,Bo,Owner,{},\n"
    [problem] = wrong(text.format("Maya Lind"))
    assert code(problem) == "ambiguous-manager"
    assert "(2 people, rows 2, 3)" in problem
    assert [person.manager for person in read(text.format("1")).people] == ["", "1"]


@pytest.mark.parametrize(
    ("header", "row", "name", "manager"),
    [
        ("Voornaam,Voorvoegsel,Achternaam", "Jan,van der,Berg", "Jan van der Berg", "Berg, Jan van der"),
        ("Voornaam,Tussenvoegsel,Achternaam", "Jan,de,de Wit", "Jan de Wit", "Jan de Wit"),
        ("Voornamen,Roepnaam,Voorvoegsel,Achternaam", "Alexandra,Alex,de,Wit", "Alex de Wit", "Alexandra de Wit"),
        ("Nombre,Primer apellido,Segundo apellido", "Ana,Ruiz,Gil", "Ana Ruiz Gil", "Ruiz Gil, Ana"),
        ("Nombre,Apellido paterno,Apellido materno", "Ana,Ruiz,Gil", "Ana Ruiz Gil", "Ana Ruiz"),
        ("First name,Last name,Known as", "Alexandra,Ode,Alex", "Alex Ode", "Ode, Alexandra"),
        ("First name,Last name,Preferred name", "Alexandra,Ode,Alex Ode", "Alex Ode", "Alex Ode"),
        ("Name,Preferred name", "Alexandra Ode,Alex", "Alexandra Ode", "Alex Ode"),
        ("Name,Preferred name", '"Ode, Alexandra",Alex Ode', "Alex Ode", "Alexandra Ode"),
        ("Voornaam,Tussenvoegsel,Achternaam", "Jan,de,Demir", "Jan de Demir", "Demir, Jan de"),
        ("Nombre,Primer apellido,Segundo apellido", "Ana,Gil,Gil", "Ana Gil Gil", "Ana Gil"),
        ("Name", "Maya Lind", "Maya Lind", "Lind Maya"),
        ("Name", "Lind Maya Jo", "Lind Maya Jo", "Maya Jo Lind"),
    ],
)
def test_parts_of_names(read: Read, header: str, row: str, name: str, manager: str) -> None:
    """No part of a name is lost, people are called as they want, and managers are found by either name."""
    blank = "," * header.count(",")
    text = f'id,{header},title,manager\n1,{row},Owner,\n2,Bo{"," if blank else ""}Li{blank[1:]},Owner,"{manager}"\n'
    reading = read(text, accept=["no-surname"])
    people, told = reading.people, [note.code for note in reading.notes]
    assert ("preferred-names" in told) is ("Alex" in name and "Alexandra" not in name)
    assert [(people[0].name, person.manager) for person in people[1:]] == [(name, "1")]


PAIRS = [
    ("मीना शर्मा", "मोना शर्मा"),
    ("কমল দাস", "কমলা দাস"),
    ("கமலா தேவி", "கமலி தேவி"),
    ("สมชาย ใจดี", "สมชัย ใจดี"),
    ("田中 かな", "田中 がな"),
    ("محمد علي", "محمود علي"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_signs_of_other_scripts_are_letters(read: Read, wrong: Wrong, one: str, other: str) -> None:
    """Two names that differ in a vowel sign are two people, and neither is found for the other."""
    people = f"id,name,title,manager\n1,{one},Owner,\n2,{other},Owner,1\n"
    found = read(people + f"3,Ana,Owner,{other}\n4,Bo,Owner,{one}\n").people
    assert [person.manager for person in found] == ["", "1", "2", "1"]
    assert list(map(code, wrong(f"id,name,title,manager\n1,{one},Owner,\n3,Ana,Owner,{other}\n"))) == [
        "unknown-manager"
    ]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Zoë Łukasz", "zoe lukasz"), ("Ángel Ñu", "ANGEL NU"), ("Νίκος Παπάς", "νικος παπας"), ("Алёна Ли", "Алена Ли")],
)
def test_accents_of_three_scripts_may_be_left_out(read: Read, name: str, typed: str) -> None:
    """Latin, Greek and Cyrillic names are found without their accents."""
    assert read(f"id,name,title,manager\n1,{name},Owner,\n2,Bo,Owner,{typed}\n").people[1].manager == "1"


def test_an_exact_name_wins_over_one_that_is_alike(read: Read) -> None:
    """José and Jose are two people; each is found by the exact spelling."""
    text = (
        "id,name,title,manager\n1,José Ruiz,Owner,\n2,Jose Ruiz,Owner,1\n3,Ana,Owner,José Ruiz\n4,Bo,Owner,Jose Ruiz\n"
    )
    assert [person.manager for person in read(text).people[2:]] == ["1", "2"]


MAYA = 'id,name,title,email,manager\nM1,Maya Lind,Owner,maya@x.com,\nM2,Tom Ru,Owner,,M1\n3,Ana,Owner,,"{}"\n'


@pytest.mark.parametrize(
    "cell",
    [
        "Maya Lind (M1)",
        "Lind, Maya (M1)",
        "Maya Lind [M1]",
        "M1 - Maya Lind",
        "Maya Lind - M1",
        "mailto:maya@x.com",
        "MAILTO:Maya@x.com",
        "Maya Lind <maya@x.com>",
        "Maya Lind (On Leave)",
    ],
)
def test_managers_named_twice_over(read: Read, cell: str) -> None:
    """A name with its id, its address or a remark is that person."""
    assert read(MAYA.format(cell)).people[2].manager == "M1"


@pytest.mark.parametrize(
    "cell", ["Maya Lind (M9)", "Maya Lind (M2)", "Tom Ru - M1", "Maya Lind; Tom Ru", "Maya Lind / Tom Ru", "M1, M2"]
)
def test_managers_who_may_be_two(wrong: Wrong, cell: str) -> None:
    """A name with another's id, or two people in one cell, is refused."""
    assert list(map(code, wrong(MAYA.format(cell)))) in (["unknown-manager"], ["ambiguous-manager"])


def test_names_with_their_id(read: Read) -> None:
    """The id behind a name is no part of it; (Terminated) is a status."""
    reading = read("Employee ID,Worker,title\n1002,Ana Ruiz (1002),Owner\n1003,Bo Li (Terminated),Owner\n")
    assert [(person.id, person.name) for person in reading.people] == [("1002", "Ana Ruiz")]


def test_a_head_may_be_their_own_manager(read: Read) -> None:
    """Whoever reports to themself is the top, and that is told."""
    reading = read("id,name,title,manager\n1,Maya,Owner,1\n2,Ana,Owner,1\n")
    assert [person.manager for person in reading.people] == ["", "1"]
    assert [note.code for note in reading.notes] == ["own-manager"]


def test_a_blank_is_not_left_where_another_column_names_somebody(read: Read, wrong: Wrong) -> None:
    """A column that is not read is asked about where it alone names the manager, and not beside every other one."""
    text = "id,name,title,manager,Supervisor code\nT,Tom,Owner,,\nB,Bo,Owner,Tom,{}\nC,Cy,Owner,{},T\n"
    [problem] = wrong(text.format("T", ""))
    assert '--map manager="Supervisor code"' in problem
    assert [each.manager for each in read(text.format("C", "Tom")).people] == ["", "T", "T"]


def test_people_without_a_manager_are_listed(read: Read) -> None:
    """More than one at the top are told by name; one is nothing to tell."""
    text = "id,name,title,manager\n1,Maya,Owner,\n2,Ana,Owner,\n3,Bo,Owner,1\n"
    [note] = read(text).notes
    assert note.code == "no-manager"
    assert note.found == "without a manager, so in nobody's team: 'Maya' (row 2), 'Ana' (row 3)"
    assert read(text.replace("Ana,Owner,", "Ana,Owner,1")).notes == ()


def test_an_error_in_a_managers_cell_is_no_top(wrong: Wrong) -> None:
    """#N/A, written out as text, is refused."""
    assert list(map(code, wrong("id,name,title,manager\n1,Maya,Owner,\n2,Ana,Owner,#N/A\n"))) == ["broken-cell"]


def test_people_of_a_manager_who_left_go_up(read: Read) -> None:
    """Two managers above have left: the next one who is here leads."""
    text = (
        "id,name,title,manager,end\n1,Maya,Owner,,\n2,Ana,Owner,1,2020-01-01\n3,Bo,Owner,2,2021-01-01\n"
        "4,Cy,Owner,3,\n5,Di,Owner,6,\n6,Ed,Owner,,2020-01-01\n"
    )
    reading = read(text)
    assert {p.id: p.manager for p in reading.people if p.id != "1"} == {"4": "1", "5": ""}
    told = [note.found for note in reading.notes if note.code == "absent-manager"]
    assert told[0].endswith("(1 person, row 5) under 'Maya' instead")
    assert told[1].endswith("(1 person, row 6) without a manager")


def test_managers_of_another_roster_can_be_accepted(read: Read, wrong: Wrong) -> None:
    """An export of one department names managers who are not on it; accepted, their people are at the top."""
    text = "id,name,title,manager\n1,Maya,Owner,Zed\n2,Ana,Owner,1\n"
    assert "--accept unknown-manager" in wrong(text)[0]
    assert [person.manager for person in read(text, accept=["unknown-manager"]).people] == ["", "1"]


def test_many_unknown_managers_are_one_line(wrong: Wrong) -> None:
    """Ten of them are told each, the others together."""
    text = "id,name,title,manager\n" + "".join(f"{n},A,Owner,Zed {n}\n" for n in range(40))
    assert len(wrong(text)) == 11
    assert "30 more: " in wrong(text)[10]


TOP = "id,name,title,manager,end,email\nT,Tom,Product manager,,,\n"
LED = f"{TOP}M,Maya Lind,Product manager,T,2026-03-31,\n"


@pytest.mark.parametrize(
    ("led", "acting", "found"),
    [
        (LED, {}, {"A": "T", "B": "T", "M": "T"}),
        (LED, {"Maya Lind": "Bo Lee"}, {"A": "B", "B": "T", "M": "T"}),
        (LED, {"M": "b@x.com", "Nobody": "A"}, {"A": "B", "B": "T", "M": "T"}),
        (TOP, {"M": "T"}, {"A": "T", "B": "T"}),
        (LED, {"Tom": "A"}, {"A": "T", "B": "T", "M": "T"}),
    ],
)
def test_who_is_acting(read: Read, led: str, acting: dict[str, str], found: dict[str, str]) -> None:
    """The people of a manager who is not here go to who stands in, else up; nobody stands in for themselves."""
    text = f"{led}A,Al,Product manager,M,,\nB,Bo Lee,Product manager,M,,b@x.com\n"
    reading = read(text, acting=acting)
    assert {each.id: each.manager for each in (*reading.people, *reading.leavers) if each.manager} == found
    assert bool({"Nobody", "Tom"} & acting.keys()) is any(note.code == "acting-for-nobody" for note in reading.notes)
    told = [note.found for note in reading.notes if note.code == "absent-manager"]
    assert any("under 'Bo Lee' instead" in each for each in told) is (found["A"] == "B")


def test_who_cannot_be_acting(wrong: Wrong) -> None:
    """Somebody who is not here, or two people of one name, cannot stand in."""
    [problem] = wrong(f"{TOP}A,Al,Product manager,T,,\n", acting={"Maya Lind": "Zoe"})
    assert "acting for Maya Lind: 'Zoe': 0 people on the roster" in problem
    assert "[unknown-manager]" in problem


@pytest.mark.parametrize("text", ["-1", "(1)", "1-", "[1]"])
def test_an_id_is_not_found_by_its_letters_alone(wrong: Wrong, text: str) -> None:
    """A sign that means nobody, such as -1, is not the id 1."""
    problems = wrong(f"id,name,title,manager\n1,Ann,Owner,\n2,Bo,Owner,{text}\n")
    assert list(map(code, problems)) == ["unknown-manager"]
