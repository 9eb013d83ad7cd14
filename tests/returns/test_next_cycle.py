"""The next cycle: what is open is carried on, what is over stays in the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import growthsheet as gs
from growthsheet.model import Answers, BudgetPolicy, Cycle
from growthsheet.returns.collected import with_folder
from growthsheet.roster.roster import Plan, Roster
from tests.making import computed, family, item, line, rating, this_cycle, where, where_fact
from tests.proof.hands import Hands
from tests.proof.parts import cells
from tests.returns.test_collect import fill, given_out


def autumn() -> Cycle:
    """The review cycle after this one, in the same fiscal year."""
    return Cycle(id="2026-h2", label="Autumn 2026", date=date(2026, 9, 1))


def spring() -> Cycle:
    """The review cycle after that, in the next fiscal year."""
    return Cycle(id="2027", label="Spring 2027", date=date(2027, 3, 1))


def at(cycle: Cycle, *items: Any, lines: Any = (), **options: Any) -> Roster:
    """Mia's and Zoe's people in a cycle."""
    answers = Answers(cycles=(this_cycle(), autumn(), spring()), plan_items=items, budget_items=lines)
    return replace(family(answers, **options), cycle=cycle, as_of=cycle.date)


def carried_on(roster: Roster, person: str = "A") -> tuple[list[str], list[str]]:
    """The plan items and the budget lines of a person's workbook."""
    view = roster.person(person).view
    return [item.id for item in view.plan_items], [line.id for line in view.budget_items]


def test_open_items_are_carried_on() -> None:
    """Open items go on with their status; those that were closed in an earlier cycle do not."""
    items = [
        item("A", "talks", id=f"{status}-{cycle.id}", cycle=cycle.id, status=status)
        for status in ("open", "done", "dropped")
        for cycle in (this_cycle(), autumn())
    ]
    nameless = item("A", "roadmap", cycle=this_cycle().id, status="done")
    in_autumn, _ = carried_on(at(autumn(), *items, nameless))
    assert in_autumn == ["open-2026", "open-2026-h2", "done-2026-h2", "dropped-2026-h2", ""]
    assert carried_on(at(spring(), *items))[0] == ["open-2026", "open-2026-h2"]


@pytest.mark.parametrize(
    ("status", "start", "cycle", "shown"),
    [
        ("planned", date(2026, 5, 1), this_cycle, True),
        ("requested", None, this_cycle, True),
        ("approved", date(2027, 5, 1), this_cycle, False),
        ("booked", None, this_cycle, False),
        ("spent", date(2026, 5, 1), this_cycle, False),
        ("spent", date(2026, 5, 1), spring, True),
        ("rejected", None, this_cycle, False),
        ("cancelled", date(2026, 12, 31), autumn, False),
        ("booked", date(2026, 12, 31), None, False),
        ("booked", date(2027, 1, 1), None, True),
        ("spent", None, None, True),
    ],
)
def test_lines_of_another_year(status: str, start: date | None, cycle: Callable[[], Cycle] | None, shown: bool) -> None:
    """A line that took money from an earlier fiscal year takes none from this one; what is undecided goes on."""
    lines = [line("l", person="A", status=status, start=start, cycle=cycle().id if cycle else "", estimate=500)]
    assert carried_on(at(spring(), lines=lines))[1] == ["l"] * shown
    team = at(spring(), lines=lines).team("M").view
    assert [each.id for each in team.budget_items] == ["l"] * shown
    later = cycle is spring
    assert carried_on(at(autumn(), lines=lines))[1] == ["l"] * (not later)  # the same year


def prefilled(folder: Path, **options: Any) -> tuple[Roster, dict[str, tuple[Path, Any]]]:
    """Ana's workbook in autumn, prefilled with what she said in spring."""
    ratings = (rating("A", "talks", 2, "n/a", 1), rating("A", "pricing", 0), rating("A", "data", 1, cycle=autumn()))
    answers = Answers(cycles=(this_cycle(), autumn()), ratings=ratings)
    roster = replace(family(answers, prefill=True, **options), cycle=autumn(), as_of=autumn().date)
    return roster, given_out(roster, folder, "A")


