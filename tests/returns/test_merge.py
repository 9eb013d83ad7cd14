"""Merging returned workbooks: nothing lost, nothing guessed, everything counted, in whatever order they come."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growthsheet.errors import InputError, Problem
from growthsheet.model import Answers, BudgetPolicy, Cycle, Rating
from growthsheet.returns.merge import MOST_TOLD, Merged, ReturnedFile, merge
from growthsheet.returns.reference import Reference
from growthsheet.views.returned import ReceivedWorkbook, ReturnedBy
from growthsheet.xlsx.reader.cells import StoredCell
from growthsheet.xlsx.reader.returned_workbook import Count, Returned, ReturnedCell, ReturnedRow
from growthsheet.xlsx.reader.take_cell import Wanted, take_cell
from tests.making import item, line, rating, small_catalog, this_cycle

PEOPLE = {"A": "Ana Ruiz", "B": "Bo Lee", "M": "Mia Boss", "N": "Nat Boss"}
LABELS = {"A": "Ana Ruiz", "B": "Bo Lee"}
KINDS = {bool: "truth", int: "number", float: "number", date: "date", type(None): "blank"}
TABS = {"assessment": "Assessment", "items": "Plan", "lines": "Training budget", "reviews": "Reviews"}
FIELDS = {
    "assessment": ("skill", "experience", "interest", "evidence"),
    "items": ("activity", "action", "measure", "helper", "due", "status"),
    "reviews": ("manager", "agreed", "note"),
    "lines": ("title", "activity", "category", "provider", "status", "estimate", "actual", "travel", "start"),
}
SCALES = ("skill", "experience", "interest")
Row = tuple[str, Mapping[str, Any]]


def known(earlier: Answers | None = None, **more: Any) -> Reference:
    """What the files are read against."""
    about: dict[str, Any] = {
        "catalog": small_catalog(),
        "cycle": "2026",
        "people": PEOPLE,
        "labels": lambda manager: LABELS,
    }
    return Reference(**about | {"earlier": earlier or Answers()} | more)


def cell(value: Any, table: str, row: int, column: int, field: str, kind: str = "") -> ReturnedCell:
    """A cell as the reader gives it."""
    stored = KINDS.get(type(value), "text") if kind in ("", "formula") else kind
    scale = small_catalog().scale(field if field in SCALES else "skill")
    taken = take_cell(StoredCell(stored, value, kind == "formula"), wanted(field), scale.values)  # type: ignore[arg-type]
    read = value if taken.refused else taken.value
    return ReturnedCell(read, TABS[table], f"{chr(66 + column)}{row + 7}", taken.refused)


def wanted(field: str) -> Wanted:
    """What a column asks for."""
    if field in SCALES or field in ("manager", "agreed"):
        return "rating"
    return "amount" if field in ("estimate", "actual", "travel") else "date" if field in ("due", "start") else "text"


def rows(table: str, filled: list[Row], fields: tuple[str, ...] = ()) -> tuple[ReturnedRow, ...]:
    """Rows of a table: the key without its ``k:``, and what is filled in."""
    names = fields or FIELDS.get(table) or tuple(dict.fromkeys(name for _, cells in filled for name in cells))
    return tuple(
        ReturnedRow(
            f"k:{key}" if key else "",
            {name: cell(cells.get(name), table, number, at, name) for at, name in enumerate(names)},
        )
        for number, (key, cells) in enumerate(filled)
    )


def book(of: str, id: str, tables: Mapping[str, Any], facts: Mapping[str, Any] | None = None, **more: str) -> Returned:
    """A returned workbook."""
    identity = {"kind": of, "id": id, "name": PEOPLE.get(id, ""), "cycle": "2026", "cycle_date": "2026-03-01"}
    identity |= {"catalog": "small", "catalog_version": "1.0", "as_of": "2026-03-01"} | more
    single = {name: ReturnedCell(value, "Training budget", "C9") for name, value in (facts or {}).items()}
    return Returned(f"{id}.xlsx", identity["kind"], identity, tables, single, (), (), Count(""))  # type: ignore[arg-type]


def ana(*rated: Row, items: tuple[Row, ...] = (), lines: tuple[Row, ...] = (), id: str = "A", **more: str) -> Returned:
    """A person's workbook."""
    filled = {"assessment": rated, "items": items, "lines": lines}
    return book("person", id, {name: rows(name, list(filled[name])) for name in filled}, **more)


def mia(*rated: Row, lines: tuple[Row, ...] = (), id: str = "M", **more: Any) -> Returned:
    """A manager's workbook."""
    of_lines = (*FIELDS["lines"], "person")
    return book(
        "team", id, {"reviews": rows("reviews", list(rated)), "lines": rows("lines", list(lines), of_lines)}, **more
    )


def file(returned: Returned, name: str = "", modified: float = 0.0, digest: str = "") -> ReturnedFile:
    """A file with a workbook in it."""
    name = name or returned.name
    return ReturnedFile(name, digest or name, modified, lambda: returned)


def merged(*files: ReturnedFile | Returned, against: Reference | None = None, **more: Any) -> Merged:
    """The files merged; every sum holds."""
    incoming = [file(one) if isinstance(one, Returned) else one for one in files]
    result = merge(incoming, against or known(), **more)
    assert sorted(count.name for count in result.counts) == sorted(one.name for one in incoming)
    assert all(count.adds_up for count in result.counts)
    return result


def codes(result: Merged) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in result.problems]


def statuses(result: Merged) -> dict[str, str]:
    """What became of each file."""
    return {count.name: count.status for count in result.counts}


def skills(result: Merged) -> dict[tuple[str, str, str], Any]:
    """Skill by person, activity and source."""
    return {(r.person, r.activity, str(r.source)): r.skill for r in result.answers.ratings}


# -- what a file says ------------------------------------------------------------------------------------------------


