"""A person at work in LibreOffice: type, sort, insert, rename, save; to see that the workbook takes it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.proof import office

Edit = Mapping[str, Any]


def libreoffice_edit(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Open a workbook in LibreOffice, apply edits in their order, compute everything anew, save it as xlsx.

    =====================================================================  ============================================
    edit                                                                   what a person does
    =====================================================================  ============================================
    ``{"set": ["Assessment", "F7", 3]}``                                   types a number, a text, a truth value, or
                                                                           clears the cell (``None``)
    ``{"formula": ["Assessment", "F7", "=1+1"]}``                          types a formula (English, ``;`` between
                                                                           arguments, ``$Sheet.A1`` for other tabs)
    ``{"sort": ["Assessment", "A5:K20", 2, True, False]}``                 sorts a range by its column 2 (from 0), up or
                                                                           down, with or without a header row
    ``{"insert_rows": ["Assessment", 7, 2]}``                              inserts two rows above row 7
    ``{"delete_rows": ["Assessment", 7, 2]}``                              deletes two rows, the first is row 7
    ``{"insert_columns": ["Assessment", "C", 1]}``                         inserts a column left of column C
    ``{"rename": ["Assessment", "My skills"]}``                            renames a tab
    ``{"password": "..."}``                                                opens it with a password, saves it without
    ``{"via_ods": True}``                                                  saves as ods, closes, opens again
    =====================================================================  ============================================
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "before.xlsx").write_bytes(data)
        (folder / "edits.json").write_text(json.dumps([dict(edit) for edit in edits]), encoding="utf-8")
        office.edit(folder)
        return (folder / "after.xlsx").read_bytes()
