"""Settings: growthsheet.toml and options, checked together."""

from datetime import date
from decimal import Decimal

import pytest

from growthsheet.errors import InputError
from growthsheet.model import BudgetPolicy, Cycle, ExchangeRates
from growthsheet.tasks.settings import Settings, find_settings, load_settings, read_options, read_settings

EVERYTHING = """\
catalog = "product-management"
cycle = "2026-spring"
cycle_label = "Spring 2026"
cycle_date = 2026-03-01
as_of = "2026-03-02"
default_role = "product-manager"
basis = "annual"
currency = "eur"
hours = 38.5
encoding = "cp1250"
rate = 0.02
fiscal_year_start = "04-06"
prorate = "days"
floor = 500
cap = 4000.50
carry_over = 0.5
pay = "pooled"
person_pay = "none"
language = "de"
locale_folder = "words"

ignore = ["Shoe size"]
keep = ["Office"]
of = ["Maya Lind"]
by = "Office"
sheet = "2026"
date_order = "dmy"
decimal = ","
accept = ["pay-far-apart"]
status = { Z9 = "left" }
acting = { "Maya Lind" = "2" }

[map]
salary = "Annual Salary"

[categories]
training = "Training"
books = "Books"

[theme]
accent = "#7A1F5C"

[exchange_rates]
into = "USD"
date = 2026-03-01
rates = { EUR = 1.08 }

[budget.rates]
"country:DE" = "5 %"
"person:E001" = 0.04
"""


@pytest.fixture
def load(tmp_path):
    """Load settings from text or bytes."""

    def loading(text):
        path = tmp_path / "growthsheet.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_settings(path)

    return loading


@pytest.fixture
def wrong(load):
    """Everything that is wrong with a settings file, each problem after the name of the file."""

    def problems(text):
        with pytest.raises(InputError) as caught:
            load(text)
        return [str(problem).rpartition("growthsheet.toml")[2].removeprefix(": ") for problem in caught.value.problems]

    return problems


def test_everything(load):
    """Every key is read, dates as TOML's own or as text."""
    settings = load(EVERYTHING)
    assert Settings.model_fields.keys() == settings.model_fields_set
    assert Cycle(id="2026-spring", label="Spring 2026", date=date(2026, 3, 1)) == settings.review_cycle
    assert settings.policy == BudgetPolicy(
        rate=0.02,
        fiscal_year_start=(4, 6),
        prorate="days",
        floor=Decimal(500),
        cap=Decimal("4000.5"),
        rates={"country:DE": 0.05, "person:E001": 0.04},
        carry_over=0.5,
        categories=(("training", "Training"), ("books", "Books")),
        exchange_rates=ExchangeRates(into="USD", date=date(2026, 3, 1), rates={"EUR": "1.08"}),
    )
    assert ({"salary": "Annual Salary"}, "EUR", date(2026, 3, 2)) == (settings.map, settings.currency, settings.as_of)


def test_defaults():
    """Nothing set is 3 % of pay in the built-in catalog's roles."""
    settings = Settings()
    assert (settings.policy, settings.review_cycle) == (BudgetPolicy(), None)


def test_byte_order_mark(load):
    """A byte order mark, as Windows writes it, is no obstacle."""
    assert load(b"\xef\xbb\xbfrate = 0.02").rate == 0.02