def said_in_autumn(collected: gs.Collected) -> dict[str, tuple[Any, ...]]:
    """What Ana said in autumn, by activity."""
    own = [each for each in collected.answers.ratings if each.cycle == autumn().id]
    return {each.activity: (each.skill, each.experience, each.interest) for each in own}


def test_prefilled_and_not_touched(tmp_path: Path) -> None:
    """A prefilled workbook that comes back as it went out says nothing new, and that is told."""
    roster, _ = prefilled(tmp_path / "out")
    collected = gs.collect(tmp_path / "out", roster=roster)
    assert said_in_autumn(collected) == {"data": (1, None, None)}
    ana = next(each for each in collected.responded if each.person.id == "A")
    assert (ana.state, ana.words, ana.answered) == ("unconfirmed", "prefilled and not confirmed, 1 of 5 answered", 1)
    assert ana.person in collected.missing
    assert [problem.found for problem in collected.problems if problem.code == "not-confirmed"] == [
        "4 prefilled ratings that nobody confirmed, so not answers of this cycle"
    ]
    assert collected.counts["unconfirmed"] == 4
    assert (collected.counts["taken"], collected.counts["cells"]) == (1, sum(each.cells for each in collected.files))
    collected.save(tmp_path / "answers")
    told = roster.with_answers(collected)
    assert computed(told.organization().book())["facts"][""]["unconfirmed"] == 1
    unfinished = computed(told.team("M").book())["facts"][""]
    shown = [unfinished["unfinished_1"], unfinished["unfinished_2"]]
    assert shown == ["Prefilled and not confirmed: Ana Ruiz (1 of 5).", "Not returned: Bo Lee, Cy Kim, Di Woo."]
    assert "prefilled" not in roster.organization().book().named_cells
    again = gs.collect([], roster=with_folder(roster, tmp_path / "answers"))
    assert [each.state for each in again.responded if each.person.id == "A"] == ["unconfirmed"]


def test_prefilled_and_changed(tmp_path: Path) -> None:
    """What somebody changed is an answer; the rest waits, also after the workbook was made again."""
    roster, made = prefilled(tmp_path / "out")
    fill(*made["A"], [("assessment", "talks", "skill", 3)])
    collected = gs.collect(tmp_path / "out", roster=roster)
    assert said_in_autumn(collected) == {"data": (1, None, None), "talks": (3, None, None)}
    rows = roster.with_answers(collected).person("A").book().tables["assessment"].rows
    row = next(row for row in rows if row["key"] == "k:talks")
    talks = [row.get(name) for name in ("skill", "suggested_skill", "experience", "suggested_experience")]
    assert talks == [3, None, "n/a", "n/a"]


def confirm(path: Path, plan: Plan, word: str | None) -> None:
    """Say at the top of the Assessment whether all that is prefilled counts."""
    hands = Hands(path.read_bytes())
    hands.cell(*where_fact(plan.book(), "confirmed")).type(word)
    path.write_bytes(hands.save())


@pytest.mark.parametrize(("word", "counts"), [("Yes", True), (" yes", True), ("No", False)])
def test_prefilled_and_confirmed(tmp_path: Path, word: str, counts: bool) -> None:
    """With Yes at the top all of it is what the person says now; any other word confirms nothing, and is told."""
    roster, made = prefilled(tmp_path / "out")
    path, ana = made["A"]
    confirm(path, ana, word)
    collected = gs.collect(tmp_path / "out", roster=roster)
    wanted = {"data": (1, None, None)} | ({"talks": (2, "n/a", 1), "pricing": (0, None, None)} if counts else {})
    assert said_in_autumn(collected) == wanted
    codes = [problem.code for problem in collected.problems if problem.code != "nothing-came"]
    assert codes == ([] if counts else ["unknown-label", "not-confirmed"])
    assert all(count.adds_up for count in collected.files)


