"""Rosters: what is read, what is asked about, what is refused; each problem with its place."""

import gc
import os
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from growthsheet.errors import InputError
from growthsheet.model import Activity, Area, Basis, BudgetPolicy, Catalog, Point, Role, Scale
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.read_roster import read_roster
from growthsheet.views.allocation import person_allocation

TODAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def catalog():
    """Three roles and nothing else of interest."""
    points = (Point(value=0, label="no"), Point(value=1, label="yes"))
    return Catalog(
        id="tiny",
        version="1",
        name="Tiny",
        scales=tuple(Scale(id=name, name=name, points=points) for name in ("skill", "experience", "interest")),
        areas=(Area(id="a", name="Area"),),
        activities=(Activity(id="talk", name="Talk", area="a"),),
        roles=(
            Role(id="product-manager", name="Product manager", expected={"talk": 1}, aliases=("Owner",)),
            Role(id="senior-pm", name="Senior Product Manager", expected={"talk": 1}),
            Role(id="vp", name="Vice President of Product", expected={"talk": 1}),
        ),
    )


@pytest.fixture
def read(tmp_path, catalog):
    """Read a roster from CSV text (or from whatever else is given)."""

    def reading(source, **options):
        if isinstance(source, str | bytes):
            path = tmp_path / "people.csv"
            path.write_bytes(source.encode() if isinstance(source, str) else source)
            source = path
        rest = {name: options.pop(name) for name in ("catalog", "as_of", "fiscal_year", "name") if name in options}
        chosen = RosterOptions(**options)
        return read_roster(source, **{"catalog": catalog, "as_of": TODAY, "options": chosen} | rest)

    return reading


@pytest.fixture
def wrong(read):
    """Everything that is wrong with a roster, as printed."""

    def problems(source, **options):
        with pytest.raises(InputError) as caught:
            read(source, **options)
        return [str(problem) for problem in caught.value.problems]

    return problems


def codes(reading):
    """The codes of a reading's notes."""
    return [note.code for note in reading.notes]


PLAIN = "id,name,title,manager\n"
PAID = "id,name,title,Annual Salary,currency\n"


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_encodings(read, delimiter, encoding):
    """Delimiter, byte order mark and encoding are found without being told."""
    text = 'id,name,title\r\n7,"Zoë",Owner\r\n'.replace(",", delimiter)
    assert [person.name for person in read(text.encode(encoding)).people] == ["Zoë"]


def test_names_decide_the_delimiter(read):
    """Many commas inside the cells do not make the comma the delimiter."""
    text = "id;name;title\n1;Ruiz, Ana, MBA, PhD;Owner\n"
    assert read(text).people[0].name == "Ruiz, Ana, MBA, PhD"


def test_windows_1252_is_noted(read):
    """Bytes that are no UTF-8 are read as Windows-1252, and that is said."""
    reading = read("id,name,title\n7,Zoë,Owner\n".encode("cp1252"))
    assert (codes(reading), reading.people[0].name) == (["encoding-guess"], "Zoë")


def test_encoding_as_told(read):
    """A named encoding is used."""
    assert read("id,name,title\n7,Łukasz,Owner\n".encode("cp1250"), encoding="cp1250").people[0].name == "Łukasz"


def test_bytes_that_are_no_text(wrong):
    """A byte that neither encoding knows is refused with its cure."""
    [problem] = wrong(b"id,name,title\n7,\x81,PM\n")
    assert "[not-decodable]" in problem


def test_header_below_a_title(read):
    """What stands above the header is left out, and said; rows keep the numbers of the spreadsheet."""
    reading = read("Staff list,,\n,,\nid,name,title\n7,Ana,Owner\n")
    assert (codes(reading), [person.id for person in reading.people]) == (["rows-above-header"], ["7"])


def test_second_header(read):
    """A second header row, and a header that a page break repeated, are no people."""
    text = "id,name,title\nEmployee ID,Full name,Job title\n7,Ana,Owner\nid,name,title\n"
    reading = read(text)
    assert (codes(reading), len(reading.people)) == (["second-header"] * 2, 1)


def test_blank_rows(read):
    """Blank rows are skipped and counted as rows."""
    reading = read("id,name,title\n\n,,\n7,Ana,Owner\n")
    assert len(reading.people) == 1


def test_no_header(wrong):
    """Without three known names nothing is taken for a header."""
    [problem] = wrong("a,b,c\n1,2,3\n")
    assert "people.csv: the first row says a, b, c" in problem
    assert "[no-header]" in problem


def test_no_header_tells_no_pay(wrong):
    """Without a header the first row is a person, whose pay must not be told."""
    [problem] = wrong("1,Ana,Buyer,54321.00\n2,Bo,Buyer,65432.10\n")
    assert "the first row says Ana, Buyer;" in problem


def test_no_header_in_a_blank_file(wrong):
    """Of a file without a word it is said that there is none, and not a blank."""
    [problem] = wrong("\n")
    assert "people.csv: it holds no name of a column; wanted: 3 known column names" in problem


def test_rows_that_look_like_headers(read):
    """A person called Manager, titled Supervisor, in the team Service, is a person."""
    reading = read("id,name,title,team,email,status\n1,Manager,Supervisor,Service,m@x.com,Active\n", default_role="vp")
    assert [person.name for person in reading.people] == ["Manager"]


@pytest.mark.parametrize(
    ("raw", "options", "code"),
    [
        (b"id,name,title\n1,A\x00na,Owner\n", {}, "not-text"),
        (b"id,name,title\n1,Ana,Owner\n", {"encoding": "klingon"}, "unknown-encoding"),
        (b"id,name,title\n1,\xff,Owner\n", {"encoding": "utf-8"}, "not-decodable"),
        (b"id,name,title\n,,\n", {}, "no-rows"),
    ],
)
def test_files_that_cannot_be_read(wrong, raw, options, code):
    """NUL characters, encodings that are none or not the file's, a header alone."""
    [problem] = wrong(raw, **options)
    assert f"[{code}]" in problem


