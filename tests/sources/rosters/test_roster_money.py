"""Pay, as real exports have it: which column, which currency, which period, and whether part-time is counted in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from growthsheet.model import Pay
from growthsheet.sources.rosters.headers import basis_in, field_of
from tests.sources.rosters.reading_rosters import Read, Wrong

PAID = "id,name,title,annual pay,currency\n"


def code(problem: str) -> str:
    """The code of a problem as it is printed."""
    return problem.rpartition("[")[2].rstrip("]")


def amounts(pay: tuple[Pay, ...]) -> list[tuple[str, str, int]]:
    """What an amount is, in short."""
    return [(each.basis.value, each.currency, int(each.amount)) for each in pay]


def test_a_column_of_zeros_gives_way(read: Read) -> None:
    """Of two columns of pay the one that is all zero is left out, and that is told."""
    text = "id,name,title,Fix salary,Hourly salary,currency\n1,Ann Lee,Product Manager,60000,0,EUR\n"
    reading = read(text, basis="annual")
    assert amounts(reading.pay) == [("annual", "EUR", 60000)]
    assert "salary is read from 'Fix salary'" in next(n.found for n in reading.notes if n.code == "same-column")


@pytest.mark.parametrize(
    "name",
    ["Total salary", "Betrag", "CTC", "Guaranteed earnings", "Grundentgelt neu"],
)
def test_pay_under_an_unknown_name_is_asked_about(wrong: Wrong, name: str) -> None:
    """A column of amounts whose name speaks of pay is never left out in silence, beside a known one or alone."""
    for known, cell in (("", ""), (",Hourly rate", ",0")):
        problems = wrong(f"id,name,title,currency,{name}{known}\n1,Ann,Owner,EUR,60000{cell}\n")
        assert "unread-pay" in map(code, problems)
        assert not any("60000" in problem for problem in problems)


def test_amounts_with_a_currency_are_asked_about_under_any_name(wrong: Wrong, read: Read) -> None:
    """A currency sign makes a column one of pay; --ignore answers."""
    text = 'id,name,title,Leistung\n1,Ann,Owner,"50.000,00 €"\n'
    assert list(map(code, wrong(text))) == ["unread-pay", "basis-unclear"]
    assert read(text, ignore=["Leistung"]).pay == ()
    for name in ("Bruttobezug Jahr EUR", "2026 (EUR)"):
        assert "unread-pay" in map(code, wrong(f"id,name,title,{name}\n1,Ann,Owner,50000\n"))


@pytest.mark.parametrize(
    ("header", "cells", "codes"),
    [
        ("Base comp paid,fte", "50000,0.5", ["unread-pay", "basis-unclear", "currency-unclear"]),
        ("Annual comp paid,fte,currency", "50000,0.5,EUR", ["unread-pay", "part-time-pay-unclear"]),
        (
            "Pay Rate,Annual Salary,fte,currency",
            "12,25000,0.5,EUR",
            ["two-columns", "basis-unclear", "part-time-pay-unclear"],
        ),
        ("Annual Salary,Workload,currency", "50000,80,EUR", ["unread-hours", "part-time-pay-unclear"]),
        ("Salary,Wage Kind", "$50,Hourly\n2,Bo,Owner,$60,Annual", ["unread-basis", "basis-unclear"]),
    ],
)
def test_all_questions_come_at_once(wrong: Wrong, header: str, cells: str, codes: list[str]) -> None:
    """What depends on a column in question is asked together with it."""
    assert list(map(code, wrong(f"id,name,title,{header}\n1,Ann,Owner,{cells}\n"))) == codes


def test_what_is_accepted_is_not_asked_ahead(wrong: Wrong) -> None:
    """A question that was answered with --accept stays answered for a column in question."""
    text = "id,name,title,currency,Annual comp paid\n1,Ann,Owner,EUR,61\n2,Bo,Owner,EUR,61234\n"
    assert list(map(code, wrong(text))) == ["unread-pay", "pay-far-apart"]
    assert list(map(code, wrong(text, accept=["pay-far-apart"]))) == ["unread-pay"]


@pytest.mark.parametrize("cell", ["0", "0.00"])
def test_pay_that_is_zero_for_everybody(wrong: Wrong, read: Read, cell: str) -> None:
    """It is asked about; where it is right, it is accepted."""
    text = PAID + f"1,Ann,Owner,{cell},EUR\n2,Bo,Owner,{cell},EUR\n"
    assert list(map(code, wrong(text))) == ["pay-all-zero"]
    assert len(read(text, accept=["pay-all-zero"]).pay) == 2


def test_pay_a_thousand_times_another(wrong: Wrong, read: Read) -> None:
    """Hours beside years in one column are asked about by their rows, and no amount is told."""
    text = PAID + "1,Ann,Owner,61,EUR\n2,Bo,Owner,61234,EUR\n"
    [problem] = wrong(text)
    assert "the pay in row 3 is 100 times that in row 2" in problem
    assert ("61" in problem, '--map basis="..."' in problem) == (False, True)
    assert len(read(text, accept=["pay-far-apart"]).pay) == 2
    assert len(read(text.replace("61,EUR", "61,KWD")).pay) == 2


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("annual pay,currency", '"50000 EUR",USD'),
        ("annual pay,currency", '"$50,000.00",EUR'),
        ("annual pay (EUR),currency", "50000,USD"),
        ("annual pay in €", '"£50,000.00"'),
    ],
)
def test_currencies_that_contradict(wrong: Wrong, header: str, row: str) -> None:
    """The sign, the column and the header of one amount must go together; the row is told, not the amount."""
    [problem] = wrong(f"id,name,title,{header}\n1,Ann,Owner,{row}\n")
    assert (code(problem), "row 2, " in problem, "50" in problem) == ("currency-conflict", True, False)


@pytest.mark.parametrize("name", ["Pay currency code", "Base salary currency", "Currency Code", "Währung"])
def test_a_dollar_is_whose_the_column_says(read: Read, name: str) -> None:
    """A column that names the currency decides what $ means."""
    assert amounts(read(f'id,name,title,annual pay,{name}\n1,Ann,Owner,"$90,000.00",CAD\n').pay) == [
        ("annual", "CAD", 90000)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "since,\n1,Ann,Owner,80000,USD,,\n1,Ann,Owner,88000,EUR,2026-04-01,\n",
        "start,end\n1,Ann,Owner,80000,USD,2019-01-01,2026-02-28\n1,Ann,Owner,88000,EUR,2026-07-01,\n",
    ],
)
def test_one_persons_pay_in_two_currencies(wrong: Wrong, rows: str) -> None:
    """A raise, or a second employment, in another currency is told: dollars and euros have no average."""
    [problem] = wrong(f"{PAID.rstrip()},{rows}".replace("since", "pay from"))
    assert (code(problem), "rows 3" in problem) == ("currency-conflict", True)


def test_amounts_without_a_currency_beside_others(wrong: Wrong, read: Read) -> None:
    """One amount says EUR, another nothing: asked; the user's word is for those that say nothing."""
    text = "id,name,title,annual pay\n1,Ann,Owner,50000 EUR\n2,Bo,Owner,50000\n"
    [problem] = wrong(text)
    assert "no currency in rows 3, and one in others" in problem
    assert {"EUR"} == {pay.currency for pay in read(text, currency="EUR").pay}
    assert list(map(code, wrong(text, currency="USD"))) == ["currency-conflict"]


