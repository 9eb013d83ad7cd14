"""Zip archives with the same bytes for the same files."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def zipped(files: Iterable[tuple[Path, bytes]]) -> bytes:
    """Return files as a zip archive without times, so that the same files have the same bytes."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as file:
        for name, data in files:
            file.writestr(ZipInfo(name.as_posix()), data, ZIP_DEFLATED)
    return archive.getvalue()
