"""Pictures of every tab: the workbooks of a sample, and of a larger organization, drawn by LibreOffice.

Needs LibreOffice (soffice) and poppler-utils (pdftoppm, pdftotext).

Run: python examples/gallery.py docs/pictures
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from growthsheet.tasks.demo import company, sample

PERSON, MANAGER, DPI = 0, 0, 80


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