@pytest.mark.parametrize("word", ["XYZ", "BTC", "XXX", "euros?"])
def test_codes_that_are_no_money(wrong: Wrong, word: str) -> None:
    """Only codes of ISO 4217 are currencies, in the roster and as an option."""
    assert list(map(code, wrong(PAID + f"1,Ann,Owner,50000,{word}\n"))) == ["unknown-currency"]


def test_a_currency_from_the_format_of_a_cell(read: Read, wrong: Wrong, tmp_path: Path) -> None:
    """What Excel shows beside the number is read; where it contradicts a column, the row is refused."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "name", "title", "annual pay"], [7, "Ann", "Owner", 50000.5]):
        sheet.append(row)
    sheet["A2"].number_format = '"E-"00000'
    sheet["D2"].number_format = "#,##0.00 [$€-407]"
    book.save(tmp_path / "p.xlsx")
    reading = read(tmp_path / "p.xlsx")
    assert [("E-00007", "EUR", Decimal("50000.5"))] == [(p.person, p.currency, p.amount) for p in reading.pay]
    sheet["E1"], sheet["E2"] = "currency", "USD"
    book.save(tmp_path / "p.xlsx")
    assert list(map(code, wrong(tmp_path / "p.xlsx"))) == ["currency-conflict"]


@pytest.mark.parametrize(
    ("header", "cells", "kinds"),
    [
        ("monthly salary,fte", "5000,0.5", ["monthly", "monthly_fte"]),
        ("annual salary,fte", "50000,0.5", ["annual", "annual_fte"]),
        ("annual salary,status", "50000,Part-time", ["annual", "annual_fte"]),
    ],
)
def test_part_time_is_always_asked_about(read: Read, wrong: Wrong, header: str, cells: str, kinds: list[str]) -> None:
    """Pay for a year or a month of somebody part-time may be for full time; --basis answers in both ways."""
    text = f"id,name,title,currency,{header}\n1,Ann,Owner,EUR,{cells}\n"
    [problem] = wrong(text)
    assert code(problem) == "part-time-pay-unclear"
    assert all(f"--basis {kind}" in problem for kind in kinds)
    assert read(text, basis=kinds[0]).pay[0].basis == kinds[0]
    if "fte" in header:
        assert read(text, basis=kinds[1]).pay[0].basis == kinds[1]
    else:
        assert list(map(code, wrong(text, basis=kinds[1]))) == ["part-time-pay-unclear"]


@pytest.mark.parametrize(("name", "options"), [("Annual FTE salary", {}), ("Salary", {"basis": "monthly_fte"})])
def test_full_time_pay_needs_working_time(read: Read, wrong: Wrong, name: str, options: dict[str, str]) -> None:
    """Pay for full time says nothing about people of whom nobody tells how much they work."""
    text = f"id,name,title,currency,{name},Percentage\n1,Ann,Owner,EUR,60000,80\n"
    [problem] = wrong(text, **options)
    assert (code(problem), '--map fte="..."' in problem) == ("part-time-pay-unclear", True)
    assert [person.fte for person in read(text, map={"fte": "Percentage"}, **options).people] == [0.8]
    assert read(text, basis="annual").pay[0].basis == "annual"


def test_a_shorter_week_is_not_part_time(read: Read, wrong: Wrong) -> None:
    """Where most people work 35 hours and one 40, the question names the option for the week of full time."""
    text = "id,name,title,annual salary in EUR,hours\n1,Ann,Owner,60000,35\n2,Bo,Owner,60000,35\n3,Cy,Owner,60000,40\n"
    [problem] = wrong(text)
    assert "--hours 35 if that is full time" in problem
    assert [person.fte for person in read(text, hours=35, basis="annual").people][:2] == [1, 1]


def test_an_ignored_period_that_differs(read: Read, wrong: Wrong) -> None:
    """Rows for a year and for an hour are not all made annual because their column is ignored."""
    text = "id,name,title,currency,Salary,Pay Period\n1,Ann,Owner,EUR,61000,Annual\n2,Bo,Owner,EUR,{},{}\n"
    hourly = text.format(900, "Hourly")
    [problem] = wrong(hourly, basis="annual", ignore=["Pay Period"])
    assert (code(problem), '--map basis="Pay Period"' in problem) == ("basis-conflict", True)
    assert len(read(hourly, basis="annual", ignore=["Pay Period"], accept=["basis-conflict"]).pay) == 2
    assert len(read(text.format(61000, "Yearly"), basis="annual", ignore=["Pay Period"]).pay) == 2


@pytest.mark.parametrize(
    ("header", "cells", "paid"),
    [
        ("Monthly salary (x13)", "3000", ("annual", 39000)),
        ("Salario mensual 14 pagas", "3000", ("annual", 42000)),
        ("Monthly salary,Number of payments", "3000,14", ("annual", 42000)),
        ("Monthly salary,Mensilità", '3000,"13,5"', ("annual", 40500)),
        ("Salary", "3000 x 13", ("annual", 39000)),
        ("Monthly FTE salary,Payments,FTE", "3000,13,1", ("annual_fte", 39000)),
        ("Monthly salary,Payments", "3000,12", ("monthly", 3000)),
        ("Annual salary,Payments", "42000,14", ("annual", 42000)),
    ],
)
def test_more_than_twelve_payments(read: Read, header: str, cells: str, paid: tuple[str, int]) -> None:
    """A month's pay that is paid 13 or 14 times is that many times the amount, where the roster says so."""
    [pay] = read(f"id,name,title,currency,{header}\n1,Ann,Owner,EUR,{cells}\n").pay
    assert paid == (pay.basis.value, pay.amount)


