"""Write a starter folder: a catalog, a roster and settings that can be built without changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from growthsheet.errors import OutputError
from growthsheet.model import Catalog
from growthsheet.sheets.books import catalog_book
from growthsheet.sources.catalogs.load import DEFAULT_CATALOG, load_catalog
from growthsheet.sources.tables.write_csv import csv_bytes
from growthsheet.storage.atomic import is_there, make_folder, write_atomically
from growthsheet.storage.package_data import template_folder
from growthsheet.text.arguments import strict
from growthsheet.xlsx.writer.write import to_bytes

EXAMPLE_COLUMNS = ("id", "name", "email", "title", "manager", "annual salary", "currency", "start")
EXAMPLE_NAMES = ("Ana Example", "Ben Example", "Chi Example", "Dana Example")


@strict
def start(folder: str | os.PathLike[str], catalog: str | os.PathLike[str] = DEFAULT_CATALOG) -> tuple[Path, ...]:
    """Write catalog.xlsx, roster.csv and growthsheet.toml into a folder; return their paths.

    Parameters
    ----------
    catalog
        The catalog to copy: a built-in name or a file. The roster's people have its roles.

    Raises
    ------
    OutputError
        When one of them exists already; then none is written.
    """
    found, home = load_catalog(catalog), Path(folder)
    files = {
        "catalog.xlsx": to_bytes(catalog_book(found)),
        "roster.csv": csv_bytes(EXAMPLE_COLUMNS, list(_people(found))),
        "growthsheet.toml": (template_folder() / "starter" / "growthsheet.toml").read_bytes(),
    }
    if there := [name for name in files if is_there(home / name)]:
        raise OutputError(f"{home} holds {', '.join(there)} already; name another folder")
    make_folder(home)
    for name, data in files.items():
        write_atomically(home / name, data)
    return tuple(home / name for name in files)


def _people(catalog: Catalog) -> Iterator[list[str]]:
    """Yield a manager in the first role of the people path, and three people in the first roles of the catalog."""
    roles = [*catalog.roles[:3], *catalog.roles][:3]
    lead = next((role for role in catalog.roles if role.path == "people"), catalog.roles[-1])
    for n, (name, role) in enumerate(zip(EXAMPLE_NAMES, (lead, *roles), strict=True), 1):
        mail = f"{name.split()[0].lower()}@example.com"
        yield [f"E{n}", name, mail, role.name, "E1" if n > 1 else "", str(150_000 - 10_000 * n), "USD", "2024-01-15"]