def test_open_quote(wrong):
    """An open quote would swallow everybody below it."""
    [problem] = wrong('id,name,title\n1,"Ana,Owner\n2,Bo,Owner\n')
    assert problem.startswith("people.csv, row 2 (line 2): unexpected end of data")
    assert problem.endswith("[csv-quotes]")


def test_ragged_rows_and_repeated_columns(wrong):
    """Rows that do not fit and columns with one name are refused, all of them at once."""
    problems = wrong("id,name,title,Name\n1,Ana,PM\n2,Bo,PM,Bo,x\n")
    assert [
        "people.csv: 2 columns named 'name'; wanted: a name of its own; rename one of them [repeated-column]",
        *(
            f"people.csv, row {row}: {count} cells; wanted: 4 cells, as the header has; "
            "put a cell that holds the delimiter in quotes, or fill up the row [ragged-row]"
            for row, count in ((2, 3), (3, 5))
        ),
    ] == problems


@pytest.mark.parametrize(
    ("name", "code"), [("a.xlsx", "not-readable"), ("a.pdf", "unknown-format"), ("none.csv", "not-readable")]
)
def test_files_of_other_kinds(wrong, tmp_path, name, code):
    """Other formats and files that are not there say what to do."""
    [problem] = wrong(tmp_path / name)
    assert f"[{code}]" in problem


def workbook(path, tabs):
    """A workbook with these rows on its tabs, as a spreadsheet program would save it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tabs.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


HEAD = ["Employee ID", "Name", "Job Title", "Annual Salary", "Currency", "Start"]


def test_a_workbook_is_a_roster(read, tmp_path):
    """The first tab with a header is read, whatever stands above it; numbers and dates are what they are."""
    rows = [["People of 2026"], HEAD, [7, "Ana Ruiz", "Owner", 84000.5, "EUR", date(2026, 1, 2)], []]
    path = workbook(tmp_path / "people.xlsx", {"Notes": [["Ask Bo"]], "People": rows})
    found = read(path)
    assert [(p.id, p.name, p.start) for p in found.people] == [("7", "Ana Ruiz", date(2026, 1, 2))]
    assert [pay.amount for pay in found.pay] == [Decimal("84000.5")]
    assert {"other-tabs", "rows-above-header"} <= {note.code for note in found.notes}


def test_a_workbook_reads_as_its_csv(read, tmp_path):
    """The same table gives the same people and pay from .xlsx and from .csv."""
    rows = [HEAD, ["007", "Ana", "Owner", 1234, "USD", None], ["8", "Bo", "Owner", 1000.25, "USD", date(2025, 3, 4)]]
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    one, other = read(workbook(tmp_path / "p.xlsx", {"P": rows})), read(text)
    assert (one.people, one.pay) == (other.people, other.pay)


def test_errors_in_a_workbook_are_told_at_once(wrong, tmp_path):
    """Cells that hold an error are told with their tab and cell."""
    rows = [HEAD, ["7", "Ana", "#N/A", 1, "USD"], ["8", "#REF!", "Owner", 1, "USD"]]
    assert wrong(workbook(tmp_path / "p.xlsx", {"P": rows})) == [
        "p.xlsx, P!C2: the error #N/A; wanted: a text, a number or a date; correct the cell [broken-cell]",
        "p.xlsx, P!B3: the error #REF!; wanted: a text, a number or a date; correct the cell [broken-cell]",
    ]


def test_a_workbook_without_a_header(wrong, tmp_path):
    """A workbook in which nothing looks like a header is refused; digits of its first row are not told."""
    [problem] = wrong(workbook(tmp_path / "p.xlsx", {"P": [["7", "Ana", 73131]]}))
    assert "[no-header]" in problem
    assert "73131" not in problem


def test_a_file_that_is_no_workbook(wrong, tmp_path):
    """What only calls itself .xlsx is refused at the door."""
    (tmp_path / "p.xlsx").write_text("id,name,title")
    assert "[text-table]" in wrong(tmp_path / "p.xlsx")[0]


def test_too_many(read, wrong, monkeypatch):
    """Limits on bytes, rows and columns are told."""
    from growthsheet.sources.tables import read_table as tables_in

    for limit, code in (
        ("MOST_BYTES", "too-large"),
        ("MAX_TABLE_ROWS", "too-many-rows"),
        ("MOST_COLUMNS", "too-many-columns"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(tables_in, limit, 1)
            assert f"[{code}]" in wrong("id,name,title\n1,Ana,Owner\n2,Bo,Owner\n")[0]


def test_many_problems_are_summed_up(wrong):
    """A thousand faults of one column are one problem, with the count and the first of them."""
    [problem] = wrong("id,name,title,start\n" + "".join(f"{n},A,Owner,soon\n" for n in range(1000)))
    assert problem.startswith("people.csv, column start: 1,000 cells: 'soon' (row 2), 'soon' (row 3), ")
    assert "and 995 more; wanted: a date with a full year" in problem


# --- rows in memory -------------------------------------------------------------------------------------------------

RECORDS = [
    {
        "Employee ID": 1,
        "Name": "Ana",
        "Title": "Product manager",
        "Hire date": date(2020, 1, 31),
        "Manager ID": float("nan"),
    },
    {"Employee ID": 2, "Name": "Bo", "Title": "Product manager", "Hire date": None, "Manager ID": 1.0},
]


def frames():
    """The records as each kind of DataFrame."""
    import pandas
    import polars
    import pyarrow

    return [RECORDS, pandas.DataFrame(RECORDS), polars.DataFrame(RECORDS), pyarrow.Table.from_pylist(RECORDS)]


@pytest.mark.parametrize("source", frames(), ids=lambda frame: type(frame).__module__.partition(".")[0])
def test_frames(read, source):
    """Dictionaries and frames read alike; 1.0 (what pandas makes of ids beside a blank) is the id 1."""
    before = repr(source)
    reading = read(source)
    assert [("1", "", date(2020, 1, 31)), ("2", "1", None)] == [(p.id, p.manager, p.start) for p in reading.people]
    assert before == repr(source)


def test_missing_values(read):
    """Each library's missing value is a blank, lazy frames are collected, numpy's scalars are numbers."""
    import numpy
    import pandas
    import polars

    rows = [
        {"id": "1", "name": "Ana", "title": "Owner", "start": pandas.NaT, "fte": numpy.float32(0.5), "team": pandas.NA},
        {"id": "2", "name": "Bo", "title": "Owner", "start": "  ", "fte": Decimal("NaN"), "team": True},
    ]
    assert [(p.start, p.fte, p.team) for p in read(rows).people] == [(None, 0.5, ""), (None, 1, "True")]
    assert len(read(polars.LazyFrame(RECORDS)).people) == 2


def test_not_a_table(wrong):
    """Anything else is refused by the name of its type."""
    import pandas

    told = "wanted: a path, a list of dictionaries or a DataFrame [not-a-table]"
    frame = pandas.DataFrame(RECORDS)
    assert wrong(7) == [f"roster: a int; {told}"]
    assert wrong(frame.iloc[:, 0]) == [f"roster: a Series; {told}"]
    assert wrong(frame.groupby(level=0)) == [f"roster: a DataFrameGroupBy; {told}"]


# --- columns --------------------------------------------------------------------------------------------------------

HEADERS = {
    "de": "Personalnummer;Nachname;Vorname;Stelle;Vorgesetzte/r;Abteilung;Eintrittsdatum;Jahresgehalt (EUR)",
    "fr": "Matricule;Nom;Prénom;Intitulé du poste;Supérieur hiérarchique;Service;Date d'embauche;Salaire annuel EUR",
    "es": "Número de empleado;Apellidos;Nombre;Puesto;Jefe directo;Departamento;Fecha de ingreso;Salario anual (€)",
    "it": "Matricola;Cognome;Nome;Mansione;Responsabile;Reparto;Data di assunzione;RAL EUR",
    "pt": "Matrícula;Sobrenome;Nome;Cargo;Gestor;Departamento;Data de admissão;Salário anual em EUR",
    "nl": "Personeelsnummer;Achternaam;Voornaam;Functie;Leidinggevende;Afdeling;Datum in dienst;Bruto jaarsalaris €",
    "en": "EmployeeNumber;LastName;FirstName;JobTitle;ReportsTo;Department;HireDate;AnnualBaseSalary EUR",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_languages(read, header):
    """Exports in seven languages need no mapping; header and numbers say currency, basis and date order."""
    text = f"{header}\n7;Ruiz;Ana;Owner;;Core;01.02.2020;60.000,50\n8;Lee;Bo;Owner;Ruiz, Ana;Core;;\n"
    reading = read(text)
    ana, bo = reading.people
    assert ("7", "Ana Ruiz", "Core", date(2020, 2, 1)) == (ana.id, ana.name, ana.team, ana.start)
    assert bo.manager == "7"
    [pay] = reading.pay
    assert (Decimal("60000.50"), "EUR", Basis.ANNUAL) == (pay.amount, pay.currency, pay.basis)


def test_surnames_beside_first_names(read):
    """'Name' beside 'Vorname' holds surnames, unless it repeats the first names."""
    assert read("Personalnr.;Name;Vorname;Titel;Stelle\n1;Ruiz;Ana;Dr.;Owner\n").people[0].name == "Ana Ruiz"
    assert read("id,Name,First name,title\n1,Ana Ruiz,Ana,Owner\n").people[0].name == "Ana Ruiz"


def test_explicit_mapping_wins(read):
    """A mapped column is used, however it is called; case and punctuation do not matter."""
    text = "Code,name,Title,Level\nx1,Ana,Dr,Owner\n"
    reading = read(text, map={"id": "CODE", "title": "level"})
    assert (reading.people[0].id, reading.people[0].role) == ("x1", "product-manager")
    assert {("id", "explicit"), ("title", "explicit"), ("name", "known name")} == {
        (m.field, m.how) for m in reading.mapped
    }


def test_a_column_mapped_to_another_field_than_its_name_says_is_told(read):
    """Whoever maps the managers' column to the team is told that managers are read from no column."""
    text = "id,name,title,Manager,Above\n1,Ana,Owner,,\n2,Bo,Owner,Ana,Ana\n"

    def told(**mapping):
        notes = read(text, map=mapping, ignore=["Above"] if "manager" not in mapping else []).notes
        return [str(note) for note in notes if note.code == "mapped-otherwise"]

    lost = "people.csv, column Manager: read as team, as you asked; no column is read for manager [mapped-otherwise]"
    assert told(team="manager") == [lost]
    assert told(team="manager", manager="Above") == [lost.replace("; no column is read for manager", "")]
    assert told(manager="Above") == []