@pytest.mark.parametrize(
    ("unit", "amount"),
    [
        ("k EUR", "90"),
        ("in T€", "90"),
        ("000s", "90"),
        ("EUR '000", "90"),
        ("x1000", "90"),
        ("万", "9"),
        ("cents", "9000000"),
        ("EUR Lakhs", "0.9"),
        ("EUR mio", "0.09"),
        ("M€", "0.09"),
        ("€M", "0.09"),
        ("hundreds", "900"),
    ],
)
def test_pay_in_thousands(read: Read, unit: str, amount: str) -> None:
    """Where the name says thousands, lakhs or cents, amounts are so many, which is told."""
    reading = read(f"id,name,title,Annual salary ({unit}),currency\n1,Ann,Owner,{amount},EUR\n")
    assert (amounts(reading.pay), reading.notes[0].code) == ([("annual", "EUR", 90000)], "pay-in-thousands")


@pytest.mark.parametrize("words", ["dozens", "M", "Cr", "net", "k, net", "100"])
def test_unknown_words_beside_pay(read: Read, wrong: Wrong, words: str) -> None:
    """What stands in brackets beside pay and is not known is asked about, and never read as full amounts."""
    text = f'id,name,title,"Annual salary ({words})",currency\n1,Ann,Owner,90,EUR\n'
    assert list(map(code, wrong(text))) == ["pay-unit"]
    assert [code(str(note)) for note in read(text, accept=["pay-unit"]).notes].count("pay-unit") == 1