def test_nothing_is_an_answer_where_nothing_tells_what_was_prefilled(tmp_path: Path) -> None:
    """Where a program has removed the hidden list, no rating counts before it is confirmed."""
    roster, made = prefilled(tmp_path / "out")
    path = made["A"][0]
    file = openpyxl.load_workbook(path)
    del file.defined_names["gs_col_prefilled_code"]
    file.save(path)
    assert said_in_autumn(gs.collect(path, roster=roster)) == {"data": (1, None, None)}


@pytest.mark.parametrize("word", [None, "Yes"])
def test_prefilled_and_emptied(tmp_path: Path, word: str | None) -> None:
    """A prefilled cell that somebody emptied stays empty however often the workbook is made again; others wait."""
    roster, _ = prefilled(tmp_path / "unused")
    gs.build(roster, tmp_path, books=["people"])
    path, ana = tmp_path / "people" / "Ana-Ruiz-A.xlsx", roster.person("A")
    fill(path, ana, [("assessment", "talks", "skill", None)])
    confirm(path, ana, word)
    found = []
    for _ in range(3):
        found.append(
            [_shown(path, ana, *at) for at in (("talks", "skill"), ("talks", "experience"), ("pricing", "skill"))]
        )
        gs.build(roster, tmp_path, books=["people"], update=True)
    assert found == [[None, "n/a", 0]] * 3


def test_changed_and_emptied(tmp_path: Path) -> None:
    """A prefilled cell that somebody changed and emptied later stays empty, though nothing tells what it held."""
    roster, _ = prefilled(tmp_path / "unused")
    gs.build(roster, tmp_path, books=["people"])
    path, ana = tmp_path / "people" / "Ana-Ruiz-A.xlsx", roster.person("A")
    found = []
    for level in (3, None, None):
        if level or found[-1]:
            fill(path, ana, [("assessment", "talks", "skill", level)])
        gs.build(roster, tmp_path, books=["people"], update=True)
        found.append(_shown(path, ana, "talks", "skill"))
    assert (found, _shown(path, ana, "pricing", "skill")) == ([3, None, None], 0)
    confirm(path, ana, "Yes")
    counts = [gs.build(roster, tmp_path, books=["people"], update=True).counts for _ in range(2)]
    assert counts == [{"unchanged": 6, "updated": 1}, {"unchanged": 7}]


def test_what_is_not_confirmed_is_told_after_an_update(tmp_path: Path) -> None:
    """The team's Overview names who typed into a prefilled workbook and did not confirm it, until that is done."""
    roster, _ = prefilled(tmp_path / "unused")
    gs.build(roster, tmp_path)
    path, ana = tmp_path / "people" / "Ana-Ruiz-A.xlsx", roster.person("A")
    found = [_named(tmp_path)]
    fill(path, ana, [("assessment", "talks", "skill", 3)])
    for _ in range(2):
        gs.build(roster, tmp_path, update=True)
        found.append(_named(tmp_path))
    confirm(path, ana, "Yes")
    gs.build(roster, tmp_path, update=True)
    assert [*found, _named(tmp_path)] == [False, True, True, False]


def _named(folder: Path) -> bool:
    data = next((folder / "teams").glob("*-M.xlsx")).read_bytes()
    return any("Prefilled and not confirmed" in str(cell.value) for cell in cells(data) if cell.sheet == "Overview")


def _shown(path: Path, plan: Any, activity: str, column: str) -> Any:
    place = where(plan.book(), "assessment", f"k:{activity}", column)
    return next((cell.value for cell in cells(path.read_bytes()) if (cell.sheet, cell.ref) == place), None)


def test_nothing_to_confirm(tmp_path: Path) -> None:
    """A workbook in which nothing is prefilled asks nobody to confirm anything, and what is typed counts at once."""
    roster, _ = prefilled(tmp_path / "unused")
    bo = given_out(roster, tmp_path / "out", "B")["B"]
    assert "unconfirmed_count" not in bo[1].book().named_cells
    assert "prefilled" not in {*bo[1].book().identity, *bo[1].book().tables}
    fill(*bo, [("assessment", "talks", "skill", 2)])
    collected = gs.collect(tmp_path / "out", roster=roster)
    assert [(each.person, each.skill) for each in collected.answers.ratings if each.person == "B"] == [("B", 2)]
    assert computed(roster.with_answers(collected).person("B").book())["assessment"]["k:talks"]["used"] == 2