def test_mapping_is_checked(wrong):
    """An unknown column is refused with what was probably meant; so is what is never read."""
    text = "id,name,title,Gross pay,Gender\n1,Ana,Owner,1,f\n"
    told = wrong(text, map={"salary": "Gros pay", "team": "Gender"})
    assert told[0].endswith("; did you mean 'Gross pay'? [unknown-column]")
    assert "--map team=Gender: a column that is never read" in told[1]


def test_pay_is_read_as_pay_only(wrong):
    """Problems repeat what stands in a title or an FTE: a column of pay is never read as one of those."""
    text = "id,name,Annual salary\n1,Ana,54321\n"
    problems = wrong(text, map={"title": "Annual salary", "fte": "Annual salary"})
    assert [problem.rpartition("[")[2] for problem in problems[:2]] == ["pay-column]", "pay-column]"]
    assert not any("54321" in problem for problem in problems)


def test_two_columns_for_one_field(wrong):
    """Both columns are named, with the cure, in one problem."""
    text = "id,name,title,Pay Rate,Annual Salary,currency\n1,Ana,Owner,12,25000,EUR\n"
    assert wrong(text)[:1] == [
        "people.csv: both 'Pay Rate' and 'Annual Salary' may be the salary; wanted: one column for salary; "
        'choose with --map salary="Annual Salary" or --map salary="Pay Rate" [two-columns]'
    ]


