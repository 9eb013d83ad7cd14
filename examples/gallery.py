"""Draw pictures of every tab, in English and German: as a window shows it, and as its first page is printed.

The workbooks are those of the sample and of a larger organization. This needs LibreOffice (soffice), a Python with
``uno``, Xvfb, ImageMagick and poppler-utils (pdftoppm, pdftotext).

Run: python -m examples.gallery docs/pictures
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import growthsheet as gs
from growthsheet.tasks.demo import sample, typed_in
from tests.proof import office

PERSON, MANAGER, DPI = 0, 0, 80
TEAMS = (9, 12, 6, 8, 10, 7, 11, 4)
LOCALES = {"en": "en-US", "de": "de-DE"}
"""The languages, each with the locale in which LibreOffice shows amounts and dates."""


def main(out: Path, languages: Iterable[str] = tuple(LOCALES), screens: Sequence[str] = ()) -> Path:
    """Draw ``<language>/screen/<book>-<tab>.png`` and ``<language>/print/...``, with English names; return the folder.

    ``screens`` are the books whose tabs are shown in a window; all of them where none is named.
    """
    for language in languages:
        with tempfile.TemporaryDirectory() as work:
            files, names = list[Path](), list[list[str]]()
            for book, made in books(language).items():
                files.append(made.save(Path(work, f"{book}.xlsx")))
                tabs = [tab.name.lower().replace(" ", "-") for tab in made.book().sheets if not tab.hidden]
                names.append([f"{book}-{tab}" for tab in tabs])
            pages = out / language / "print"
            pages.mkdir(parents=True, exist_ok=True)
            for pdf, its in zip(office.convert(files, "pdf", Path(work), LOCALES[language]), names, strict=True):
                for page, name in zip(_first_pages(pdf), its, strict=True):
                    _draw(pdf, page, pages / name)
            chosen = [n for n, file in enumerate(files) if not screens or file.stem in screens]
            _show([files[n] for n in chosen], Path(work), LOCALES[language])
            windows = out / language / "screen"
            windows.mkdir(parents=True, exist_ok=True)
            for n in chosen:
                shown = sorted(Path(work).glob(f"{files[n].stem}-*.png"))
                for picture, name in zip(shown, names[n], strict=True):
                    (windows / f"{name}.png").write_bytes(picture.read_bytes())
            _shrink([*pages.glob("*.png"), *windows.glob("*.png")])
    return out


def books(language: str) -> dict[str, gs.Plan | gs.Team | gs.Organization]:
    """Return the workbooks in a language: a person's, a manager's, and that of a larger organization."""
    words = gs.load_language(language)
    roster, large = (typed_in(roster, words) for roster in (sample(), company()))
    team = roster.team(roster.managers[MANAGER].id)
    return {"person": roster.person(team.people[PERSON].id), "team": team, "organization": large.organization()}


def company() -> gs.Roster:
    """Return a larger organization: people of the sample, each several times, in eight teams and two currencies."""
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


def _first_pages(pdf: Path) -> list[int]:
    """Return the first page of each tab; the middle of a page's footer is the tab's name."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    found: dict[str, int] = {}
    for number, page in enumerate(text.split("\f")[:-1], 1):
        *_, tab, count = re.split(r"\s{3,}", page.strip())
        if re.fullmatch(r"\d+ / \d+", count) and not tab.isdigit():  # below a short table, its last cell stands there
            found.setdefault(tab, number)
    return list(found.values())


def _draw(pdf: Path, page: int, target: Path) -> None:
    one = ["-f", str(page), "-l", str(page)]
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", "-singlefile", *one, str(pdf), str(target)], check=True)


def _show(files: Sequence[Path], out: Path, locale: str) -> None:
    office.by_uno("tests.proof.screen", ",".join(map(str, files)), str(out), "--locale", locale, timeout=600)


def _shrink(pictures: Sequence[Path]) -> None:
    palette = ["+dither", "-colors", "64", "-type", "Palette", "-strip", "-define", "png:compression-level=9"]
    subprocess.run(["mogrify", *palette, *map(str, pictures)], check=True)


if __name__ == "__main__":
    print("Wrote", main(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery")))