def test_ratings_of_three_sources_meet() -> None:
    """A person's own ratings come from that person's file, the manager's and the agreed ones from the team's."""
    own = ana(("talks", {"skill": 2, "experience": "n/a", "interest": 0, "evidence": " Ten talks "}), ("data", {}))
    team = mia(("A:talks", {"manager": 1, "agreed": "n/a", "note": " Ask Cy "}), ("B:talks", {"agreed": 0}))
    result = merged(own, team)
    assert skills(result) == {
        ("A", "talks", "agreed"): "n/a",
        ("A", "talks", "manager"): 1,
        ("A", "talks", "self"): 2,
        ("B", "talks", "agreed"): 0,
    }
    said = result.answers.ratings[-2]
    assert (said.experience, said.interest, said.evidence, said.note) == ("n/a", 0, "Ten talks", "")
    assert statuses(result) == {"A.xlsx": "accepted", "M.xlsx": "accepted"}
    assert {(r.person, r.note) for r in result.answers.ratings if r.source == "manager"} == {("A", "Ask Cy")}
    assert [file.owner for file in result.answers_of_files if file.owner[0] == "person"] == [("person", "A")]


def test_labels_become_codes() -> None:
    """What was chosen from a list comes back as its code, however it is spelled in capitals and spaces."""
    plan = (("1", {"activity": "customer  TALKS", "action": "Go", "due": date(2026, 5, 1), "status": "Done"}),)
    money = (
        (
            "new-1",
            {
                "title": "Course",
                "activity": "Pricing",
                "category": "Books and subscriptions",
                "status": "Approved",
                "estimate": 0.1 + 0.2,
                "actual": 7,
                "start": date(2026, 6, 1),
            },
        ),
    )
    team = (("new-1", {"title": "Day out", "person": "bo lee"}), ("new-2", {"title": "For all"}))
    result = merged(ana(items=plan, lines=money), mia(lines=team))
    (todo,) = result.answers.plan_items
    assert (todo.activity, todo.action, todo.due, todo.status) == ("talks", "Go", date(2026, 5, 1), "done")
    by_title = {one.title: one for one in result.answers.budget_items}
    course = by_title["Course"]
    assert (course.person, course.activity, course.category, str(course.status)) == (
        "A",
        "pricing",
        "books",
        "approved",
    )
    assert (course.estimate, course.actual, course.cycle) == (Decimal("0.3"), 7, "2026")
    assert [(by_title[t].person, by_title[t].team) for t in ("Day out", "For all")] == [("B", ""), ("", "M")]
    assert result.problems == ()


def test_labels_of_another_language() -> None:
    """The words that are turned back are those of the workbook's language."""
    german = {"Done": "Erledigt"}
    result = merged(
        ana(items=(("1", {"activity": "Pricing", "status": "Erledigt"}),)),
        against=known(translate=lambda text: german.get(text, text)),
    )
    assert (result.answers.plan_items[0].status, result.problems) == ("done", ())


def test_unknown_labels_keep_their_text() -> None:
    """A word that is on no list is told with its cell; the text of an item's activity and of a category is kept."""
    plan = (("1", {"activity": "Prizing", "action": "Ask sales"}),)
    money = (("new-1", {"title": "Course", "category": "Fun", "activity": "Prizing"}),)
    result = merged(ana(items=plan, lines=money))
    (todo,), (course,) = result.answers.plan_items, result.answers.budget_items
    assert (todo.activity, todo.action, todo.status) == ("unknown", "Prizing: Ask sales", "open")
    assert (course.category, course.activity) == ("Fun", "")
    assert [(p.code, p.place, p.found) for p in result.problems] == [
        ("unknown-label", "A.xlsx, Plan!B7", "'Prizing'"),
        ("unknown-label", "A.xlsx, Training budget!C7", "'Prizing'"),
        ("unknown-label", "A.xlsx, Training budget!D7", "'Fun'"),
    ]
    assert (result.counts[0].unknown, result.counts[0].taken, result.counts[0].status) == (3, 2, "noted")
    again = merged(
        ana(items=(("i1", {"activity": None, "action": "Prizing: Ask sales", "status": "Open"}),)),
        against=known(Answers(plan_items=(item("A", "unknown", id="i1", action="Prizing: Ask sales"),))),
    )
    assert again.problems == ()  # nobody cleared the activity: no list can show it


@pytest.mark.parametrize("value", ["maybe", True, "#N/A"])
def test_no_status_is_invented(value: Any) -> None:
    """A new row whose status or person cannot be read is left out and told; of a known one the earlier value stays."""
    kind = {"#N/A": "error", True: "truth"}.get(value, "text")
    fields = {"title": cell("Course", "lines", 0, 0, "title"), "status": cell(value, "lines", 0, 4, "status", kind)}
    plan = {"action": cell("Ask", "items", 0, 1, "action"), "status": cell(value, "items", 0, 5, "status", kind)}
    filled = {"lines": (ReturnedRow("k:l1", fields),), "items": (ReturnedRow("k:i1", plan),)}
    fresh = merged(book("person", "A", filled))
    assert (fresh.answers.budget_items, fresh.answers.plan_items) == ((), ())
    if kind != "error":
        assert [p.hint.rpartition("; ")[2] for p in fresh.problems] == ["until then the row is left out"] * 2
    else:
        assert codes(fresh) == ["row-left-out"] * 2
    assert fresh.counts[0].taken == 0
    earlier = Answers(
        budget_items=(line("l1", person="A", status="booked"),),
        plan_items=(item("A", "talks", id="i1", status="done"),),
    )
    kept = merged(book("person", "A", filled), against=known(earlier))
    assert (kept.answers.budget_items[0].status, kept.answers.plan_items[0].status) == ("booked", "done")
    assert "row-left-out" not in codes(kept)


def test_no_owner_is_invented() -> None:
    """A new line for somebody unknown is left out; a known one stays with its person."""
    filled = ("l1", {"title": "Course", "person": "Bob Who"})
    assert merged(mia(lines=(filled,))).answers.budget_items == ()
    (kept,) = merged(
        mia(lines=(filled,)), against=known(Answers(budget_items=(line("l1", person="A"),)))
    ).answers.budget_items
    assert (kept.person, kept.team, kept.title) == ("A", "", "Course")


