"""Build a manager's workbook, and print the training budget of each person in the team.

Run: python examples/team.py OUT
"""

import sys
from datetime import date
from pathlib import Path

import growthsheet as gs

HERE = Path(__file__).parent


def main(out: Path) -> Path:
    """Write the team's workbook into a folder; return its path."""
    roster = gs.load_roster(HERE / "people.csv", as_of=date(2026, 8, 1))
    team = roster.team("Maya Lind")
    for row in team.budget():
        if row["allocation"] is not None:
            print(f"{row['person']}: {row['currency']} {row['allocation']:,.2f}")
    return team.save(out / "maya-team.xlsx")


if __name__ == "__main__":
    print("Wrote", main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