def test_missing_columns(wrong):
    """What is missing is told by field, all at once."""
    problems = wrong("email,team,start\na@x.com,Core,2020-01-01\n")
    assert [f"no column for {name}" for name in ("id", "name", "title")] == [
        problem.split(": ")[1].split(";")[0] for problem in problems
    ]


def test_private_columns_are_never_read(read):
    """Birth dates, gender and national ids are skipped, and that is said."""
    reading = read("id,name,title,Date of birth,Gender,SSN,Shoe size\n1,Ana,Owner,1980-01-01,f,123-45,38\n")
    notes = {note.code: note.found for note in reading.notes}
    assert notes == {
        "columns-never-read": "never read: Date of birth, Gender, SSN",
        "columns-unread": "not read: Shoe size",
    }
    assert "1980" not in repr(reading)


def test_teams_beside_departments(read):
    """Several units are no conflict: the likeliest is read, marked as a guess."""
    reading = read("id,name,title,Department,Team\n1,Ana,Owner,Sales,Alpha\n")
    assert reading.people[0].team == "Alpha"
    assert [m.column for m in reading.mapped if m.guess] == ["Team"]


# --- texts, ids, dates ----------------------------------------------------------------------------------------------


def test_ids_are_text(read):
    """007, E5 and NA stay what they are."""
    text = PLAIN + "007,Ana,Owner,\nE5,Bo,Owner,007\nNA,Cy,Owner,NA1\nNA1,Di,Owner,\n"
    assert [person.id for person in read(text).people] == ["007", "E5", "NA", "NA1"]


def test_control_characters(wrong):
    """A character that no workbook can carry is refused with its place, and not printed."""
    assert wrong(PLAIN + "1,Ana\x07,Owner,\n") == [
        "people.csv, row 2, column name: the character U+0007; wanted: printable text; delete it [control-character]"
    ]


def test_blank_ids_and_names(wrong):
    """A row without an id or a name is nobody."""
    problems = wrong(PLAIN + ",Ana,Owner,\n2,,Owner,\n")
    assert [problem.rpartition("[")[2] for problem in problems] == ["no-id]", "no-name]"]


def test_long_texts(wrong):
    """Texts that the model refuses are told with their row."""
    problems = wrong(PLAIN + f"{'1' * 101},Ana,Owner,\n2,{'A' * 501},Owner,\n")
    assert [problem.rpartition("[")[2] for problem in problems] == ["id-too-long]", "text-length]"]


def test_end_before_start(wrong):
    """Dates in the wrong order are refused."""
    [problem, *_] = wrong("id,name,title,start,end\n1,Ana,Owner,2030-02-01,2030-01-01\n")
    assert "row 2: ends on 2030-01-01 and starts on 2030-02-01" in problem


# --- who is here ----------------------------------------------------------------------------------------------------

PRESENCE = """id,name,title,start,end,status,manager,salary monthly,currency
1,Ana,Owner,2020-01-01,,Active,,9000,EUR
2,Bo,Owner,2020-01-01,2026-03-31,,1,8000,EUR
3,Cy,Buyer,2020-01-01,2024-03-31,,1,7000,EUR
4,Di,Owner,2026-07-01,,,1,7000,EUR
5,Ed,Owner,2020-01-01,,Terminated,1,7000,EUR
6,Fay,Owner,2020-01-01,2026-12-31,On notice,2,6000,EUR
"""


def test_leavers_and_starters(read):
    """Leavers of the fiscal year keep a budget row, others and those yet to start are counted."""
    reading = read(PRESENCE)
    assert ([p.id for p in reading.people], [p.id for p in reading.leavers]) == (["1", "6"], ["2"])
    assert {"1", "2", "6"} == {pay.person for pay in reading.pay}
    assert reading.leavers[0].manager == "1"
    told = {note.code: note.found for note in reading.notes}
    assert told["leavers-kept"].startswith("1 left between 2026-01-01 and 2026-12-31")
    assert told["leavers-skipped"].startswith("2 left")
    assert told["not-started"] == "1 starting after 2026-06-30: skipped"
    assert told["absent-manager"] == "a number: left or has not started; (1 person, row 7) under 'Ana' instead"


def test_first_and_last_day(read):
    """Who starts or ends on the very day is here."""
    text = "id,name,title,start,end\n1,Ana,Owner,2026-06-30,\n2,Bo,Owner,,2026-06-30\n3,Cy,Owner,,2026-06-29\n"
    reading = read(text)
    assert ([p.id for p in reading.people], [p.id for p in reading.leavers]) == (["1", "2"], ["3"])


def test_fiscal_year(read):
    """The fiscal year that is told decides whose budget row is kept."""
    reading = read(PRESENCE, fiscal_year=(date(2026, 4, 1), date(2027, 3, 31)))
    assert reading.leavers == ()


@pytest.mark.parametrize(
    "status", ["Inactive", "Baja", "uit dienst", "Nicht aktiv", "Ex-employee", "terminated - voluntary"]
)
def test_those_who_left(read, status):
    """A status says so without a date, too."""
    reading = read(f"id,name,title,status\n1,Ana,Owner,Active\n2,Bo,Owner,{status}\n")
    assert ([person.id for person in reading.people], reading.leavers) == (["1"], ())


@pytest.mark.parametrize("status", ["", "On leave", "Part-time", "Baja por maternidad", "Elternzeit"])
def test_those_who_are_away(read, status):
    """Leave is not leaving."""
    reading = read(f"id,name,title,status\n1,Ana,Owner,{status}\n")
    assert (len(reading.people), codes(reading)) == (1, [])


def test_unknown_status(read, wrong):
    """A status that nobody knows is asked about; the user says what it means."""
    text = "id,name,title,status\n1,Ana,Owner,Z9\n2,Bo,Owner,Active\n"
    [problem] = wrong(text)
    assert "status 'Z9' (1)" in problem
    assert '--status "Z9=left"' in problem
    assert [len(read(text, status={"z9": word}).people) for word in ("employed", "left")] == [2, 1]


