"""The location of the data files that ship with the package."""

from __future__ import annotations

from pathlib import Path

from growthsheet.errors import GrowthsheetError


def template_folder() -> Path:
    """Return the folder of the shipped catalogs and texts: inside the installed package, or beside it in a checkout.

    >>> (template_folder() / "catalogs").is_dir()
    True
    """
    package = Path(__file__).resolve().parent.parent
    # A wheel has them inside the package; an editable install runs from the checkout, where they are beside it.
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "catalogs").is_dir():
            return folder
    raise GrowthsheetError("the catalogs that ship with growthsheet are missing; install the package again")