def test_units_of_other_amounts(read: Read, wrong: Wrong) -> None:
    """A fixed training budget is in the unit of its name too; hourly pay is not in the unit of annual pay beside it."""
    text = "id,name,title,Training budget ({}),currency\n1,Ann,Owner,2,EUR\n"
    assert read(text.format("k EUR")).allocations == {"1": 2000}
    assert list(map(code, wrong(text.format("dozens")))) == ["pay-unit"]
    turns = "id,name,title,Annual salary (k),Hourly rate\n1,Ann,Owner,90,\n2,Bo,Owner,,40\n"
    assert "two-columns" in map(code, wrong(turns, currency="EUR"))


@pytest.mark.parametrize(
    "words",
    [
        "gross, full time",
        "in local currency",
        "excl. bonus",
        "kr",
        "€ p.a.",
        "as of 01/2026",
        "FY25",
        "EUR",
        "x 13.5",
        "per year",
    ],
)
def test_known_words_beside_pay(read: Read, words: str) -> None:
    """What stands in brackets beside pay and does not change its amounts is not asked about."""
    text = f'id,name,title,"Salary ({words})",currency\n1,Ann,Owner,90000,EUR\n'
    assert len(read(text, basis="annual").pay) == 1


@pytest.mark.parametrize(
    ("header", "known"), [("WAZ", True), ("Std./Wo.", True), ("AZ", False), ("Std.", False), ("x", False)]
)
def test_german_working_hours(read: Read, wrong: Wrong, header: str, known: bool) -> None:
    """Hours of a week are read by their short names, or asked about, also where no name says what they are."""
    text = f"id,name,title,salary,{header}\n1,Ann,Owner,90000,40\n2,Bo,Owner,90000,20\n3,Cy,Owner,90000,40\n"
    options = {"basis": "annual_fte", "currency": "EUR"}
    if not known:
        assert "unread-hours" in map(code, wrong(text, **options))
        options["map"] = {"hours": header}
    assert [person.fte for person in read(text, **options).people] == [1, 0.5, 1]