def test_all_problems_at_once(wrong):
    """Everything that is wrong is told at once, each thing with its key."""
    text = 'rate = nan\ncap = inf\nhours = "x"\nbasis = "weekly"\ncycle_date = 2026\n[map]\nsalry = "Pay"\nname = 3\n'
    assert [problem.partition(":")[0] for problem in wrong(text)] == [
        *("map.salry", "map.name", "basis", "hours", "cycle_date", "rate", "cap")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rate = nan", "rate: nan; wanted: a number; write it in digits [not-a-number]"),
        ("rate = -inf", "rate: -inf; wanted: a number; write it in digits [not-a-number]"),
        ("rate = 3", "rate: 3; wanted: a share from 0 to 1, such as 0.03 or 3%; change it [out-of-range]"),
        ("cap = '50%'", "cap: '50%'; wanted: a number; write it in digits [not-a-number]"),
        (
            "cap = '4.000'",
            "cap: '4.000'; wanted: a number that shows which mark is the decimal one; "
            "write two decimals (1234.50) or no thousands separator [decimal-mark-unclear]",
        ),
        (
            "[exchange_rates]\ninto = 'USD'\ndate = 2026-03-01\nrates = { EUR = '1.080' }",
            "exchange_rates: a mapping; wanted: a number that shows which mark is the decimal one; "
            "write two decimals (1234.50) or no thousands separator [decimal-mark-unclear]",
        ),
        ("hours = '0,5'", "hours: 0.5; wanted: 1 or more; change it [out-of-range]"),
        (
            "carry_over = '101%'",
            "carry_over: '101%'; wanted: a share from 0 to 1, such as 0.03 or 3%; change it [out-of-range]",
        ),
        ("rate = true", "rate: 'true'; wanted: a number; write it in digits [not-a-number]"),
        ("hours = 0", "hours: 0; wanted: 1 or more; change it [out-of-range]"),
        ("floor = 'x'", "floor: 'x'; wanted: a number; write it in digits [not-a-number]"),
        ("floor = 2\ncap = 1", "the floor is above the cap; change it [bad-value]"),
        (
            "[budget.rates]\n'land:DE' = 0.05",
            "budget.rates: 'land:DE' is not a rule; rules are person:ID, role:ROLE and country:COUNTRY; "
            "change it [bad-value]",
        ),
        (
            "[budget.rates]\n'role:vp' = 5",
            "budget.rates.role:vp: 5; wanted: a share from 0 to 1, such as 0.03 or 3%; change it [out-of-range]",
        ),
        ("cycle_date = 2026", "cycle_date: is not a date such as 2026-03-01; change it [bad-value]"),
        ("as_of = 2026-03-01T10:00:00", "as_of: is not a date such as 2026-03-01; change it [bad-value]"),
        ("as_of = '2026-13-01'", "as_of: is not a date such as 2026-03-01; change it [bad-value]"),
        (
            "fiscal_year_start = '02-29'",
            "fiscal_year_start: is not a month and a day of every year, such as 04-06; change it [bad-value]",
        ),
        ("currency = 'euro'", "currency: is not a code of three letters, such as EUR; change it [bad-value]"),
        ("map = 3", "map: is not a table of 'key = value' lines; change it [bad-value]"),
        (
            "[map]\nsalry = 'Pay'",
            "map.salry: is not a field of a roster; did you mean 'salary'?; change it [bad-value]",
        ),
        (
            "[categories]",
            "categories: needs one or more entries, each with a code and a label; change it [bad-value]",
        ),
        (
            "[categories]\na = 'X'\nb = 'x'",
            "categories: 'X' and 'x' are one label; each needs its own; change it [bad-value]",
        ),
        (
            "[categories]\na = 'X'\nA = 'Y'",
            "categories: 'a' and 'A' are one code; each needs its own; change it [bad-value]",
        ),
        (
            "pay = 'all'",
            "pay: 'all'; wanted: 'salary', 'allowance', 'pooled' or 'none'; choose one of them [not-a-choice]",
        ),
    ],
)
def test_wrong_values(wrong, text, told):
    """A wrong value is told with its key and with what is wanted."""
    assert [told] == wrong(text)


def test_unknown_keys(wrong):
    """An unknown key is answered with the one that was meant."""
    (told,) = wrong("fiscal_year = '01-01'")
    assert told.startswith("fiscal_year: an unknown field; wanted: one of map, default_role, ")
    assert told.endswith("did you mean 'fiscal_year_start'? [unknown-field]")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rate = \n", ", line 1, column 8: Invalid value; wanted: TOML; correct it there; texts need quotes"),
        ("rate = 1\nrate = 2\n", ", line 2, column 9: Cannot overwrite a value; wanted: TOML;"),
        ("rate = " + "9" * 5000, "Exceeds the limit"),
        (b"rate = \xff", ", line 1, column 8: the byte 0xFF; wanted: text in UTF-8"),
        ("rate = " + "[" * 5000, "nested too deep"),
        ("# " + "x" * 1_000_000, "too large; wanted: at most 1,000,000 bytes"),
    ],
)
def test_broken_files(wrong, text, told):
    """A file that is no TOML is one problem, with the line where there is one."""
    assert [problem.startswith(told) for problem in wrong(text)] == [True]


