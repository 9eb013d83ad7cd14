"""The manifest of a folder of workbooks, and the journal of a run that has not ended.

The manifest holds a hash of each file that growthsheet wrote, so that a run replaces those that are unchanged and
leaves those that somebody edited. During a run, a line is added to a journal after each file; at the end of the run
the manifest replaces the journal. Both hold the same lines, one for each file. The manifest is sorted and contains no
time: the same run gives the same bytes.
"""

from __future__ import annotations

import json
import marshal
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from sys import intern
from typing import Any, Literal

from growthsheet.errors import InputError, OutputError, Problem
from growthsheet.storage.atomic import NO_FOLLOW, is_there, open_plain, reason, write_atomically
from growthsheet.version import __version__

MANIFEST = "manifest.json"
JOURNAL = ".manifest.jsonl"
PERSONAL = frozenset(["person", "agenda", "invitation"])
"""The kinds of files that are about one person."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One file of the folder: its subject, and the hashes of the version that growthsheet wrote last.

    ``spec`` and ``sha256`` are the hashes of what the file was made from and of the workbook; both are blank until
    growthsheet has written the file, and a file that was refused keeps those of the last version. ``status`` is the
    result of the last run. ``updated`` is True if the file holds answers that were carried over from an older one.
    ``sealed`` is the hash of a file that was written with a password: encryption gives other bytes each time, while
    ``sha256`` is of the workbook inside.

    >>> print(ManifestEntry("people/ana-E1.xlsx", "person", "E1", "5a", "9c", "written").line()[:56])
    {"path": "people/ana-E1.xlsx", "kind": "person", "subjec
    """

    path: str
    kind: str
    subject: str
    spec: str
    sha256: str
    status: Literal["written", "refused", "failed"]
    updated: bool = False
    sealed: str = ""

    @property
    def on_disk(self) -> str:
        """The hash of the file on the disk as growthsheet wrote it."""
        return self.sealed or self.sha256

    def line(self) -> str:
        """Return the entry as one line of JSON."""
        return json.dumps({name: getattr(self, name) for name in ENTRY_FIELDS})


ENTRY_FIELDS = tuple(field.name for field in fields(ManifestEntry))

_HASH = re.compile("[0-9a-f]{64}")


class Ledger(Mapping[str, ManifestEntry]):
    """The entries of a folder by path, in half the memory that the objects would take: there may be 100,000.

    >>> entry = ManifestEntry("people/ana-E1.xlsx", "person", "E1", "5a", 64 * "9", "written")
    >>> Ledger([entry])["people/ana-E1.xlsx"] == entry
    True
    """

    def __init__(self, entries: Iterable[ManifestEntry] = ()) -> None:
        self._packed: dict[str, bytes] = {}
        self.add(entries)

    def add(self, entries: Iterable[ManifestEntry]) -> None:
        """Add entries; they replace those of the same paths."""
        for entry in entries:
            values = [getattr(entry, name) for name in ENTRY_FIELDS[1:]]
            self._packed[entry.path] = marshal.dumps([_hash_as_bytes(value) for value in values])

    def __getitem__(self, path: str) -> ManifestEntry:
        return ManifestEntry(path, *map(_hash_as_text, marshal.loads(self._packed[path])))

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _hash_as_bytes(value: Any) -> Any:
    return bytes.fromhex(value) if isinstance(value, str) and _HASH.fullmatch(value) else value


