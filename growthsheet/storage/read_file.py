"""Read files that people wrote, within bounds."""

from __future__ import annotations

from pathlib import Path

from growthsheet.errors import refusal
from growthsheet.storage.atomic import reason


def read_up_to(path: Path, name: str, most: int) -> bytes:
    """Return the bytes of a file; refuse one that cannot be read, or has more than ``most``."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        hint = "correct the name, or check the permissions"
        raise refusal("unreadable-file", name, reason(error), "a file that you may read", hint) from None
    if len(data) > most:
        raise refusal("file-too-large", name, "too large", f"at most {most:,} bytes", "shorten or split it")
    return data


def as_utf8(data: bytes, name: str) -> str:
    """Return bytes as text; refuse what is not UTF-8, with its line and column."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        lines = data[: error.start].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        place = f"{name}, line {len(lines)}, column {len(lines[-1]) + 1}"
        found = f"the byte 0x{data[error.start]:02X}"
        raise refusal("not-utf-8", place, found, "text in UTF-8", "save it as UTF-8") from None