def test_an_item_without_an_activity_is_kept_and_told() -> None:
    """What somebody wants to do is not lost because no activity was chosen."""
    result = merged(ana(items=(("1", {"action": "Ask sales"}),)))
    assert [(one.activity, one.action) for one in result.answers.plan_items] == [("unknown", "Ask sales")]
    assert codes(result) == ["no-activity"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [(7, "number"), (2.5, "number"), (True, "truth"), ("x", "text"), (3, "formula"), ("#N/A", "error")],
)
def test_what_is_no_rating_is_rejected(value: Any, kind: str) -> None:
    """What the reader refused is counted, nothing is put in its place, and the rest of the row is taken."""
    bad = ReturnedRow(
        "k:talks",
        {"skill": cell(value, "assessment", 0, 0, "skill", kind), "interest": cell(1, "assessment", 0, 1, "interest")},
    )
    result = merged(book("person", "A", {"assessment": (bad,)}))
    assert [(r.skill, r.interest) for r in result.answers.ratings] == [(None, 1)]
    assert (result.counts[0].taken, result.counts[0].rejected) == (1, 1)


def test_what_the_reader_told_is_not_told_again() -> None:
    """A cell that the reader has found fault with is one problem, and all of the reader's problems are handed on."""
    told = Problem("off-scale", "A.xlsx, Assessment!B7, Skill", "a number that is not on the scale")
    whole = Problem("missing-column", "A.xlsx, Assessment")
    one = ana(("talks", {"skill": 7}))
    one = Returned(one.name, one.kind, one.identity, one.tables, {}, (whole,), (told,), Count(""))
    assert merged(one).problems == (whole, told)


def test_expectations_are_the_catalogs() -> None:
    """A rating of an activity that the catalog does not have is told and counted, not taken."""
    result = merged(ana(("flying", {"skill": 3}), ("faxes", {"skill": 1})))
    assert skills(result) == {("A", "faxes", "self"): 1}
    assert [(p.code, p.found) for p in result.problems] == [("unknown-activity", "'flying'")]
    assert (result.counts[0].unknown, result.counts[0].taken) == (1, 1)


def test_a_copied_row_counts_if_it_says_the_same() -> None:
    """Of two rows of one activity nobody can tell the right one, unless they agree."""
    same = merged(ana(("talks", {"skill": 2}), ("talks", {"skill": 2})))
    assert skills(same) == {("A", "talks", "self"): 2}
    differing = merged(ana(("talks", {"skill": 2}), ("talks", {"skill": 3})))
    assert skills(differing) == {}
    assert differing.counts[0].unknown == 2


def test_columns_that_are_asked_nowhere_are_counted() -> None:
    """A cell in a table or column that means nothing is told and counted as unknown."""
    odd = ReturnedRow("k:talks", {"colour": cell("red", "assessment", 0, 0, "colour")})
    result = merged(
        book("person", "A", {"assessment": (odd,), "reviews": rows("reviews", [("B:talks", {"manager": 4})])})
    )
    assert (codes(result), result.answers.ratings) == (["unknown-column", "unknown-column"], ())
    assert result.counts[0].unknown == 2


@pytest.mark.parametrize("people", [PEOPLE, {**PEOPLE, "X": "Xi Far"}], ids=["nowhere", "another team"])
def test_a_stranger_in_the_reviews(people: dict[str, str]) -> None:
    """Ratings of somebody who is not on the roster, or in another manager's team, are left out and told once."""
    rated = [("X:talks", {"manager": 1}), ("A:talks", {"manager": 2}), ("X:data", {"manager": 3})]
    result = merged(mia(*rated), against=known(people=people))
    assert skills(result) == {("A", "talks", "manager"): 2}
    assert [(p.code, p.found) for p in result.problems] == [("unknown-person", "'X'")]
    assert result.counts[0].unknown == 2


def test_a_managers_rate_is_told_not_taken() -> None:
    """The rate that a manager tried out does not become the policy."""
    policy = BudgetPolicy(cap=1000)
    tried = mia(facts={"rate": 0.05, "cap": 1000, "role": "Lead"})
    result = merged(tried, against=known(policy=policy))
    assert [(p.code, p.severity) for p in result.problems] == [("other-policy", "note")]
    assert (result.counts[0].taken, result.counts[0].rejected, result.counts[0].cells) == (0, 1, 1)
    assert (merged(mia(facts={"cap": 1000}), against=known(policy=policy)).counts[0].cells) == 0  # nobody filled it in


def test_a_column_of_bad_cells_is_told_shortly() -> None:
    """Many faults of one kind are counted, not listed to the end."""
    many = tuple((f"new-{n}", {"title": "x", "category": "Fun"}) for n in range(1, 81))
    told = [p for p in merged(ana(lines=many)).problems if p.code == "unknown-label"]
    assert (len(told), told[-1].found) == (51, "30 more of the same")


# -- whose it is -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("identity", "code"),
    [
        ({"id": "X"}, "unknown-person"),
        ({"cycle": "2025"}, "other-cycle"),
        ({"catalog": "large"}, "other-catalog"),
        ({"catalog_version": "2.0"}, "other-catalog"),
        ({"id": ""}, "bad-identity"),
        ({"cycle_date": "soon"}, "bad-identity"),
        ({"kind": "organization"}, "other-kind"),
    ],
)
def test_what_does_not_belong_here_is_rejected(identity: dict[str, str], code: str) -> None:
    """A file of another person, cycle, catalog or kind is rejected as a whole; the others are merged."""
    stray = ana(("talks", {"skill": 4}), **identity)
    result = merged(file(stray, "stray.xlsx"), ana(("talks", {"skill": 1}), id="B"))
    assert skills(result) == {("B", "talks", "self"): 1}
    assert [(p.code, p.place) for p in result.problems] == [(code, "stray.xlsx")]
    assert code != "other-cycle" or "ask for that of '2026' (" in result.problems[0].hint
    assert statuses(result) == {"B.xlsx": "accepted", "stray.xlsx": "rejected"}
    assert [(count.rejected, count.blank) for count in result.counts if count.name == "stray.xlsx"] == [(1, 3)]


def test_markers_that_disagree_are_not_believed() -> None:
    """A file whose markers name different people is rejected: nobody can tell whose it is."""
    told = Problem("identity-disagrees", "A.xlsx", "id: the hidden sheet says 'A'; the document properties says 'B'")
    one = ana(("talks", {"skill": 4}))
    result = merged(Returned(one.name, one.kind, one.identity, one.tables, {}, (told,), (), Count("")))
    assert (result.problems, result.answers.ratings, statuses(result)) == ((told,), (), {"A.xlsx": "rejected"})