def _hash_as_text(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def load(folder: Path) -> Ledger:
    """Return the entries of a folder's manifest and of the journal of an interrupted run, by path.

    Raises
    ------
    InputError
        If the manifest is damaged.
    """
    entries = _manifest(folder / MANIFEST)
    entries.add(_journal(folder / JOURNAL))
    return entries


def opening(about: Mapping[str, object]) -> str:
    """Return the first lines of a manifest: the version of growthsheet, and a description of the run."""
    return f'{{\n"growthsheet": {json.dumps(__version__)},\n"about": {json.dumps(dict(about), sort_keys=True)},\n'


def about(folder: Path) -> Mapping[str, str]:
    """Return the description of the run that wrote a folder's manifest; empty if there is none."""
    if not is_there(folder / MANIFEST):
        return {}
    with open_plain(folder / MANIFEST) as file, suppress(ValueError, RecursionError):
        *_, line = (file.readline(10_000).decode() for _ in range(3))
        found = json.loads(line.strip().removeprefix('"about": ').removesuffix(","))
        return {name: value for name, value in found.items() if isinstance(value, str)}
    return {}


def save(folder: Path, first_lines: str, entries: Mapping[str, ManifestEntry]) -> None:
    """Write the manifest, and delete the journal, which is no longer needed."""
    write_atomically(folder / MANIFEST, _parts(first_lines, map(entries.__getitem__, sorted(entries))))
    with suppress(FileNotFoundError):
        os.unlink(folder / JOURNAL)


class Journal:
    """The journal of a run, a context manager; entries are written to the file at once."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL

    def __enter__(self) -> Journal:
        is_there(self._path)
        self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | NO_FOLLOW, 0o600)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def add(self, entries: Iterable[ManifestEntry]) -> None:
        """Append entries to the journal.

        It is not flushed to the disk: after a power failure, files without an entry are made again and found equal.
        """
        # The line break comes first, so that a line that a kill left incomplete does not spoil the next one.
        data = "".join(f"\n{entry.line()}" for entry in entries).encode()
        try:
            while data:
                data = data[os.write(self._file, data) :]
        except OSError as error:
            raise OutputError(f"{self._path} cannot be written: {reason(error)}") from error


def _parts(first_lines: str, entries: Iterable[ManifestEntry]) -> Iterator[bytes]:
    """Yield the manifest in parts: with 100,000 files it is too large to be in memory twice."""
    yield f'{first_lines}"files": ['.encode()
    for number, entry in enumerate(entries):
        yield f"{',' if number else ''}\n{entry.line()}".encode()
    yield b"\n]\n}\n"


def _manifest(path: Path) -> Ledger:
    """Return the entries of a manifest; none if there is no manifest."""
    ledger = Ledger()
    if not is_there(path):
        return ledger

    def put(record: dict[str, Any]) -> str | dict[str, Any]:
        entry = _entry(record)
        if not isinstance(entry, ManifestEntry):
            return record
        ledger.add([entry])
        return entry.path

    try:
        with open_plain(path) as file:
            text = file.read().decode("utf-8-sig")  # json would keep the bytes in memory beside the text
        files = json.loads(text, object_hook=put)["files"]
        if not all(path in ledger for path in files):
            raise ValueError("a file without its fields")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        hint = "restore it, or delete it; then files that differ from what would be written are left alone"
        problem = Problem("damaged-manifest", str(path), "it cannot be read", "a manifest as it was written", hint)
        raise InputError([problem]) from error
    return ledger


def _journal(path: Path) -> Iterator[ManifestEntry]:
    """Yield the entries of a journal; an incomplete line, as a killed run leaves it, is skipped."""
    if not is_there(path):
        return
    with open_plain(path) as file:
        for line in file:
            with suppress(ValueError, RecursionError):
                entry = json.loads(line, object_hook=_entry)
                if isinstance(entry, ManifestEntry):
                    yield entry


def _entry(record: dict[str, Any]) -> ManifestEntry | dict[str, Any]:
    """Return the entry that a JSON object represents, or else the object; later versions may add fields."""
    values = {"sealed": ""} | {name: record[name] for name in ENTRY_FIELDS if name in record}
    texts = [value for name, value in values.items() if name != "updated"]
    whole = len(values) == len(ENTRY_FIELDS) and all(isinstance(text, str) for text in texts)
    return ManifestEntry(**values | {name: intern(values[name]) for name in ("kind", "status")}) if whole else record
