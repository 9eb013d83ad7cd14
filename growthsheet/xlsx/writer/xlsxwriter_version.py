"""The versions of XlsxWriter whose private parts the fast ways of writing may use.

XlsxWriter promises nothing about names that begin with an underscore, nor about the attributes that hold a sheet's
cells and row heights. The fast worksheet, long tables and stamping need both, so they are used only with versions that
all tests ran with. With any other version each workbook is written cell by cell, by its documented methods: the same
cells, in more time.
"""

from __future__ import annotations

import xlsxwriter

TESTED = frozenset({"3.3.0", "3.3.1"})
"""The tested versions; add a version here once all tests have passed with it."""

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""The options of XlsxWriter; it writes in memory, because its temporary files would hold people's data."""


def is_tested() -> bool:
    """Return whether the fast ways of writing may be used with the XlsxWriter that is installed."""
    return xlsxwriter.__version__ in TESTED