def test_a_broken_file_loses_itself_only() -> None:
    """A file that cannot be read is rejected with its problems, and does not stop the others."""

    def broken() -> Returned:
        raise InputError([Problem("not-a-workbook", "broken.xlsx")])

    result = merged(ReturnedFile("broken.xlsx", "0", 0, broken), ana(("talks", {"skill": 1})))
    assert (codes(result), statuses(result)["broken.xlsx"]) == (["not-a-workbook"], "rejected")
    assert skills(result) == {("A", "talks", "self"): 1}


def test_the_newest_of_several_cycles_is_taken() -> None:
    """Without a cycle named, files of earlier cycles are refused; if two begin on one day, all files are."""
    old, new = ana(("talks", {"skill": 1}), cycle="2025"), ana(("talks", {"skill": 2}), id="B")
    result = merged(old, new, against=known(cycle=""))
    assert (codes(result), skills(result)) == (["several-cycles"] * 2, {})
    assert result.problems[0].expected == "one cycle, not 1 file of '2025', 1 file of '2026'"
    assert set(statuses(result).values()) == {"rejected"}
    later = ana(("talks", {"skill": 2}), id="B", cycle_date="2026-09-01")
    taken = merged(old, later, against=known(cycle=""))
    assert (codes(taken), skills(taken)) == (["other-cycle"], {("B", "talks", "self"): 2})
    assert taken.problems[0].expected == "the cycle '2026', the newest of these files"
    assert statuses(taken) == {"A.xlsx": "rejected", "B.xlsx": "accepted"}
    assert merged(old, against=known(cycle="")).answers.ratings[0].cycle == "2025"


def test_without_a_roster_everybody_counts() -> None:
    """Without a roster nobody is a stranger."""
    assert skills(merged(ana(("talks", {"skill": 1}), id="X"), against=known(people=None))) == {
        ("X", "talks", "self"): 1
    }


# -- several files ---------------------------------------------------------------------------------------------------


def test_the_same_bytes_count_once() -> None:
    """A file that came twice is taken once, and that is said."""
    one = ana(("talks", {"skill": 1}))
    result = merged(file(one, "b.xlsx", digest="same"), file(one, "a.xlsx", digest="same"))
    assert statuses(result) == {"a.xlsx": "accepted", "b.xlsx": "skipped"}
    assert [(p.code, p.place, p.severity) for p in result.problems] == [("same-bytes", "b.xlsx", "note")]


def test_the_same_answers_count_once() -> None:
    """Two files of one person that say the same are no conflict."""
    result = merged(file(ana(("talks", {"skill": 1})), "a.xlsx"), file(ana(("talks", {"skill": 1})), "b.xlsx"))
    assert (codes(result), statuses(result)) == (["same-answers"], {"a.xlsx": "accepted", "b.xlsx": "skipped"})


@pytest.mark.parametrize("on_conflict", ["refuse", "newest"])
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_copy_that_lacks_answers(order: tuple[int, ...], on_conflict: Any) -> None:
    """Copies that say less, such as one that nobody touched, are no rivals of the fullest one, and never win."""
    said: list[tuple[Row, ...]] = [
        (),
        (("talks", {"skill": 1}),),
        (("talks", {"skill": 1, "interest": 2}), ("data", {"skill": 0})),
    ]
    files = [file(ana(*rated), f"{n}.xlsx", modified=9.0 - n) for n, rated in enumerate(said)]
    result = merged(*(files[n] for n in order), on_conflict=on_conflict)
    assert skills(result) == {("A", "talks", "self"): 1, ("A", "data", "self"): 0}
    assert statuses(result) == {"0.xlsx": "skipped", "1.xlsx": "skipped", "2.xlsx": "accepted"}
    assert [(p.code, p.found) for p in result.problems] == [
        ("fewer-answers", "it has no answer that 2.xlsx does not have")
    ] * 2


def test_an_unknown_activity_of_a_line_blames_nobody_later() -> None:
    """A line keeps what could be read; collecting its workbook again tells of the same word, and of nothing cleared."""
    book = ana(lines=(("new-1", {"title": "Course", "category": "Training", "activity": "Prizing"}),))
    first = merged(book)
    again = merged(book, against=known(first.answers))
    assert codes(first) == codes(again) == ["unknown-label"]
    assert [(each.title, each.activity) for each in first.answers.budget_items] == [("Course", "")]
    assert first.answers.budget_items == again.answers.budget_items


def test_a_new_row_that_says_the_same_as_another_files() -> None:
    """A new line or item with the words of last year's, or of a manager's line, changes neither of them."""
    spent = line("2025-x-01", person="A", title="Fair", status="spent", actual=900, cycle="2025")
    managers = line("2026-y-01", person="A", title="Course", estimate=500, cycle="2026")
    done = item("A", "talks", id="2025-01", action="Read", status="done", cycle="2025")
    earlier = Answers(budget_items=(spent, managers), plan_items=(done,))
    lines = (("new-1", {"title": "Fair", "actual": 1200}), ("new-2", {"title": "Course", "estimate": 700}))
    own = ana(lines=lines, items=(("1", {"activity": "Customer talks", "action": "Read"}),))
    team = mia(lines=(("new-1", {"title": "Course", "person": "Bo Lee", "estimate": 300}),))
    found = merged(own, team, against=known(earlier))
    assert found.problems == ()
    assert {
        (each.cycle, each.person, each.title, each.estimate or each.actual) for each in found.answers.budget_items
    } == {
        *(("2025", "A", "Fair", 900), ("2026", "A", "Fair", 1200)),
        *(("2026", "A", "Course", 500), ("2026", "A", "Course", 700), ("2026", "B", "Course", 300)),
    }
    assert [(each.cycle, each.status) for each in found.answers.plan_items] == [("2025", "done"), ("2026", "open")]


def test_a_blank_that_no_list_can_fill_blames_nobody() -> None:
    """Where an earlier line has a word that no drop-down list has, its cell comes back blank, and nothing is told."""
    before = Answers(cycles=(this_cycle(),), budget_items=(line("l1", person="A", activity="prizing"),))
    title = {"title": before.budget_items[0].title, "category": "Training"}
    result = merged(ana(lines=(("l1", title),)), against=known(before))
    assert (codes(result), result.answers.budget_items) == ([], before.budget_items)