def test_hours_of_a_day(read: Read, wrong: Wrong) -> None:
    """Where nobody works more than 8 hours, they are no weekly ones; a share of full time has another field."""
    text = "id,name,title,Working hours\n1,Ann,Owner,{}\n2,Bo,Owner,{}\n"
    assert list(map(code, wrong(text.format(8, 7.5)))) == ["few-hours"]
    assert [person.fte for person in read(text.format(1, 0.5), map={"fte": "Working hours"}).people] == [1, 0.5]
    assert [person.fte for person in read(text.format(8, 4), accept=["few-hours"]).people] == [0.2, 0.1]


def test_payments_under_an_unknown_name(wrong: Wrong) -> None:
    """A column about a 13th payment beside a month's pay is asked about."""
    text = "id,name,title,currency,{} salary,13th month\n1,Ann,Owner,EUR,3000,Yes\n"
    assert '--map payments="13th month"' in wrong(text.format("Monthly"))[0]
    told = wrong("id,name,title,currency,monthly salary,payments,hours\n1,Ann,Owner,EUR,3000,1,37.5:30\n")
    assert sorted(map(code, told)) == ["not-a-number", "number-out-of-range"]


def test_pay_that_is_still_to_come(read: Read, wrong: Wrong) -> None:
    """A raise alone, from a later day on, does not count at once; with the pay until then it does."""
    text = PAID.replace("\n", ",pay from\n") + "1,Ann,Owner,66000,EUR,2026-09-01\n"
    assert list(map(code, wrong(text))) == ["pay-not-yet"]
    assert len(read(text, accept=["pay-not-yet"]).pay) == 1
    assert len(read(text + "1,Ann,Owner,60000,EUR,2025-09-01\n").pay) == 2


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("Årslønn", "annual"),
        ("Årslön", "annual"),
        ("Vuosipalkka", "annual"),
        ("Roczne wynagrodzenie", "annual"),
        ("Stipendio annuo lordo", "annual"),
        ("RAL", "annual"),
        ("Bruttojahresgehalt", "annual"),
        ("Retribuzione Annua Lorda (RAL)", "annual"),
        ("Jahresbrutto", "annual"),
        ("Salaire annuel brut", "annual"),
        ("Roční mzda", "annual"),
        ("Månadslön", "monthly"),
        ("Månedsløn", "monthly"),
        ("Kuukausipalkka", "monthly"),
        ("Wynagrodzenie miesięczne brutto", "monthly"),
        ("Stipendio mensile", "monthly"),
        ("Timlön", "hourly"),
        ("Timeløn", "hourly"),
        ("Lön", ""),
    ],
)
def test_what_pay_is_called(name: str, basis: str) -> None:
    """Pay is known by its name in more languages than those of the other columns, and its period too."""
    assert (field_of(name), basis_in(name)) == ("salary", basis or None)


