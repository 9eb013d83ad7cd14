"""Define roles and activities in ten lines, and build the workbook of a person who has one of the roles.

Run: python examples/model.py OUT
"""

import sys
from pathlib import Path

import growthsheet as gs

CATALOG = gs.Catalog(
    name="Support",
    activities={"Tickets": ["Solve a ticket", "Write a help page"], "People": ["Coach a colleague"]},
    roles={
        "Agent": {"Solve a ticket": 3, "Write a help page": 2},
        "Lead": {"Solve a ticket": 3, "Coach a colleague": 3},
    },
)
PEOPLE = [
    {"id": 1, "name": "Ana Ruiz", "title": "Lead", "salary": 80000},
    {"id": 2, "name": "Ben Okoro", "title": "Agent", "salary": 60000, "manager": 1},
]


def main(out: Path) -> Path:
    """Write a person's workbook into a folder; return its path."""
    roster = gs.load_roster(PEOPLE, catalog=CATALOG, basis="annual", currency="EUR", as_of="2026-08-01")
    for row in roster.person(2).gaps():
        print(f"{row['activity']}: level {row['expected']} is expected")
    return roster.person(2).save(out / "ben.xlsx")


if __name__ == "__main__":
    print("Wrote", main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
