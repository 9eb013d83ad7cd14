"""Pictures of every tab: the workbooks of a sample, and of a larger organization, drawn by LibreOffice.

Needs LibreOffice (soffice) and poppler-utils (pdftoppm, pdftotext).

Run: python examples/gallery.py docs/pictures
"""

import re
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import growthsheet as gs
from growthsheet.tasks.demo import sample

PERSON, MANAGER, DPI = 0, 0, 80
TEAMS = (9, 12, 6, 8, 10, 7, 11, 4)


def main(out: Path) -> Path:
    """Draw the first page of each tab into ``<book>-<tab>.png``; gives the folder."""
    out.mkdir(parents=True, exist_ok=True)
    roster = sample()
    team = roster.team(roster.managers[MANAGER].id)
    plan = roster.person(team.people[PERSON].id)
    with tempfile.TemporaryDirectory() as work:
        for name, book in (("person", plan), ("team", team), ("organization", company().organization())):
            pdf = _pdf(book.save(Path(work) / f"{name}.xlsx"))
            for page, tab in _first_pages(pdf).items():
                _draw(pdf, page, out / f"{name}-{tab}")
    return out


def company() -> gs.Roster:
    """A larger organization: people of the sample, each several times, in eight teams and paid in two currencies."""
    small = sample()
    director, lead, *others = small.people
    places = [("C000", "", director), *((f"C{n:03}", "C000", lead) for n in range(1, len(TEAMS) + 1))]
    for team, size in enumerate(TEAMS, 1):
        places += [(f"C{team}{n:02}", f"C{team:03}", others[(3 * team + n) % len(others)]) for n in range(size)]
    words = [person.name.split(" ", 1) for person in small.people]
    rows: list[dict[str, Any]] = []
    for n, (id, manager, model) in enumerate(places):
        name = f"{words[n % len(words)][0]} {words[(n + n // len(words) + 1) % len(words)][1]}"
        role = small.catalog.role_by_id[model.role].name
        pay = {"annual salary": 90_000 + n * 37 % 61 * 1_000, "currency": "EUR" if id.startswith("C3") else "USD"}
        rows.append({"id": id, "name": name, "title": role, "manager id": manager, **pay})
    rates = gs.ExchangeRates(into="USD", date=small.as_of, rates={"EUR": Decimal("1.08")})
    policy = gs.BudgetPolicy(exchange_rates=rates)
    answers = small.answers
    copies = [
        rating.model_copy(update={"person": id})
        for id, _, model in places
        for rating in answers.ratings
        if rating.person == model.id
    ]
    lines = [
        line.model_copy(update={"id": f"{line.id}-{n}", "person": id, "team": "", "estimate": Decimal(400 + n)})
        for n, ((id, _, _), line) in enumerate(zip(places, answers.budget_items * 5, strict=False))
    ]
    roster = gs.load_roster(rows, cycle=small.cycle, as_of=small.as_of, policy=policy)
    return roster.with_answers(gs.Answers(cycles=answers.cycles, ratings=tuple(copies), budget_items=tuple(lines)))


def _pdf(workbook: Path) -> Path:
    profile = f"-env:UserInstallation=file://{workbook.parent}/profile"
    command = ["soffice", "--headless", "--norestore", profile, "--convert-to", "pdf", "--outdir", str(workbook.parent)]
    subprocess.run([*command, str(workbook)], check=True, capture_output=True, timeout=180)
    return workbook.with_suffix(".pdf")


def _first_pages(pdf: Path) -> dict[int, str]:
    """The first page of each tab; the middle of a page's footer is the tab's name."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    found: dict[str, int] = {}
    for number, page in enumerate(text.split("\f")[:-1], 1):
        *_, tab, count = re.split(r"\s{3,}", page.strip())
        if re.fullmatch(r"\d+ / \d+", count):
            found.setdefault(tab.lower().replace(" ", "-"), number)
    return {number: tab for tab, number in found.items()}


def _draw(pdf: Path, page: int, target: Path) -> None:
    command = [
        "pdftoppm",
        "-r",
        str(DPI),
        "-png",
        "-singlefile",
        "-f",
        str(page),
        "-l",
        str(page),
        str(pdf),
        str(target),
    ]
    subprocess.run(command, check=True, timeout=60)


if __name__ == "__main__":
    print("Wrote", main(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery")))