# --- managers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["E1", "e1", "ana@x.com", "ANA@X.COM", "Ana Ruiz", "Ruíz,  Ana", "ana  ruiz"])
def test_managers_are_found(read, said):
    """By id, by e-mail, by name in any spelling."""
    text = f'id,name,email,title,manager\nE1,Ana Ruíz,ana@x.com,Owner,NO_MANAGER\nE2,Bo,,Owner,"{said}"\n'
    assert [person.manager for person in read(text).people] == ["", "E1"]


@pytest.mark.parametrize("said", ["", "-", "NO_MANAGER", "n/a", "None", "—"])
def test_the_top(read, said):
    """Nobody above is written in many ways."""
    assert read(PLAIN + f"1,Ana,Owner,{said}\n").people[0].manager == ""


def test_manager_ids_win_over_names(read):
    """An id column beside a name column is no conflict; the id is used, and that is said."""
    text = "id,name,title,Reporting to,Supervisor ID\n1,Ana,Owner,,\n2,Bo,Owner,Somebody Else,1\n"
    reading = read(text)
    assert ([p.manager for p in reading.people], reading.notes[0].code) == (["", "1"], "manager-column")


def test_managers_that_are_not_found(wrong):
    """Each unknown manager once, with the count and the first rows; two people of one name with their rows."""
    text = PLAIN + "1,Ana,Owner,Zed\n2,Ana,Owner,\n" + "".join(f"{n},P{n},Owner,Zed\n" for n in range(3, 9))
    problems = wrong(text + "9,Bo,Owner,Ana\n")
    assert "people.csv, row 10, column manager: 'Ana' (2 people, rows 2, 3)" in problems[0]
    assert "people.csv, row 2, column manager: 'Zed' (7 people, rows 2, 4, 5, 6, 7 and 2 more)" in problems[1]
    [problem] = wrong(PLAIN + "".join(f"{n},P{n},Owner,Zed\n" for n in range(5)))
    assert "'Zed' (5 people, rows 2, 3, 4, 5, 6)" in problem


def test_cycles_are_named_in_full(wrong):
    """Circles are told with everybody in them and their rows."""
    [problem] = wrong(PLAIN + "1,Ana,Owner,3\n2,Bo,Owner,1\n3,Cy,Owner,2\n5,Ed,Owner,1\n")
    assert "'Ana' (row 2) reports to 'Cy' (row 4) reports to 'Bo' (row 3) reports to 'Ana' (row 2)" in problem


@pytest.mark.slow
def test_long_chains(read):
    """Three thousand levels, more than Python calls within one another, are no problem."""
    text = PLAIN + "".join(f"{n},P{n},Owner,{n - 1 or ''}\n" for n in range(1, 3_001))
    assert read(text).people[-1].manager == "2999"


# --- roles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "role", "guess"),
    [
        ("product-manager", "product-manager", False),
        ("PRODUCT  MANAGER", "product-manager", False),
        ("Owner", "product-manager", False),
        ("PM", "product-manager", True),
        ("Sr. PM", "senior-pm", True),
        ("VP Product", "vp", True),
        ("VP, Product", "vp", True),
    ],
)
def test_titles(read, title, role, guess):
    """Titles match by id, name and alias; spelled-out abbreviations are told as guesses."""
    reading = read(PLAIN + f'1,Ana,"{title}",\n')
    assert (role, guess) == (reading.people[0].role, codes(reading) == ["title-guess"])


def test_titles_that_match_nothing(wrong, read):
    """One problem a title, with the count and a suggestion; one note in all when there is a default."""
    text = PLAIN + "1,Ana,Product mangler,\n2,Bo,Product mangler,\n3,Cy,Buyer,\n"
    first, second = wrong(text)
    assert "column title: 'Product mangler' (2 people)" in first
    assert "did you mean 'Product manager'?" in first
    assert "'Buyer' (1 person)" in second
    reading = read(text, default_role="Owner")
    assert {"product-manager"} == {person.role for person in reading.people}
    told = "'Product mangler', 'Buyer': no role of the catalog; 3 people taken as product-manager"
    assert [note.found for note in reading.notes] == [told]


def test_guesses_are_told(read):
    """A title taken for a role by its abbreviations is told once, with the count; an idle default is not."""
    reading = read(PLAIN + "1,Ana,PM,\n2,Bo,PM,\n3,Cy,Owner,\n", default_role="vp")
    assert [note.found for note in reading.notes] == ["'PM' is taken as product-manager (2 people)"]


def test_roles_that_match_nothing(read, wrong):
    """Where the role column matches nothing the title decides, and that is told; a blank is no role."""
    text = "id,name,title,role\n1,Ana,Owner,Visionary\n"
    assert [note.found for note in read(text).notes] == ["'Visionary' is taken as product-manager (1 person)"]
    assert "column title: blank (1 person)" in wrong("id,name,title\n1,Ana,\n")[0]


def test_shared_aliases(catalog, wrong, read):
    """An alias of two roles means neither; another role's name wins over an alias."""
    first, second, third = catalog.roles
    roles = (
        first.model_copy(update={"aliases": ("Boss", "Vice President of Product")}),
        second.model_copy(update={"aliases": ("Boss",)}),
        third,
    )
    shared = catalog.model_copy(update={"roles": roles})
    assert "'Boss' (1 person)" in wrong(PLAIN + "1,Ana,Boss,\n", catalog=shared)[0]
    assert read(PLAIN + "1,Ana,Vice President of Product,\n", catalog=shared).people[0].role == "vp"


def test_roles_win_over_titles(read):
    """A role column decides; where it is blank the title does. A target role is matched too."""
    text = "id,name,title,role,target role\n1,Ana,Owner,vp,\n2,Bo,Owner,,Senior Product Manager\n"
    people = read(text).people
    assert [(person.role, person.target_role) for person in people] == [("vp", ""), ("product-manager", "senior-pm")]


def test_unknown_target_and_default(wrong):
    """A target role or a default role that is none is refused."""
    text = "id,name,title,target role\n1,Ana,Owner,King\n"
    [far, *_] = wrong(text, default_role="wizard")
    assert "'wizard'; wanted: a role of the catalog; growthsheet catalog show lists them" in far
    problems = wrong(text, default_role="Quen")
    assert problems[0].startswith("--default-role: 'Quen'")
    assert problems[1].startswith("people.csv, row 2, column target role: 'King'")


