"""Progress: what was said in earlier cycles stands beside what is said now, and nothing that should not be seen."""

from __future__ import annotations

from datetime import date

from growthsheet.model import Answers, Cycle
from growthsheet.sheets.books import person_book
from growthsheet.sheets.person.progress import CYCLES_AT_MOST, INVITATION
from growthsheet.workbook.blocks import Book, Charts, Paragraphs
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import (
    Cells,
    computed,
    earlier_cycles,
    family,
    person,
    rating,
    roster,
    this_cycle,
    told_before,
    visible,
)
from tests.proof.parts import Book as File


def returning(**options: bool) -> Book:
    """Ana's workbook in her third cycle."""
    return person_book(family(told_before(), **options).person("A").view)


def then(cells: Cells, activity: str) -> list[object]:
    """What an activity was rated in the cycles before, oldest first."""
    row = cells["progress"][f"k:{activity}"]
    return [row["then@c0"], row["then@c1"]]


def charts(book: Book) -> int:
    """How many charts the tab shows."""
    (tab,) = (sheet for sheet in book.sheets if sheet.name == "Progress")
    return sum(len(block.charts) for block in tab.blocks if isinstance(block, Charts))


def test_rows_are_found_by_id() -> None:
    """Each activity of today has its earlier ratings; a retired one has no row; n/a is shown, 7 is no rating."""
    found = computed(returning())
    assert [then(found, name) for name in ("talks", "pricing", "data")] == [[0, 2], [2, 1], [None, 0]]
    assert (then(found, "launch"), then(found, "coaching")) == ([None, "n/a"], [None, None])
    assert [found["assessment"][f"k:{name}"]["last_time"] for name in ("data", "launch", "coaching")] == [
        0,
        "n/a",
        None,
    ]
    assert "k:faxes" not in found["progress"]
    assert "faxes" not in str(visible(to_bytes(returning()))).casefold()


def test_changes_are_since_the_last_cycle() -> None:
    """A change is signed, and blank where one of the two is not rated; what rose, stayed and fell is counted."""
    found = computed(returning())
    changes = {key: row["change"] for key, row in found["progress"].items()}
    assert changes == {
        "k:talks": -1,
        "k:pricing": -1,
        "k:data": 3,
        "k:roadmap": -1,
        "k:launch": None,
        "k:coaching": None,
    }
    facts = found["facts"][""]
    assert [facts[name] for name in ("higher", "unchanged", "lower")] == [1, 0, 3]


def test_readiness_over_time() -> None:
    """Each cycle's readiness is for the role of today, over what was rated then; blank below 80%, as in the chart."""
    found = computed(returning())
    rows = list(found["by_cycle"].values())
    assert [row["completeness_of_cycle"] for row in rows] == [0.4, 1, 1]  # n/a is an answer
    # importance 2 x talks 2, 3 x pricing 1, 1 x data 0, 3 x roadmap 3; expected 4 + 7.5 + 1 + 9
    assert [row["readiness_of_cycle"] for row in rows] == [None, round(16 / 21.5, 4), found["facts"][""]["readiness"]]
    assert [row["plot"] for row in rows[1:]] == [row["readiness_of_cycle"] for row in rows[1:]]
    assert rows[0]["plot"] == "#N/A"
    assert [row["met_of_cycle"] for row in rows] == [0, 2, 1]
    assert [(row["not_applicable_of_cycle"], row["not_rated_of_cycle"]) for row in rows[:2]] == [(0, 3), (1, 0)]


def test_a_new_activity_does_not_change_an_earlier_cycle() -> None:
    """An activity that nobody answered then counts neither as expected nor as not rated, also for the manager."""
    past, names = earlier_cycles()[1], ("talks", "pricing", "data", "roadmap")
    ratings = (*(rating("A", name, 4, cycle=past) for name in names), rating("A", "talks", 4))
    made = family(Answers(cycles=(past, this_cycle()), ratings=ratings))
    then, now = computed(person_book(made.person("A").view))["by_cycle"].values()
    counts = ("completeness_of_cycle", "met_of_cycle", "not_rated_of_cycle")
    assert ([then[name] for name in counts], [now[name] for name in counts]) == ([1, 4, 0], [0.2, 1, 4])
    assert computed(made.team("M").book())["people"]["k:A"]["readiness_then"] == then["readiness_of_cycle"] == 1


def test_the_manager_sees_what_was_said_last_time() -> None:
    """On Reviews n/a of the last cycle is no blank, and its date stands only where something was said."""
    rows = computed(family(told_before()).team("M").book())["reviews"]
    dated = "Autumn 2025, 2025-09-01"
    assert {
        name: (rows[f"k:A:{name}"]["last_time"], rows[f"k:A:{name}"]["last_cycle"]) for name in ("talks", "launch")
    } == {
        "talks": (2, dated),
        "launch": ("n/a", dated),
    }
    assert [rows["k:B:data"][name] for name in ("last_time", "last_cycle")] == [None, None]