@pytest.mark.parametrize(
    ("header", "cell", "hours"),
    [
        ("Hours", "35h", 35.0),
        ("Hours", "37:30", 37.5),
        ("Hours", "37h30", 37.5),
        ("Wochenstunden", "37,5 Std", 37.5),
        ("Wochenstunden", "38,5 Std./Woche", 38.5),
        ("Hours", "151.67 h/month", 35.0),
        ("Contracted hours (month)", "151.67", 35.0),
        ("Arbeitszeit (Jahr)", "1820", 35.0),
        ("Monthly contract hours", "151.67", 35.0),
    ],
)
def test_hours_with_units_and_of_longer_periods(read: Read, header: str, cell: str, hours: float) -> None:
    """Hours are weekly ones, unless the column or the cells say a month or a year."""
    text = f'id,name,title,currency,hourly rate,{header}\n1,Ann,Owner,EUR,50,"{cell}"\n'
    assert [pay.hours for pay in read(text, map={"hours": header}).pay] == [hours]


def test_part_time_is_told_with_the_basis(read: Read, wrong: Wrong) -> None:
    """Where the basis is asked about, the question says that somebody is part-time; the answer is told."""
    text = "id,name,title,currency,salary,fte\n1,Ann,Owner,EUR,50000,0.5\n"
    assert "1 person part-time" in wrong(text)[0]
    notes = [note.found for note in read(text, basis="annual").notes if note.code == "pay-basis"]
    assert "part-time is taken to be counted in (1 person)" in notes[0]


def test_hours_that_nobody_says_are_told(read: Read) -> None:
    """Of pay by the hour the hours that were assumed are told."""
    notes = read("id,name,title,currency,hourly rate\n1,Ann,Owner,EUR,50\n").notes
    assert "40 hours for 1 person without hours on the roster (--hours)" in notes[0].found


def test_fte_and_hours_are_compared(read: Read, wrong: Wrong) -> None:
    """Half of full time and 40 hours contradict; together the two say how long the week is."""
    text = "id,name,title,currency,hourly rate,fte,weekly hours\n1,Ann,Owner,EUR,50,0.5,{}\n2,Bo,Owner,EUR,50,1,38.5\n"
    [problem] = wrong(text.format(40))
    assert (code(problem), '--ignore "weekly hours"' in problem) == ("fte-and-hours", True)
    assert [pay.hours for pay in read(text.format(19.25)).pay] == [19.25, 38.5]


def test_a_period_behind_the_amount(read: Read) -> None:
    """$52,000 per year is an amount, and its period is that row's basis."""
    text = 'id,name,title,pay\n1,Ann,Owner,"$52,000.00 per year"\n2,Bo,Owner,$25.00 / hr\n3,Cy,Owner,$900.00/month\n'
    assert amounts(read(text).pay) == [("annual", "USD", 52000), ("hourly", "USD", 25), ("monthly", "USD", 900)]


def test_pay_that_is_blank_for_everybody_is_told(read: Read) -> None:
    """A column of pay without any amount gives no training budget, and a note."""
    assert [note.code for note in read("id,name,title,annual salary\n1,Ann,Owner,\n").notes] == ["no-pay"]


def test_pay_that_is_zero_for_some_is_told(read: Read) -> None:
    """A zero among amounts may be right; it is told by its row."""
    notes = read(PAID + "1,Ann,Owner,0,EUR\n2,Bo,Owner,50000,EUR\n").notes
    assert [note.code for note in notes] == ["pay-basis", "pay-zero"]


def test_columns_filled_by_turns(read: Read, wrong: Wrong) -> None:
    """Salaried and hourly people have their pay in two columns; a row that fills both is asked about."""
    text = "id,name,title,currency,Annual salary,Hourly rate\n1,Ann,Owner,EUR,52000,0\n2,Bo,Owner,EUR,{},25\n"
    assert amounts(read(text.format("")).pay) == [("annual", "EUR", 52000), ("hourly", "EUR", 25)]
    assert "pay-by-turns" in [note.code for note in read(text.format("")).notes]
    assert list(map(code, wrong(text.format("52000")))) == ["two-columns"]