# --- pay ------------------------------------------------------------------------------------------------------------


def test_no_pay_at_all(read):
    """A roster without pay is fine, and so is a blank."""
    assert read(PLAIN + "1,Ana,Owner,\n").pay == ()
    reading = read(PAID + "1,Ana,Owner,,EUR\n2,Bo,Owner,50000,EUR\n")
    assert ([pay.person for pay in reading.pay], "no-pay" in codes(reading)) == (["2"], True)


@pytest.mark.parametrize(
    ("header", "basis"),
    [
        ("Annual Salary", "annual"),
        ("Gehalt (Jahr)", "annual"),
        ("Salary per annum", "annual"),
        ("monthly_salary", "monthly"),
        ("Monatsgehalt", "monthly"),
        ("Hourly rate", "hourly"),
        ("Stundenlohn", "hourly"),
        ("Annual FTE salary", "annual_fte"),
        ("Monthly FTE salary", "monthly_fte"),
    ],
)
def test_basis_from_the_header(read, header, basis):
    """The name of the column says what the amounts are, and the note says how a year is made of them."""
    reading = read(f"id,name,title,{header},currency,fte\n1,Ana,Owner,50,EUR,1\n")
    assert (basis, ["pay-basis"]) == (reading.pay[0].basis, codes(reading))


@pytest.mark.parametrize("header", ["Salary", "Pay", "Pay Rate", "Gehalt"])
def test_basis_is_asked_about(read, wrong, header):
    """A header that names no period is asked about; naming the basis answers it."""
    text = f"id,name,title,{header},currency\n1,Ana,Owner,50,EUR\n2,Bo,Owner,60,EUR\n"
    [problem] = wrong(text)
    assert problem.endswith(
        "one of annual, annual_fte, monthly, hourly; say which, as in --basis annual [basis-unclear]"
    )
    assert read(text, basis="hourly").pay[0].basis is Basis.HOURLY


def test_basis_against_the_header(read):
    """Who names another basis than the header is obeyed, and told."""
    reading = read("id,name,title,Monthly pay,currency\n1,Ana,Owner,50,EUR\n", basis="annual")
    assert (reading.pay[0].basis, codes(reading)) == ("annual", ["basis-overruled", "pay-basis"])


def test_basis_by_row(read, wrong):
    """A basis column says it for each row; what it cannot mean is refused."""
    text = "id,name,title,Pay,Pay basis,currency\n1,Ana,Owner,50,per hour,EUR\n2,Bo,Owner,60,Yearly,EUR\n"
    assert [pay.basis for pay in read(text).pay] == ["hourly", "annual"]
    assert "'Weekly' (rows: 1)" in wrong(text.replace("Yearly", "Weekly"))[0]


def test_part_time_is_asked_about(read, wrong):
    """Annual pay of somebody part-time may or may not have the part-time counted in: it is asked about."""
    text = "id,name,title,Annual Salary,FTE,currency\n1,Ana,Owner,90000,0.6,EUR\n2,Bo,Owner,90000,1,EUR\n"
    [problem] = wrong(text)
    assert "annual pay and less than full time: 1 person, first in row 2" in problem
    assert "90000" not in problem
    assert {"annual"} == {pay.basis for pay in read(text, basis="annual").pay}
    assert {"annual_fte"} == {pay.basis for pay in read(text, basis=Basis.ANNUAL_FTE).pay}


@pytest.mark.parametrize(
    ("header", "cells", "shares"),
    [
        ("FTE", ["1", "0.6"], [1, 0.6]),
        ("FTE", ["1,0", "0,6"], [1, 0.6]),
        ("FTE", ["100", "60"], [1, 0.6]),
        ("FTE", ["100%", "60 %"], [1, 0.6]),
        ("Beschäftigungsgrad", ["100", ""], [1, 1]),
        ("Weekly hours", ["40", "24"], [1, 0.6]),
    ],
)
def test_working_time(read, header, cells, shares):
    """Shares of full time as fractions, percentages or weekly hours; hourly pay gets the person's own hours."""
    rows = "".join(f'{n},P{n},Owner,20,EUR,"{cell}"\n' for n, cell in enumerate(cells))
    reading = read(f"id,name,title,Hourly pay,currency,{header}\n{rows}")
    assert shares == [person.fte for person in reading.people]
    assert [40 * share for share in shares] == [pay.hours for pay in reading.pay]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["40", "38"], "fte-unclear"),
        (["0.5", "80"], "fte-mixed"),
        (["0", "1"], "fte-out-of-range"),
        (["151"], "number-out-of-range"),
    ],
)
def test_working_time_is_asked_about(wrong, cells, code):
    """40 may be hours or a percentage; 0.5 beside 80 cannot both be shares; nobody works 0 or 151 %."""
    rows = "".join(f"{n},P{n},Owner,{cell}\n" for n, cell in enumerate(cells))
    assert f"[{code}]" in wrong(f"id,name,title,FTE\n{rows}")[0]


def test_no_hours(wrong):
    """Nobody works no hours."""
    [problem] = wrong("id,name,title,hours\n1,Ana,Owner,0\n")
    assert "column hours: a number; wanted: more than 0" in problem


def test_full_time_hours(read):
    """Full time is what the user says it is."""
    people = read("id,name,title,hours\n1,Ana,Owner,35\n", hours=35).people
    assert people[0].fte == 1


@pytest.mark.parametrize(
    ("cell", "options", "currency"),
    [
        ("€50.000,00", {}, "EUR"),
        ("£50,000.00", {}, "GBP"),
        ("50000 CHF", {}, "CHF"),
        ("$50,000.00", {"currency": "cad"}, "CAD"),
    ],
)
def test_currency_from_signs(read, cell, options, currency):
    """One sign in the column says the currency; a dollar is whose the user says."""
    reading = read(f'id,name,title,Annual pay\n1,Ana,Owner,"{cell}"\n', **options)
    assert (currency, currency) == (reading.pay[0].currency, reading.people[0].currency)
    assert not any(m.guess for m in reading.mapped)


