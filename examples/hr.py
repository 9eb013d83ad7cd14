"""Build everybody's workbooks for HR, with salaries kept out of every file.

Run: python examples/hr.py OUT
"""

import sys
from datetime import date
from pathlib import Path

import growthsheet as gs

HERE = Path(__file__).parent


def main(out: Path) -> Path:
    """Write everybody's workbooks into a folder; return the manifest's path."""
    try:
        roster = gs.load_roster(
            HERE / "people.csv",
            cycle=gs.Cycle(id="2026-h2", label="Second half of 2026", date=date(2026, 8, 1)),
            policy=gs.BudgetPolicy(rate=0.03, prorate="days", cap=4000),
        )
    except gs.InputError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        raise SystemExit(2) from None
    report = gs.build(roster.with_options(pay="pooled", person_pay="none", blind=True), out)
    print(report.summary())
    if report.problems:
        raise SystemExit("\n".join(map(str, report.problems)))
    return out / "manifest.json"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "plans"))