def test_a_copy_whose_only_other_cell_is_refused() -> None:
    """Two files of which neither has an answer that the other lacks are taken once."""
    plain, odd = ana(("talks", {"skill": 1})), ana(("talks", {"skill": 1}), ("data", {"skill": "five"}))
    for files in ((plain, odd), (odd, plain)):
        result = merged(*(file(one, f"{n}.xlsx") for n, one in enumerate(files)))
        assert skills(result) == {("A", "talks", "self"): 1}
        assert sum(count.status == "skipped" for count in result.counts) == 1


def test_a_poorer_copy_of_one_of_two_rivals() -> None:
    """Of files that differ only the poorer copies are skipped; the others stay in conflict."""
    (old, new, _), poor = two_of_ana(), file(ana(("talks", {"skill": 1})), "poor.xlsx", modified=9.0)
    assert statuses(merged(old, new, poor)) == {"old.xlsx": "rejected", "new.xlsx": "rejected", "poor.xlsx": "skipped"}
    newest = merged(old, new, poor, on_conflict="newest")
    assert skills(newest) == {("A", "talks", "self"): 2, ("A", "data", "self"): 0}


def two_of_ana(first: float = 1.0, second: float = 2.0) -> tuple[ReturnedFile, ...]:
    """Two files of Ana that differ in one cell, and one of Bo."""
    old, new = (ana(("talks", {"skill": n, "interest": 1}), ("data", {"skill": 0})) for n in (1, 2))
    return file(old, "old.xlsx", first), file(new, "new.xlsx", second), file(ana(("talks", {"skill": 3}), id="B"))


def test_two_different_files_of_one_person_conflict() -> None:
    """Both are named and rejected, with the cells in which they differ; nobody else is touched."""
    result = merged(*two_of_ana())
    assert skills(result) == {("B", "talks", "self"): 3}
    assert statuses(result) == {"B.xlsx": "accepted", "new.xlsx": "rejected", "old.xlsx": "rejected"}
    assert codes(result) == ["conflict", "conflict"]
    assert "old.xlsx" in result.problems[0].found
    assert "new.xlsx" in result.problems[0].found
    assert any(problem.found.endswith("differ in 1 cell: Assessment!B7") for problem in result.problems)
    assert all("newest" in problem.hint for problem in result.problems)
    assert [file.owner for file in result.answers_of_files if file.owner[0] == "person"] == [("person", "B")]


def test_the_newest_counts_only_when_told() -> None:
    """The file that was changed last is taken when that is wanted, and it is said what was left out."""
    result = merged(*two_of_ana(), on_conflict="newest")
    assert skills(result)["A", "talks", "self"] == 2
    assert statuses(result) == {"B.xlsx": "accepted", "new.xlsx": "accepted", "old.xlsx": "skipped"}
    assert [(p.code, p.place) for p in result.problems] == [("older-file", "old.xlsx")]


@pytest.mark.parametrize(
    ("skill", "on_conflict", "expected", "told", "status"),
    [
        (1, "refuse", 4, ["cycle-is-over"], "rejected"),
        (1, "newest", 1, ["changed-answers"], "noted"),
        (4, "refuse", 4, [], "accepted"),
    ],
)
def test_a_cycle_that_is_over(skill: int, on_conflict: Any, expected: int, told: list[str], status: str) -> None:
    """Ratings are not changed any more once there are some of a newer cycle, unless the newest file shall count."""
    later = this_cycle().model_copy(update={"id": "2027", "date": date(2027, 3, 1)})
    ratings = (rating("A", "talks", 4), rating("B", "talks", 4, cycle=later))
    against = known(Answers(cycles=(this_cycle(), later), ratings=ratings), returned=lambda cycle: ReturnedBy())
    result = merged(ana(("talks", {"skill": skill})), against=against, on_conflict=on_conflict)
    assert [each.skill for each in result.answers.ratings if each.cycle == "2026"] == [expected]
    assert (codes(result), statuses(result)) == (told, {"A.xlsx": status})


@pytest.mark.parametrize(
    ("day", "on_conflict", "skill", "code", "status"),
    [
        (1, "refuse", 4, "older-answers", "rejected"),
        (1, "newest", 4, "older-file", "skipped"),
        (2, "refuse", 1, "changed-answers", "noted"),
        (3, "newest", 1, "changed-answers", "noted"),
    ],
)
def test_an_older_file_does_not_win(day: int, on_conflict: Any, skill: int, code: str, status: str) -> None:
    """A file that was saved before the answers it would change is not taken; what a later one changes is told."""
    came = ReturnedBy("2026", {"A": ReceivedWorkbook(date(2026, 4, 2))})
    before = Answers(cycles=(this_cycle(),), ratings=(rating("A", "talks", skill=4, interest=2),))
    against = known(before, returned=lambda cycle: came if cycle == "2026" else ReturnedBy())
    saved = datetime(2026, 4, day, 12, tzinfo=UTC).timestamp()
    late = replace(ana(("talks", {"skill": 1, "interest": 2})), modified=saved)
    result = merged(late, against=against, on_conflict=on_conflict)
    assert (skills(result)["A", "talks", "self"], codes(result)) == (skill, [code])
    assert statuses(result) == {"A.xlsx": status}
    told = result.problems[0].found == "1 rating changed: Ana Ruiz, Customer talks, skill: 4 before, 1 now"
    assert told == (skill == 1)
    repeated = replace(ana(("talks", {"skill": 4, "interest": 2}), ("data", {"skill": 0})), modified=saved)
    assert codes(merged(repeated, against=against)) == []  # it changes nothing that was said


def test_no_newest_at_the_same_time() -> None:
    """Of two files changed at the same moment none is the newest: they stay in conflict."""
    assert codes(merged(*two_of_ana(5.0, 5.0), on_conflict="newest")) == ["conflict", "conflict"]


def test_a_long_conflict_is_told_shortly() -> None:
    """Of many differing cells the first are listed and the rest counted."""
    both = [
        file(ana(lines=tuple((f"new-{n}", {"title": f"{name}{n}"}) for n in range(1, 31))), f"{name}.xlsx")
        for name in "xy"
    ]
    told = " ".join(problem.found for problem in merged(*both).problems)
    assert told.count("Training budget!") == MOST_TOLD
    assert f"and {30 - MOST_TOLD} more" in told