def test_dollars_are_guessed_aloud(read):
    """A dollar sign alone is taken as USD, with a note and a mark."""
    reading = read('id,name,title,Annual pay\n1,Ana,Owner,"$50,000.00"\n2,Bo,Owner,60000\n')
    assert {"USD"} == {pay.currency for pay in reading.pay}
    assert "currency-guess" in codes(reading)
    assert [m.field for m in reading.mapped if m.guess] == ["currency"]


@pytest.mark.parametrize(
    ("cells", "options", "code"),
    [
        (["50", "60"], {}, "currency-unclear"),
        (["50 kr", "60 kr"], {}, "currency-unclear"),
        (["€50", "£60"], {}, "currency-conflict"),
        (["€50", "60"], {"currency": "USD"}, "currency-conflict"),
        (["$50", "60"], {"currency": "EUR"}, "currency-conflict"),
    ],
)
def test_currency_is_asked_about(wrong, cells, options, code):
    """No sign, a sign of several crowns, two signs, or a sign that contradicts the user."""
    rows = "".join(f"{n},P{n},Owner,{cell}\n" for n, cell in enumerate(cells))
    [problem] = wrong(f"id,name,title,Annual pay\n{rows}", **options)
    assert f"[{code}]" in problem


def test_currency_by_row(read, wrong):
    """A currency column says it for each row, in any case; what is no code is refused with its row."""
    text = PAID + "1,Ana,Owner,50,eur\n2,Bo,Owner,60,£\n"
    assert [pay.currency for pay in read(text).pay] == ["EUR", "GBP"]
    assert "row 3, column currency: 'pounds'" in wrong(text.replace("£", "pounds"))[0]


@pytest.mark.parametrize(
    ("amount", "header", "told"),
    [
        ("50000 EUR", "Annual Salary", "EUR there and USD in the column currency"),
        ("€50", "Annual Salary", "€ there and USD in the column currency"),
        ("50", "Annual Salary (EUR)", "EUR there and USD in the column currency"),
    ],
)
def test_currency_column_and_sign(read, wrong, amount, header, told):
    """An amount whose sign or header says another currency than its row is asked about; a sign that fits is not."""
    text = f"id,name,title,{header},currency\n1,Ana,Owner,{amount},USD\n"
    [problem] = wrong(text)
    assert f"people.csv, row 2, column {header}: {told}; wanted: one currency" in problem
    assert read(text.replace(amount, "$50").replace(" (EUR)", "")).pay[0].currency == "USD"


HISTORY = "id,name,title,Annual Salary,currency,Pay from\n"


def test_pay_history(read):
    """Rows of one id that differ only in pay and its start are one person with a history."""
    text = HISTORY + "1,Ana,Owner,80000,EUR,\n2,Bo,Owner,50000,EUR,\n1,Ana,Owner,88000,EUR,2026-04-01\n"
    reading = read(text)
    assert [person.id for person in reading.people] == ["1", "2"]
    assert [(80000, None), (88000, date(2026, 4, 1))] == [(p.amount, p.start) for p in reading.pay if p.person == "1"]


@pytest.mark.parametrize(
    ("header", "rows", "basis", "allocation"),
    [
        ("FTE", ("90000,1.0,", "90000,0.6,2026-07-01"), "annual_fte", "2160"),  # 90,000 and 54,000: 72,000 on average
        ("FTE", ("90000,0.6,2026-07-01", "90000,1.0,"), "annual_fte", "2160"),
        ("FTE", ("90000,1.0,", "54000,0.6,2026-07-01"), "annual", "2160"),
        ("FTE", ("90000,1.0,", "90000,0.6,2026-07-01"), "annual", "2700"),  # paid as before
        ("Weekly hours", ("90000,40,", "90000,24,2026-07-01"), "annual_fte", "2160"),
        ("Weekly hours", ("50,40,", "50,24,2026-07-01"), "hourly", "2496"),  # 104,000 and 62,400: 83,200 on average
        ("FTE", ("90000,0.6,", "95000,0.6,2026-07-01"), "annual_fte", "1665"),  # a raise in part-time
    ],
)
def test_a_history_of_pay_and_working_time(read, header, rows, basis, allocation):
    """Other working time within the year counts from its month on, with the pay or without, in any order of rows."""
    table = f"id,name,title,Salary,{header},pay from\n" + "".join(f"1,Ana,Owner,{row}\n" for row in rows)
    reading = read(table, basis=basis, currency="EUR")
    [ana] = reading.people
    assert person_allocation(ana, reading.pay, BudgetPolicy(), date(2026, 3, 1)) == Decimal(allocation)


SPELLS = """id,name,title,start,end,Annual Salary,currency
7,Ana Ruiz,Owner,2026-07-01,,120000,EUR
7,"Ruiz, Ana",Director,2019-01-01,2026-02-28,90000,EUR
8,Bo Lee,Owner,2020-01-01,,80000,EUR
"""


@pytest.mark.parametrize(
    ("day", "title", "here"),
    [
        (date(2026, 2, 28), "Director", True),
        (date(2026, 5, 1), "Director", False),
        (date(2026, 7, 1), "Owner", True),
    ],
)
def test_somebody_who_came_back(read, day, title, here):
    """Rows of one id one after another are spells of one person; all of them count, and one tells the title."""
    reading = read(SPELLS, as_of=day, default_role="product-manager")
    [ana] = [person for person in (*reading.people, *reading.leavers) if person.id == "7"]
    assert (ana.title, ana in reading.people, ana.breaks) == (title, here, ((date(2026, 3, 1), date(2026, 6, 30)),))
    pay = sorted((each for each in reading.pay if each.person == "7"), key=lambda each: each.start or date.min)
    assert [(each.amount, each.start) for each in pay] == [(90000, None), (120000, date(2026, 7, 1))]
    assert person_allocation(ana, pay, BudgetPolicy(), day) == Decimal(2250)  # 8 months of 112,500 on average