def test_prefill_or_blind() -> None:
    """Values that nobody shall see cannot be filled in."""
    with pytest.raises(gs.InputError, match="blind and prefill are set together"):
        family(blind=True, prefill=True)
    assert family(prefill=True).person("A").view.suggested == {}  # there is no earlier cycle


def test_the_fiscal_year_counts() -> None:
    """What was spent counts in its own fiscal year only."""
    lines = [
        line("old", person="A", status="spent", start=date(2026, 3, 31), actual=1000),
        line("new", person="A", status="spent", start=date(2026, 4, 1), actual=300),
    ]
    april = BudgetPolicy(fiscal_year_start=(4, 1))
    in_autumn = at(autumn(), lines=lines)
    assert in_autumn.person("A").budget().records()[0]["spent"] == 1300
    assert replace(in_autumn, policy=april).person("A").budget().records()[0]["spent"] == 300


def test_the_organization_counts_as_its_teams_do() -> None:
    """In a new fiscal year nothing of the last one is spent or committed, for the organization as for the team."""
    lines = [
        line("l1", person="A", cycle=this_cycle().id, status="spent", actual=1000, currency="EUR"),
        line("l2", person="A", cycle=this_cycle().id, status="booked", estimate=500),
        line("l3", person="A", cycle=this_cycle().id, status="planned", estimate=40),
        line("l4", team="M", cycle=spring().id, status="spent", actual=7),
    ]
    counted = ("planned", "committed", "spent")
    total = at(spring(), lines=lines).organization().budget().records()[0]
    assert [total[name] for name in counted] == [40, 0, 7]
    people = at(spring(), lines=lines).team("M").budget().records()
    assert [sum(row[name] for row in people) for name in counted] == [40, 0, 7]
    before = at(autumn(), lines=lines[1:3]).organization().budget().records()[0]
    assert [before[name] for name in counted] == [40, 500, 0]


@pytest.mark.slow
def test_from_cycle_to_cycle(tmp_path: Path) -> None:
    """An item that is done and a line that is spent belong to the cycle in which that was said."""
    roster = at(
        autumn(),
        item("A", "pricing", id="2026-01", cycle="2026", action="Shadow sales"),
        item("A", "talks", id="2026-02", cycle="2026", action="Ten more"),
        lines=[line("l1", person="A", cycle="2026", status="requested", estimate=400)],
    )
    made = given_out(roster, tmp_path / "out", "A")
    typed = [("items", "2026-01", "status", "Done"), ("lines", "l1", "status", "Spent")]
    fill(*made["A"], typed)
    collected = gs.collect(tmp_path / "out", roster=roster)
    assert {each.id: (each.status, each.cycle) for each in collected.answers.plan_items} == {
        "2026-01": ("done", autumn().id),
        "2026-02": ("open", "2026"),
    }
    assert [(each.status, each.cycle) for each in collected.answers.budget_items] == [("spent", autumn().id)]
    again = roster.with_answers(collected)  # what was collected is taken as it is
    assert carried_on(again) == (["2026-01", "2026-02"], ["l1"])
    later = replace(again, cycle=spring(), as_of=spring().date)
    assert carried_on(later) == (["2026-02"], [])

    next_made = given_out(later, tmp_path / "next", "A")
    fill(*next_made["A"], [("items", "1", "activity", "Roadmap"), ("items", "1", "action", "Own it")])
    last = gs.collect(tmp_path / "next", roster=later).answers
    assert [(each.id, each.status, each.action) for each in last.plan_items] == [
        ("2026-01", "done", "Shadow sales"),
        ("2026-02", "open", "Ten more"),
        ("2027-01", "open", "Own it"),
    ]
    assert last.budget_items == collected.answers.budget_items