def test_unknown_way_to_settle() -> None:
    """A misspelled wish is refused, not taken for a refusal."""
    with pytest.raises(InputError, match=r"newset.*\[unknown-choice\]"):
        merge([], known(), on_conflict="newset")  # type: ignore[arg-type]


def test_two_managers_of_one_person() -> None:
    """Two teams' files meet cell by cell; where they differ, neither counts, and both cells are named."""
    one = mia(("A:talks", {"manager": 1}), ("A:data", {"manager": 3}), ("A:pricing", {"manager": None}))
    two = mia(("A:talks", {"manager": 2}), ("A:data", {"manager": 3}), ("A:pricing", {"manager": 4}), id="N")
    result = merged(one, two)
    assert skills(result) == {("A", "data", "manager"): 3, ("A", "pricing", "manager"): 4}
    clash = next(problem for problem in result.problems if problem.severity == "error")
    assert ": M.xlsx, Reviews!B7; N.xlsx, Reviews!B7; the earlier answer is kept" in clash.found
    assert [(count.taken, count.rejected) for count in result.counts] == [(1, 1), (2, 1)]
    newest = merged(file(one, modified=2.0), file(two, modified=1.0), on_conflict="newest")
    assert skills(newest)["A", "talks", "manager"] == 1
    assert "newest-taken" in codes(newest)


# -- what was said before --------------------------------------------------------------------------------------------


def approved(**changes: Any) -> tuple[Answers, dict[str, Any]]:
    """A line of Ana's as it was before, and as both workbooks show it."""
    before = line("l1", person="A", estimate=500, status="requested", cycle="2025", currency="EUR")
    shown = {"title": "Line l1", "category": "Training", "status": "Requested", "estimate": 500}
    return Answers(budget_items=(before,)), shown | changes


def test_a_managers_approval_meets_an_unchanged_line() -> None:
    """A line stands in two workbooks: what one of them changed counts, and both may change different fields."""
    earlier, shown = approved()
    own = ana(lines=(("l1", shown | {"provider": "Acme"}),))
    team = mia(lines=(("l1", shown | {"person": "Ana Ruiz", "status": "Approved", "actual": 480}),))
    (found,) = merged(own, team, against=known(earlier)).answers.budget_items
    assert (str(found.status), found.actual, found.provider, found.estimate) == ("approved", 480, "Acme", 500)
    assert (found.currency, found.person) == ("EUR", "A")
    assert found.cycle == "2026"  # its money is of the cycle in which it was approved


def test_a_line_that_both_change_clashes() -> None:
    """Where both changed the same field differently, the line stays as it was, and the cells are named."""
    earlier, shown = approved()
    own = ana(lines=(("l1", shown | {"estimate": 600}),))
    team = mia(lines=(("l1", shown | {"person": "Ana Ruiz", "estimate": 400}),))
    result = merged(own, team, against=known(earlier))
    assert result.answers.budget_items == earlier.budget_items
    clash = next(problem for problem in result.problems if problem.severity == "error")
    assert "A.xlsx, Training budget!G7; M.xlsx, Training budget!G7" in clash.found
    newest = merged(file(own, modified=1), file(team, modified=2), against=known(earlier), on_conflict="newest")
    assert newest.answers.budget_items[0].estimate == 400


def test_a_teams_line_becomes_a_persons() -> None:
    """A line that the manager gives to somebody is no longer the whole team's."""
    before = Answers(budget_items=(line("l1", team="M"),))
    given_to_bo = mia(lines=(("l1", {"title": "Line l1", "category": "Training", "person": "Bo Lee"}),))
    (found,) = merged(given_to_bo, against=known(before)).answers.budget_items
    assert (found.person, found.team) == ("B", "")


def test_a_blank_takes_nothing_back() -> None:
    """What was said earlier in the cycle stays when its cell comes back blank, and that is told once a file."""
    before = Answers(
        cycles=(this_cycle(),),
        ratings=(rating("A", "talks", 3, 2, 1, evidence="Ten talks"),),
        plan_items=(item("A", "talks", id="i1", action="Go", status="done"),),
        budget_items=(line("l1", person="A", estimate=500),),
    )
    result = merged(ana(("talks", {"skill": 2}), items=(("i1", {}),), lines=(("l1", {}),)), against=known(before))
    (said,) = result.answers.ratings
    assert (said.skill, said.experience, said.interest, said.evidence) == (2, 2, 1, "Ten talks")
    assert result.answers.plan_items == before.plan_items
    assert result.answers.budget_items == before.budget_items
    assert [(p.code, p.severity) for p in result.problems] == [("kept-earlier", "note")]
    assert "and 8 more" in result.problems[0].found  # not the line's status: a blank means planned, too


def test_the_same_files_again() -> None:
    """Who collects the same files twice is told nothing: a status that nobody chose was not taken back."""
    book = ana(items=(("1", {"activity": "Pricing", "action": "Go"}),), lines=(("new-1", {"title": "Course"}),))
    first = merged(book)
    again = merged(book, against=known(first.answers))
    assert (again.answers, again.problems) == (first.answers, ())


def test_other_cycles_and_people_stay() -> None:
    """Earlier answers of other cycles, people and activities are all still there, and cycles keep their order."""
    past = Cycle(id="2025", label="Last year", date=date(2025, 3, 1))
    old = (
        Rating(cycle="2025", person="A", activity="talks", skill=1),
        Rating(cycle="2026", person="Z", activity="talks", skill=4),
        Rating(cycle="2026", person="A", activity="data", skill=2),
    )
    earlier = Answers(cycles=(past,), ratings=old, plan_items=(item("Z", "data"),), budget_items=(line("l9"),))
    result = merged(ana(("talks", {"skill": 3})), against=known(earlier), cycles=(this_cycle(),))
    assert set(map(repr, old)) < set(map(repr, result.answers.ratings))
    assert [cycle.label for cycle in result.answers.cycles] == ["Last year", "Spring 2026"]
    assert [one.id for one in result.answers.plan_items + result.answers.budget_items] == ["1", "l9"]  # type: ignore[operator]


