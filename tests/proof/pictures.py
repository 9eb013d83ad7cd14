"""Pictures of a workbook, a page each, as LibreOffice prints them: ``python -m tests.proof.pictures FILE.xlsx OUT``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.proof import office


def pictures(workbook: Path | str | bytes, out: Path, dpi: int = 80) -> list[Path]:
    """Draw each printed page of a workbook into ``out`` as ``page-1.png``... and return the files in order."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "book.xlsx")
        file.write_bytes(workbook if isinstance(workbook, bytes) else Path(workbook).read_bytes())
        [pdf] = office.convert([file], "pdf", Path(name, "out"))
        drawn = Path(name, "drawn")
        drawn.mkdir()
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(drawn / "page")], check=True)
        out.mkdir(parents=True, exist_ok=True)
        found = []
        for number, page in enumerate(sorted(drawn.iterdir()), start=1):
            found.append(out / f"page-{number}.png")
            found[-1].write_bytes(page.read_bytes())
        return found


def main() -> None:
    """Draw the workbook that the command line names and say where the pictures are."""
    file, out = sys.argv[1:]
    for picture in pictures(Path(file), Path(out)):
        sys.stdout.write(f"{picture}\n")


if __name__ == "__main__":
    main()
