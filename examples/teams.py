"""Make a folder for each manager, with the team's workbook and a page to print, and print a line about each team.

Run: python examples/teams.py OUT
"""

import sys
from datetime import date
from pathlib import Path

import growthsheet as gs

HERE = Path(__file__).parent


def main(out: Path) -> Path:
    """Write a folder for each team; return the path of the last workbook."""
    policy = gs.BudgetPolicy(rate=0.03, rates={"role:director": 0.02, "person:E1": 0.04})
    roster = gs.load_roster(HERE / "people.csv", as_of=date(2026, 8, 1), policy=policy)
    path = out
    for team in roster.with_options(pay="allowance").teams():
        folder = out / f"team-{team.manager.id}"
        folder.mkdir(parents=True, exist_ok=True)
        path = team.save(folder / "team.xlsx")
        (folder / "team.html").write_text(team.to_html(), "utf-8")
        gaps = team.gaps()
        rated = sum(status == "rated" for status in gaps["status"])
        thin = [row["activity"] for row in team.coverage() if row["flag"]]
        print(
            f"{team.manager.name}: {len(team.people)} people, {rated} of {len(gaps)} rated, {len(thin)} activities thin"
        )
    return path


if __name__ == "__main__":
    print("Wrote", main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
