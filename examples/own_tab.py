"""Add your own look, columns and tab to the workbooks, and read back what people type into the columns.

Run: python examples/own_tab.py OUT
"""

import sys
from pathlib import Path

import growthsheet as gs
from growthsheet.expr import larger, total

PEOPLE = [
    {"id": "M1", "name": "Maya Lind", "title": "Group Product Manager"},
    {"id": "E1", "name": "Ana Ruiz", "title": "Product Manager", "manager": "M1"},
]


@gs.measure
def hours_a_level(hours: gs.Node, gap: gs.Node) -> gs.Node:
    """The hours of training for each level that is missing."""
    return hours * larger(gap, 1)


@gs.measure
def all_hours(hours: gs.WholeColumn) -> gs.Node:
    """The hours of training that people would like."""
    return total(hours)


THEME = gs.Theme(accent="#7A1F5C", font="Arial", dates="dd.mm.yyyy")
COLUMNS = [
    gs.ExtraColumn("Course", values={"pricing": "Pricing basics", ("E1", "roadmap"): "Roadmaps, with Tom"}),
    gs.ExtraColumn("How sure?", asked=["Low", "Medium", "High"], note="How sure are you of your rating?"),
    gs.ExtraColumn("Hours", asked="number", note="How many hours of training would you like?"),
    gs.ExtraColumn("Hours a level", measure=hours_a_level),
]
COURSES = gs.ExtraSheet(
    "Courses",
    [
        gs.Figures({"Ask for a place": "Tom Adeyemi", "Hours you would like": all_hours}, cards=True),
        gs.Heading("What we offer"),
        gs.ExtraTable([{"Course": "Pricing basics", "Days": 2}, {"Course": "Roadmaps, with Tom", "Days": 1}]),
    ],
    purpose="The courses of this year",
)


def roster() -> gs.Roster:
    """Return everybody, with the look, the columns and the tab."""
    loaded = gs.load_roster(PEOPLE, as_of="2026-08-01")
    return loaded.with_options(theme=THEME, extra_columns=COLUMNS, extra_sheets=[COURSES])


def read_back(folder: Path) -> gs.Answers:
    """Collect what people typed, keep it beside the workbooks, and show it."""
    came = gs.collect(folder / "plans", roster=roster())
    came.save(folder / "answers")
    for row in came.own_answers():
        print(f"{row['person_id']}, {row['activity_id']}: {row['column']} is {row['value']}")
    return gs.load_answers(folder / "answers")


def main(out: Path) -> Path:
    """Write everybody's workbooks; return the path of one person's."""
    gs.build(roster(), out / "plans")
    return next((out / "plans" / "people").glob("Ana-Ruiz*.xlsx"))


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    print("Wrote", main(folder))
    read_back(folder)