def test_no_file(tmp_path):
    """A file that is not there is told by its name."""
    with pytest.raises(InputError, match=r"none.toml: No such file or directory; wanted: a file that you may read"):
        load_settings(tmp_path / "none.toml")


def test_found_in_the_folder(tmp_path):
    """The file of a folder is found by its name; where there is none, that is no error."""
    assert find_settings(tmp_path) is None
    (tmp_path / "growthsheet.toml").touch()
    assert tmp_path / "growthsheet.toml" == find_settings(tmp_path)


@pytest.mark.parametrize(("said", "meant"), [("mine.yaml", "mine.yaml"), ("../mine.json", "../mine.json")])
def test_catalogs_stand_beside_the_file(load, tmp_path, said, meant):
    """A catalog file is looked for beside the settings that name it; a built-in name stays a name."""
    assert str(tmp_path / meant) == load(f"catalog = '{said}'").catalog
    assert load("catalog = 'product-management'").catalog == "product-management"


def test_a_share_may_be_a_percentage(load):
    """3% and 3 % are 0.03, exactly, in the file and on the command line; a comma is as good as a point."""
    assert (load("rate = '3%'").rate, load("carry_over = '50 %'").carry_over) == (0.03, 0.5)
    assert [read_options({"rate": text}).rate for text in ("2.9%", "2,9 %", "0,029", "100%")] == [0.029] * 3 + [1]


def test_over():
    """What is set here wins; of map, field by field."""
    here, there = Settings(rate=0.02, map={"id": "A"}), Settings(rate=0.05, hours=38, map={"id": "B", "name": "C"})
    assert here.over(there).model_dump(exclude_unset=True) == {
        "rate": 0.02,
        "hours": 38,
        "map": {"id": "A", "name": "C"},
    }


def test_options_are_named():
    """Problems of the command line name the option and, for --map, the field."""
    with pytest.raises(InputError) as caught:
        read_options({"fiscal_year_start": "1.4.", "map": {"pay_fro": "Since"}})
    assert [problem.place for problem in caught.value.problems] == ["--map pay_fro", "--fiscal-year-start"]


@pytest.mark.parametrize(
    ("options", "cycle"),
    [
        ({"cycle": "x", "cycle_date": "2026-03-01"}, ("x", date(2026, 3, 1))),
        ({"cycle_date": "2026-03-01"}, ("2026", date(2026, 3, 1))),
        ({"cycle": "x", "as_of": "2025-12-31"}, ("x", date(2025, 12, 31))),
        ({"cycle": "x"}, ("x", None)),
    ],
)
def test_cycles(options, cycle):
    """A cycle without a date is of the day on which everything stands; one without an id is the year's."""
    before = date.today()
    found = read_settings(options).review_cycle
    name, day = cycle
    assert found.id == name
    assert day == found.date if day else before <= found.date <= date.today()


def test_a_roster_by_settings():
    """A roster is loaded by the settings: mapping, role, policy, currency and what files may hold."""
    settings = Settings(
        map={"id": "Code"},
        default_role="vp",
        currency="eur",
        rate=0.1,
        as_of="2026-03-01",
        pay="none",
        person_pay="none",
    )
    roster = settings.roster([{"Code": 7, "Name": "Ana", "Title": "Lion Tamer", "Annual Salary": 1000}])
    assert (roster.people[0].role, roster.currency, roster.policy.rate) == ("vp", "EUR", 0.1)
    assert (roster.options.pay, roster.options.person_pay) == ("none", "none")