def test_what_is_said_again_is_not_kept_twice() -> None:
    """What a file repeats stays the object that it was; only what it changes is made anew."""
    before = Answers(cycles=(this_cycle(),), ratings=(rating("A", "data", 1), rating("A", "talks", 2)))
    result = merged(ana(("data", {"skill": 1}), ("talks", {"skill": 3})), against=known(before))
    data, talks = result.answers.ratings
    assert data is before.ratings[0]
    assert talks.skill == 3


@pytest.mark.parametrize(("named", "label"), [({}, "2026"), ({"cycle_label": "Spring"}, "Spring")], ids=["", "named"])
def test_a_cycle_takes_its_date_from_the_files(named: dict[str, str], label: str) -> None:
    """A cycle that nobody has described gets the first date of its workbooks, and the name that one of them has."""
    late, early = ana(("talks", {"skill": 3}), cycle_date="2026-03-09", **named), ana(id="B", cycle_date="2026-03-02")
    assert merged(late, early).answers.cycles == (Cycle(id="2026", label=label, date=date(2026, 3, 2)),)


def test_a_note_does_not_grow() -> None:
    """Evidence and note share a cell: when it comes back unchanged, so are both."""
    before = Answers(cycles=(this_cycle(),), ratings=(rating("A", "talks", 3, evidence="Ten talks", note="Re-check"),))
    same = merged(ana(("talks", {"skill": 3, "evidence": "Ten talks\nRe-check"})), against=known(before))
    assert same.answers.ratings == before.ratings
    edited = merged(ana(("talks", {"skill": 3, "evidence": "Twelve"})), against=known(before)).answers.ratings[0]
    assert (edited.evidence, edited.note) == ("Twelve", "")


# -- ids -------------------------------------------------------------------------------------------------------------


def titles(result: Merged) -> dict[str, str]:
    """The id of each budget line, by title."""
    return {one.title: one.id for one in result.answers.budget_items}


def test_new_rows_get_ids_of_their_own() -> None:
    """Spare rows of different workbooks never share an id, and the same row always gets the same one."""
    spare = (("new-1", {"title": "Mine"}),)
    files = ana(lines=spare), ana(lines=spare, id="M"), mia(lines=spare)
    result = merged(*(file(one, f"{n}.xlsx") for n, one in enumerate(files)))
    assert len({one.id for one in result.answers.budget_items}) == 3
    again = merged(ana(lines=(("new-1", {"title": "Renamed"}),)))
    assert titles(again)["Renamed"] in {one.id for one in result.answers.budget_items}


def test_the_next_spare_row_is_another_line() -> None:
    """A workbook made again within its cycle counts on: its first spare row does not become the line before it."""
    first = merged(ana(items=(("1", {"activity": "Pricing"}),), lines=(("new-1", {"title": "One"}),)))
    made = first.answers
    plan = ((made.plan_items[0].id, {"activity": "Pricing"}), ("1", {"activity": "Roadmap"}))
    money = ((made.budget_items[0].id, {"title": "One"}), ("new-1", {"title": "Two"}))
    again = merged(ana(items=plan, lines=money), against=known(made))
    assert {one.title for one in again.answers.budget_items} == {"One", "Two"}
    assert {one.activity for one in again.answers.plan_items} == {"pricing", "roadmap"}
    assert again.answers == merged(ana(items=plan, lines=money), against=known(again.answers)).answers


def test_a_spare_row_keeps_its_id_whatever_is_filled_above_it() -> None:
    """In a workbook made again, a spare row's id does not depend on the other spare rows."""
    made = merged(ana(lines=(("new-1", {"title": "One"}), ("new-2", {"title": "Two"})))).answers
    old = tuple((one.id, {"title": one.title}) for one in made.budget_items)
    fifth, fourth = ("new-2", {"title": "Five"}), ("new-1", {"title": "Four"})
    first = merged(ana(lines=(*old, fifth)), against=known(made))
    second = merged(ana(lines=(*old, fourth, fifth)), against=known(first.answers))
    assert titles(second)["Five"] == titles(first)["Five"]
    assert set(titles(second)) == {"One", "Two", "Four", "Five"}


def test_added_and_copied_rows_are_new_rows() -> None:
    """A row without an id, and the copy of a row, become lines of their own."""
    money = (("l1", {"title": "One"}), ("l1", {"title": "Copy"}), ("", {"title": "Added"}), ("", {}))
    result = merged(ana(lines=money), against=known(approved()[0]))
    assert titles(result)["One"] == "l1"
    assert len(set(titles(result).values())) == len(result.answers.budget_items) == 3


def test_a_row_from_somebody_elses_workbook_is_a_new_line() -> None:
    """Nobody can change another person's line by pasting its row."""
    earlier, shown = approved()
    result = merged(ana(lines=(("l1", shown | {"estimate": 1}),), id="B"), against=known(earlier))
    assert earlier.budget_items[0] in result.answers.budget_items
    assert sorted(one.person for one in result.answers.budget_items) == ["A", "B"]


@pytest.mark.parametrize("id", ["x" * 101, "a\x07", " a"])
def test_an_id_that_cannot_be_is_none(id: str) -> None:
    """A row whose hidden id was spoiled is a new row."""
    assert list(titles(merged(ana(lines=((id, {"title": "One"}),)))).values()) != [id]


def test_items_without_an_id_are_numbered_as_in_their_workbook() -> None:
    """An earlier item without an id is found again by the number that its workbook gave it."""
    before = Answers(plan_items=(item("B", "data"), item("A", "talks"), item("A", "pricing")))
    back = (("1", {"activity": "Customer talks"}), ("2", {"activity": "Pricing", "action": "Ask sales"}))
    found = merged(ana(items=back), against=known(before)).answers.plan_items
    assert [(one.person, one.activity, one.action) for one in found] == [
        ("A", "talks", ""),
        ("A", "pricing", "Ask sales"),
        ("B", "data", ""),
    ]


# -- properties ------------------------------------------------------------------------------------------------------

anything = st.one_of(
    st.none(), st.integers(-1, 9), st.floats(), st.booleans(), st.dates(), st.text(max_size=9), st.just("Pricing")
)
kinds = st.sampled_from(["", "", "", "formula", "error", "broken"])
row_keys = st.sampled_from(
    ["talks", "data", "A:talks", "X:data", "flying", "", "l1", "new-1", "new-2", "1", "2", "2026-01"]
)