@pytest.mark.parametrize("name", ["Salary pay period", "Salary Basis", "Compensation Frequency", "Paid per"])
def test_a_column_says_the_period(read: Read, name: str) -> None:
    """The period of pay stands in a column of its own."""
    assert amounts(read(f"id,name,title,currency,Salary,{name}\n1,Ann,Owner,EUR,5200,Monthly\n").pay) == [
        ("monthly", "EUR", 5200)
    ]


def test_letters_of_payroll_systems(read: Read) -> None:
    """A, M and H in a column of periods are years, months and hours."""
    text = "id,name,title,currency,Salary,Salary basis\n1,Ann,Owner,EUR,61000,A\n2,Bo,Owner,EUR,50,H\n"
    assert [pay.basis.value for pay in read(text).pay] == ["annual", "hourly"]


def test_how_often_pay_arrives_is_no_period(read: Read, wrong: Wrong) -> None:
    """An annual salary may arrive monthly: the frequency of payment decides nothing by itself."""
    text = "id,name,title,currency,{},Pay Frequency\n1,Ann,Owner,EUR,52000,Monthly\n"
    assert amounts(read(text.format("Annual salary")).pay) == [("annual", "EUR", 52000)]
    assert list(map(code, wrong(text.format("Salary")))) == ["basis-unclear"]
    mapped = read(text.format("Salary"), map={"basis": "Pay Frequency"})
    assert amounts(mapped.pay) == [("monthly", "EUR", 52000)]


def test_periods_that_contradict(wrong: Wrong) -> None:
    """The name of the column says annual, the row monthly: asked, and the answer named."""
    [problem] = wrong("id,name,title,currency,Annual salary,Salary basis\n1,Ann,Owner,EUR,52000,Monthly\n")
    assert (code(problem), '--ignore "Salary basis"' in problem) == ("basis-conflict", True)


def test_a_decimal_mark_is_an_option(read: Read, wrong: Wrong) -> None:
    """$152,000 alone may be anything; the user's word decides."""
    text = PAID.replace("currency", "fte") + '1,Ann,Owner,"$152,000",1\n'
    assert "--decimal ." in wrong(text)[0]
    assert [int(read(text, decimal=mark).pay[0].amount) for mark in (".", ",")] == [152000, 152]


@pytest.mark.parametrize(
    "text",
    [
        "id,name,title,start,annual salary,currency\n1,Ann,Owner,61234,2020-01-01,EUR\n",
        "id,name,title,fte,annual salary,currency\n1,Ann,Owner,61234,1,EUR\n",
        "id,name,title,status,annual salary,currency\n1,Ann,Owner,61234,Active,EUR\n",
        "id,name,title,manager,annual salary,currency\n1,Ann,Owner,61234,5,EUR\n",
        "id,name,title,currency,annual salary\n1,Ann,Owner,61234,EUR\n",
        "id,name,title,annual salary,currency\n1,Ann,$61234 a year,1,EUR\n",
        "id,name,title,annual salary,currency\n61234,Ann,Owner,1,EUR\n61234,Bo,Owner,1,EUR\n",
        'id,name,title,start,annual salary\n1,Ann,Owner,"61,234.00",x\n',
    ],
)
def test_no_message_shows_pay_wherever_it_stands(wrong: Wrong, text: str) -> None:
    """An amount that slipped into another column is masked in what is told of that cell."""
    problems = wrong(text, basis="annual")
    assert not any("61234" in problem or "61,234" in problem for problem in problems)


def test_a_rate_of_more_than_a_quarter_of_pay(read: Read, wrong: Wrong) -> None:
    """A column Rate of 80% is working time or a tax, and no training budget of 80% of pay."""
    text = "id,name,title,annual salary,currency,Rate\n1,Ann,Owner,50000,EUR,{}\n"
    assert [code(problem) for problem in wrong(text.format("80%"))] == ["number-out-of-range"]
    assert read(text.format("25%")).rates == {"1": 0.25}
