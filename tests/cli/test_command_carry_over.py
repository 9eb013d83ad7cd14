"""growthsheet carry-over, and --carry-in of build."""

ANSWERS = "cycle,person,activity,source,skill\n"
LINES = "id,person,category,title,status,actual,cycle\na,2,training,Course,spent,328.80,2026-h2\n"


def last_year(folder):
    """The answers of 2026, and settings that carry a half over."""
    (folder / "growthsheet.toml").write_text("carry_over = 0.5\n")
    (folder / "answers").mkdir()
    (folder / "answers" / "answers.csv").write_text(ANSWERS)
    (folder / "answers" / "budget-items.csv").write_text(LINES)
    (folder / "answers" / "cycles.csv").write_text("id,label,date\n2026-h2,Autumn,2026-09-01\n")


def test_one_command_carries_over(run, roster, folder):
    """Everybody's half of what is left in 2026 stands in 2027 beside the allocation; no amount is printed."""
    roster.write_text(roster.read_text() + "4,Di Woo,Product Manager,1,5000,USD\n")
    last_year(folder)
    told = run("carry-over", roster, "--answers", "answers", "--out", "carry-in.csv")
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith("Wrote what 4 people bring along from 2026-01-01 to 2026-12-31 into carry-in.csv\n")
    found = (folder / "carry-in.csv").read_text("utf-8-sig").splitlines()
    assert found[:3] == [
        '"id","name","carry_in","currency"', '"1","Ana Ruiz","13163.58","USD"', '"2","Bo Lee","12999.18","USD"',
    ]  # fmt: skip
    cycle = ("--cycle", "2027-h1", "--cycle-date", "2027-02-01", "--answers", "answers")
    built = run("build", roster, "--out", "out", "--carry-in", "carry-in.csv", *cycle)
    assert built.code == 0
    assert "13163" not in told.err + built.err + built.out
    page = run("carry-over", roster, "--answers", "answers", "--out", "again.csv", "--json").json
    assert (page["people"], page["from"], page["to"], page["out"]) == (4, "2026-01-01", "2026-12-31", "again.csv")
    wrong = run("build", roster, "--out", "out", "--carry-in", "nowhere.csv", *cycle)
    assert (wrong.code, "nowhere.csv" in wrong.err) == (2, True)


def test_nothing_is_carried_over_without_a_share(run, roster, folder):
    """Where the settings carry nothing over, that is told, and no table of zeros is written."""
    last_year(folder)
    (folder / "growthsheet.toml").unlink()
    told = run("carry-over", roster, "--answers", "answers", "--out", "carry-in.csv")
    assert (told.code, (folder / "carry-in.csv").exists()) == (2, False)
    assert "[nothing-carried-over]" in told.err


def test_the_year_can_be_named(run, roster, folder):
    """A cycle that is named says which fiscal year it is; the day can be said as well."""
    last_year(folder)
    with (folder / "answers" / "cycles.csv").open("a") as file:
        file.write("2027-h1,Spring,2027-03-01\n")
    for options, first in (((), "2027"), (("--cycle", "2026-h2"), "2026"), (("--as-of", "2026-12-31"), "2026")):
        told = run("carry-over", roster, "--answers", "answers", "--out", "carry-in.csv", *options, "--json").json
        assert told["from"] == f"{first}-01-01"
        rows = (folder / "carry-in.csv").read_text("utf-8-sig").splitlines()
        assert rows[2].split(",")[2] == '"12999.18"' if first == "2026" else '"13163.58"'
