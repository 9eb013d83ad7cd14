"""What a folder of workbooks knows about itself: the manifest, and the journal of a run that has not ended.

The manifest tells our files from those that somebody changed, so a run may replace the first and must leave the
second. While a run goes on, a journal gets a line after each file; at its end the manifest takes the journal's place.
Both hold the same lines, one a file, sorted and without any clock: the same run gives the same bytes.
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
    """One file of the folder: whose it is, and what we last put there.

    ``spec`` and ``sha256`` belong together and are blank while nothing of ours is there: a file that was refused keeps
    those of our last version. ``status`` tells how the last run ended for it. ``updated`` marks a file that holds
    what somebody filled in, carried over from an older one. ``sealed`` is the hash of the file as it lies there if it
    was written with a password: those bytes are others each time, while ``sha256`` is of the workbook inside.

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
        """The hash of the file as we put it there."""
        return self.sealed or self.sha256

    def line(self) -> str:
        """The entry as one line of JSON."""
        return json.dumps({name: getattr(self, name) for name in ENTRY_FIELDS})


ENTRY_FIELDS = tuple(field.name for field in fields(ManifestEntry))

_HASH = re.compile("[0-9a-f]{64}")


class Ledger(Mapping[str, ManifestEntry]):
    """The entries of a folder by path, in half the memory that the objects take: there may be 100,000.

    >>> entry = ManifestEntry("people/ana-E1.xlsx", "person", "E1", "5a", 64 * "9", "written")
    >>> Ledger([entry])["people/ana-E1.xlsx"] == entry
    True
    """

    def __init__(self, entries: Iterable[ManifestEntry] = ()) -> None:
        self._packed: dict[str, bytes] = {}
        self.add(entries)

    def add(self, entries: Iterable[ManifestEntry]) -> None:
        """Put entries in, in the place of those of the same paths."""
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
    """Every file that the folder's manifest, and the journal of a run that was cut short, know; by path.

    Raises
    ------
    InputError
        When the manifest is damaged.
    """
    entries = _manifest(folder / MANIFEST)
    entries.add(_journal(folder / JOURNAL))
    return entries


def opening(about: Mapping[str, object]) -> str:
    """The first lines of a manifest: the version of growthsheet, and what the run was about."""
    return f'{{\n"growthsheet": {json.dumps(__version__)},\n"about": {json.dumps(dict(about), sort_keys=True)},\n'


def save(folder: Path, first_lines: str, entries: Mapping[str, ManifestEntry]) -> None:
    """Put the manifest in place; from then on the journal is not needed."""
    write_atomically(folder / MANIFEST, _parts(first_lines, map(entries.__getitem__, sorted(entries))))
    with suppress(FileNotFoundError):
        os.unlink(folder / JOURNAL)


class Journal:
    """The lines of a run that goes on, each written down at once; to be used in a ``with`` statement."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL

    def __enter__(self) -> Journal:
        is_there(self._path)
        self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | NO_FOLLOW, 0o600)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def add(self, entries: Iterable[ManifestEntry]) -> None:
        """Write down what was done.

        Not forced to the disk: when the power fails, files without a line are made again, found the same and kept.
        """
        # The line break comes first, so that a line torn by a kill does not spoil the next one.
        data = "".join(f"\n{entry.line()}" for entry in entries).encode()
        try:
            while data:
                data = data[os.write(self._file, data) :]
        except OSError as error:
            raise OutputError(f"{self._path} cannot be written: {reason(error)}") from error


def _parts(first_lines: str, entries: Iterable[ManifestEntry]) -> Iterator[bytes]:
    """The manifest piece by piece: at 100,000 files it is too big to hold twice."""
    yield f'{first_lines}"files": ['.encode()
    for number, entry in enumerate(entries):
        yield f"{',' if number else ''}\n{entry.line()}".encode()
    yield b"\n]\n}\n"


def _manifest(path: Path) -> Ledger:
    """The entries of a manifest; none where there is no manifest."""
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
            text = file.read().decode("utf-8-sig")  # json would hold the bytes beside the text
        files = json.loads(text, object_hook=put)["files"]
        if not all(path in ledger for path in files):
            raise ValueError("a file without its fields")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        hint = "restore it; or delete it, then files that differ from what would be written count as somebody else's"
        problem = Problem("damaged-manifest", str(path), "it cannot be read", "a manifest as it was written", hint)
        raise InputError([problem]) from error
    return ledger


def _journal(path: Path) -> Iterator[ManifestEntry]:
    """The entries of a journal; a line that was torn by a kill is passed over."""
    if not is_there(path):
        return
    with open_plain(path) as file:
        for line in file:
            with suppress(ValueError, RecursionError):
                entry = json.loads(line, object_hook=_entry)
                if isinstance(entry, ManifestEntry):
                    yield entry


def _entry(record: dict[str, Any]) -> ManifestEntry | dict[str, Any]:
    """The entry that a JSON object stands for, if it does; later versions may add fields."""
    values = {"sealed": ""} | {name: record[name] for name in ENTRY_FIELDS if name in record}
    texts = [value for name, value in values.items() if name != "updated"]
    whole = len(values) == len(ENTRY_FIELDS) and all(isinstance(text, str) for text in texts)
    return ManifestEntry(**values | {name: intern(values[name]) for name in ("kind", "status")}) if whole else record