def test_spells_with_a_raise_or_without_pay(read):
    """A spell may have a history of its own, begin on the day after the other, or tell no pay."""
    raised = """id,name,title,start,end,Annual Salary,currency,pay from
7,Ana Ruiz,Owner,2026-07-01,,120000,EUR,
7,Ana Ruiz,Owner,2019-01-01,2026-02-28,90000,EUR,
7,Ana Ruiz,Owner,2026-07-01,,132000,EUR,2026-10-01
"""
    since = {each.amount: each.start for each in read(raised).pay}
    assert since == {90000: None, 120000: date(2026, 7, 1), 132000: date(2026, 10, 1)}
    touching = "id,name,title,start,end\n7,Ana,Owner,2019-01-01,2026-02-28\n7,Ana,Owner,2026-03-01,\n"
    [ana] = read(touching).people
    assert (ana.start, ana.end, ana.breaks) == (date(2019, 1, 1), None, ())


@pytest.mark.parametrize(
    "second", ["Ana Ruiz,Owner,2026-02-28,", "Ana Ruiz,Owner,,2026-03-31", "Bo Lee,Owner,2026-07-01,"]
)
def test_spells_that_overlap(wrong, second):
    """Two periods of one id that overlap, or whose rows have different names, are refused."""
    [problem] = wrong(f"id,name,title,start,end\n7,Ana Ruiz,Owner,2019-01-01,2026-02-28\n7,{second}\n")
    assert "people.csv, row 3: the same id as in row 2; they differ in" in problem
    assert "spells of employment" in problem


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ("1,Ana,Owner,88000,EUR,", "no pay from a date of its own"),
        ("1,Ana,Owner,,EUR,2026-04-01", "no pay from a date of its own"),
        ("1,Bo,Owner,88000,EUR,2026-04-01", "they differ in name"),
    ],
)
def test_repeated_ids(wrong, second, why):
    """Other rows with one id are refused, both rows named, no amount told."""
    [problem] = wrong(HISTORY + f"1,Ana,Owner,80000,EUR,\n{second}\n")
    assert f"people.csv, row 3: the same id as in row 2; {why}" in problem
    assert "000" not in problem


def test_carry_in(read):
    """What is carried over from the last year is kept by person."""
    reading = read("id,name,title,carry over\n1,Ana,Owner,250.50\n2,Bo,Owner,\n")
    assert {"1": Decimal("250.50")} == reading.carry_in


def test_no_amount_ever_shows(read, wrong):
    """No repr and no problem holds an amount of pay, whatever is wrong with the row."""
    reading = read(PAID.replace("currency", "currency,carry in") + "1,Ana,Owner,987654.32,EUR,56789.43\n")
    assert not any(secret in repr(reading) for secret in ("987654", "56789"))
    text = (
        PAID.replace("currency", "FTE")
        + '1,Ana,Nobody,"-987,654.32",0.5\n2,Bo,Nobody,"987,654,32",0.5\n3,,X,"987,654",0.5\n'
    )
    problems = wrong(text)
    assert any("a negative number" in problem for problem in problems)
    assert not any("987" in problem for problem in problems)


# --- real rosters ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rosters():
    """The folder of real rosters that nobody here wrote."""
    folder = os.environ.get("GROWTHSHEET_DATA")
    if not folder:
        pytest.skip("GROWTHSHEET_DATA is not set: real rosters are not at hand")
    return Path(folder) / "rosters"


def test_adventureworks(read, rosters):
    """290 people under BambooHR's headers: US dates, dollars, two pay columns, managers by name and by id."""
    reading = read(
        rosters / "adventureworks_roster.csv", map={"salary": "Annual Salary"}, default_role="product-manager"
    )
    assert (len(reading.people), len(reading.pay)) == (290, 290)
    assert len({person.manager for person in reading.people} - {""}) == 47
    guy = reading.people[0]
    assert ("AW0001", "Guy Gilbert", date(2006, 1, 28), "AW0018") == (guy.id, guy.name, guy.start, guy.manager)
    assert (Decimal("25896.00"), "USD", "annual") == (
        reading.pay[0].amount,
        reading.pay[0].currency,
        reading.pay[0].basis,
    )
    assert {"currency-guess", "default-role", "manager-column", "columns-unread", "pay-basis"} == set(codes(reading))


def test_adventureworks_unmapped(wrong, rosters):
    """Its two pay columns are asked about, in one problem, and the period of the one that does not say it."""
    problem, period = wrong(rosters / "adventureworks_roster.csv", default_role="product-manager")
    assert "both 'Pay Rate' and 'Annual Salary' may be the salary" in problem
    assert "column Pay Rate: if it is read, " in period


def test_oracle(read, rosters):
    """107 people of Oracle's sample schema: monthly pay, one root."""
    options = {"basis": "monthly", "currency": "USD", "default_role": "product-manager"}
    reading = read(rosters / "oracle_hr_roster.csv", **options)
    assert (len(reading.people), [person.id for person in reading.people if not person.manager]) == (107, ["100"])
    [note] = [note for note in reading.notes if note.code == "pay-basis"]
    assert note.found == "107 monthly amounts, taken times 12"


def test_oracle_currency(wrong, rosters):
    """No currency is said anywhere, hence it is asked about; the header says that pay is monthly."""
    [problem] = wrong(rosters / "oracle_hr_roster.csv", default_role="product-manager")
    assert "[currency-unclear]" in problem


@pytest.mark.slow
def test_a_large_roster_is_small(read):
    """A person with pay takes less than a kilobyte once the roster is read."""
    people = 500
    rows = (f"E{n},Person {n},Owner,E{n // 10 or 1},{n % 9 + 50}000 EUR" for n in range(2, people))
    roster = "\n".join(["ID,Name,Title,Manager ID,Annual Salary", "E1,The Top,Owner,,90000 EUR", *rows]).encode()
    read(roster)  # what is made once for all rosters
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        reading = read(roster)
        gc.collect()
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert len(reading.people) == people - 1
    assert kept < 1_000 * people