@st.composite
def books(draw: st.DrawFn) -> Returned:
    """Any workbook at all."""
    kind, id = draw(st.sampled_from([("person", "A"), ("person", "B"), ("team", "M"), ("team", "N"), ("person", "X")]))
    tables = {}
    for name in ("assessment", "items", "lines") if kind == "person" else ("reviews", "lines"):
        fields = (*FIELDS[name], "person", "odd")
        keys = draw(st.lists(row_keys, max_size=4))
        tables[name] = tuple(
            ReturnedRow(
                key and f"k:{key}", {f: cell(draw(anything), name, n, i, f, draw(kinds)) for i, f in enumerate(fields)}
            )
            for n, key in enumerate(keys)
        )
    return book(kind, id, tables, cycle=draw(st.sampled_from(["2026", "2026", "2025"])))


@pytest.mark.slow
@given(st.lists(books(), max_size=3), st.sampled_from(["refuse", "newest"]))
@settings(max_examples=40, deadline=None)
def test_whatever_comes_everything_is_counted(came: list[Returned], on_conflict: Any) -> None:
    """No workbook stops the run; every file and every cell is accounted for; every rating is on its scale."""
    files = [file(one, f"{n}.xlsx", n) for n, one in enumerate(came)]
    result = merged(*files, against=known(approved()[0]), on_conflict=on_conflict)
    assert len(result.counts) == len(files)
    for said in result.answers.ratings:
        assert {said.skill, said.experience, said.interest} <= {None, "n/a", 0, 1, 2, 3, 4}
    assert "l1" in {one.id for one in result.answers.budget_items}


@pytest.mark.slow
@given(st.lists(books(), min_size=2, max_size=4), st.randoms())
@settings(max_examples=20, deadline=None)
def test_order_does_not_matter(came: list[Returned], random: Random) -> None:
    """Files give the same answers, problems and counts in whatever order they come; and once more on top of them."""
    files = [file(one, f"{n}.xlsx", n // 2, digest=str(n // 3)) for n, one in enumerate(came)]
    orders = list(permutations(files))
    first, *others = (merge(order, known()) for order in [files, *random.sample(orders, min(3, len(orders)))])
    assert all(other == first for other in others)
    again = merge(files, known(first.answers))
    assert again.answers == first.answers


# -- rows that were moved without their ids ---------------------------------------------------------------------------


def test_a_moved_row_that_was_changed() -> None:
    """Where a row was moved and changed nothing decides: it is left out, and what was said before stays."""
    before = [item("A", "pricing", id="i1", action="Shadow sales"), item("A", "talks", id="i2", action="Ten talks")]
    plan = (("i1", {"activity": "Customer talks", "action": "Ten talks"}), ("i2", {"action": "Shadow teams"}))
    result = merged(ana(items=plan), against=known(Answers(plan_items=tuple(before))))
    assert [one.action for one in result.answers.plan_items] == ["Shadow sales", "Ten talks"]
    [error] = [problem for problem in result.problems if problem.code == "label-disagrees"]
    assert "'Shadow teams' beside the hidden id" in error.found


def test_a_new_row_among_moved_ones() -> None:
    """A row that was typed in before the others were sorted gets an id of its own, the same each time."""
    before = Answers(plan_items=(item("A", "pricing", id="i1", action="Shadow sales"),))
    plan = (("i1", {"activity": "Roadmap", "action": "Ask"}), ("2", {"activity": "Pricing", "action": "Shadow sales"}))
    once = merged(ana(items=plan), against=known(before)).answers
    assert {one.id: one.action for one in once.plan_items} == {"i1": "Shadow sales", "2026-a01": "Ask"}
    assert merged(ana(items=plan), against=known(once)).answers.plan_items == once.plan_items


def test_a_line_of_another_team() -> None:
    """A manager's file does not change a line of somebody in another team, whatever its hidden id says."""
    before = Answers(budget_items=(line("l9", person="X", estimate=900), line("l1", person="A", estimate=1)))
    people = {**PEOPLE, "X": "Xi Far"}
    changed = mia(lines=(("l9", {"title": "Mine", "estimate": 5}), ("l1", {"title": "Line l1", "estimate": 2})))
    result = merged(changed, against=known(before, people=people)).answers.budget_items
    assert {(one.person or one.team, one.title): one.estimate for one in result} == {
        ("X", "Line l9"): 900,
        ("A", "Line l1"): 2,
        ("M", "Mine"): 5,
    }


# -- whose and what --------------------------------------------------------------------------------------------------


def test_messages_name_person_and_activity() -> None:
    """A message begins with the person, the activity and the rating; the file and the cell follow."""
    bad = cell(7, "assessment", 0, 0, "skill")
    one = book("person", "A", {"assessment": (ReturnedRow("k:talks", {"skill": bad}),)})
    told = Problem("off-scale", "A.xlsx, Assessment!B7, Skill", "a number that is not on the scale")
    one = Returned(one.name, one.kind, one.identity, one.tables, {}, (), (told,), Count(""))
    [problem] = merged(one).problems
    assert str(problem).startswith("Ana Ruiz, Customer talks, skill (A.xlsx, Assessment!B7, Skill): a number that")
    assert problem.record()["place"] == "Ana Ruiz, Customer talks, skill (A.xlsx, Assessment!B7, Skill)"
    assert problem.hint == ""

    earlier = Answers(ratings=(rating("A", "talks", 2),))
    [over] = merged(one, against=known(earlier)).problems
    assert over.hint == "until then, the earlier answer counts"

    one, two = (mia(("A:talks", {"manager": n}), id=id) for n, id in ((1, "M"), (2, "N")))
    [clash] = [p for p in merged(one, two).problems if p.severity == "error"]
    assert str(clash).startswith("Ana Ruiz, Customer talks, manager's skill (M.xlsx): the files disagree: M.xlsx, ")

    [kept] = merged(ana(("talks", {"skill": None})), against=known(earlier)).problems
    assert kept.where == "Ana Ruiz, Customer talks, skill (A.xlsx, Assessment!B7)"


def test_a_conflict_names_the_person_and_the_first_difference() -> None:
    """Files of one person that differ are told with the person and an answer in which they do."""
    problems = merged(*two_of_ana()).problems
    assert {problem.about for problem in problems} == {"Ana Ruiz, Customer talks, skill"}