def test_progress_as_a_table() -> None:
    """A notebook gets the same numbers, a row a cycle; none where there is no earlier one."""
    made = family(told_before()).person("A")
    rows = made.progress().records()
    assert [(row["cycle"], row["readiness"], row["met"]) for row in rows[:2]] == [
        ("2025-1", None, 0),
        ("2025-2", round(16 / 21.5, 4), 2),
    ]
    assert rows[2]["readiness"] == computed(made.book())["facts"][""]["readiness"]
    assert family().person("A").progress().records() == []


def test_only_what_the_reader_may_see() -> None:
    """An agreed rating of then counts where it is shared, and is in no cell where it is not; a manager's never is."""
    assert then(computed(returning()), "pricing") == [2, 1]
    assert then(computed(returning(share=True)), "pricing") == [2, 0]
    assert then(computed(returning(share=True)), "data") == [None, 0]
    cy = person_book(family(told_before()).person("C").view)  # only a manager said something about Cy then
    assert "progress" not in cy.tables


def test_nothing_earlier_primes() -> None:
    """In a blind round, no earlier cycle stands anywhere in the workbook."""
    data = to_bytes(returning(blind=True))
    assert {"progress", "by_cycle"}.isdisjoint(returning(blind=True).tables)
    assert "Autumn 2025" not in "".join(File(data).strings)


def test_the_first_cycle_invites() -> None:
    """Where there is no other cycle there is no table and no chart, but what will stand there next time."""
    book = person_book(family().person("A").view)
    assert "by_cycle" not in book.tables
    assert charts(book) == 0
    assert charts(returning()) == 2
    assert {*INVITATION} <= {text for tab, _, text in visible(to_bytes(book)) if tab == "Progress"}


def test_the_newest_cycles_are_shown() -> None:
    """Of many cycles the newest are shown, oldest first; one that comes later than this one is not."""
    days = [date(2026 - n, 1, 1) for n in range(9)] + [date(2026, 6, 1)]
    cycles = [Cycle(id=f"c-{day.isoformat()}", label=day.isoformat(), date=day) for day in days]
    answers = Answers(
        cycles=(this_cycle(), *cycles), ratings=[rating("A", "talks", 1, cycle=cycle) for cycle in cycles]
    )
    book = person_book(roster([person("A")], answers=answers).person("A").view)
    shown = [row["cycle"] for row in computed(book)["by_cycle"].values()]
    assert shown == [day.isoformat() for day in reversed(days[:CYCLES_AT_MOST])] + [this_cycle().label]
    assert f"then@c{CYCLES_AT_MOST - 1}" in computed(book)["progress"]["k:talks"]


def test_the_overview_of_a_returning_team_is_one_page() -> None:
    """With a column of the last cycle, too, the Overview is printed on one page, and says of which day it is."""
    data = to_bytes(family(told_before()).team("M").book())
    file = File(data)
    (sheet,) = (each for each in file.sheets if each.name == "Overview")
    setup = file.rest(sheet).find("{*}pageSetup")
    assert setup is not None
    assert (setup.get("fitToWidth", "1"), setup.get("fitToHeight", "1")) == ("1", "1")
    assert any(
        str(value).startswith(f"Spring 2026 · as of {family().as_of}. ")
        for tab, _, value in visible(data)
        if tab == "Overview"
    )


def test_whose_ratings_count_is_said_where_readiness_is_shown() -> None:
    """A person's readiness may differ from that in the manager's workbook: both say so, and truly."""

    def purpose(book: Book, tab: str) -> str:
        return next(sheet.purpose for sheet in book.sheets if sheet.name == tab)

    own, shared = (family(share=share).person("A").book() for share in (False, True))
    assert purpose(own, "Dashboard").endswith(
        "Readiness counts your own ratings; the workbooks of managers and the organization count agreed ratings first."
    )
    assert "Agreed ratings count before your own" in purpose(shared, "Dashboard")
    for book in (family().team("M").book(), family().organization().book()):
        assert "Agreed ratings count first; in people's own workbooks" in purpose(book, "Overview")


def test_earlier_cycles_are_said_to_be_measured_by_what_is_expected_today() -> None:
    """A changed catalog restates earlier cycles; the tab and the column that compare with them say so."""
    made, words = family(told_before()), "measured by what the role expects today"
    tab = next(sheet for sheet in made.person("A").book().sheets if sheet.name == "Progress")
    lines = [line for block in tab.blocks if isinstance(block, Paragraphs) for line in block.lines]
    assert [line for line in lines if words in line and "nobody answered then do not count there" in line] == lines
    assert words in made.team("M").book().tables["people"].table.column("points_since").note


def test_two_counts_of_not_applicable_are_explained_apart() -> None:
    """How many people, and how many activities, are explained each in words that are true of it."""
    cells = family().team("M").book().named_cells
    people, activities = (cells[f"{who}_not_applicable"].note for who in ("people", "activities"))
    assert people.startswith("How many people answered n/a to more than a quarter of their activities")
    assert activities.startswith("To how many activities more than a quarter of the people answered n/a")
