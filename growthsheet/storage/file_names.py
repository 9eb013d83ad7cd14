"""File names for people and teams: readable, legal on every system, and unique.

A file name is made of untrusted data. Letters, marks and digits of every script are kept (NFC);
everything else (spaces, dots, slashes, what Windows reserves) becomes a hyphen; invisible characters are dropped.
The only dot is the one of ``.xlsx``, and there is always a hyphen. So a file is never hidden, and its name is never
``..`` or a device such as ``CON`` or ``COM1``, whatever the name of the person.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from unicodedata import category, normalize

from growthsheet.errors import OutputError

MAX_NAME = 120  # characters, so that a path of Windows (260) has room for the folders
HEAVIEST = 230  # bytes of UTF-8: file systems allow 255, and the name of a backup is 16 longer
DIGITS = 8  # of the id's hash, where one is needed

PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
KEPT = "_'\N{RIGHT SINGLE QUOTATION MARK}"
# Invisible letters and marks: joiners, Hangul fillers, variation selectors (the others are of category Cf).
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def names_beside(path: str | os.PathLike[str]) -> list[str]:
    """Return the names in the folder where a file was looked for; none if the folder cannot be read."""
    try:
        return os.listdir(os.path.dirname(os.path.abspath(path)))
    except (OSError, ValueError):
        return []


def file_name(name: str, id: str, digits: int = 0) -> str:
    """Return the file name ``<name>-<id>.xlsx`` for one person, of at most 120 characters.

    A long name is shortened. An id of at most 40 of ``A-Z a-z 0-9 _ -`` is used unchanged. Any other id is made legible
    and followed by the first 8 hex digits of its hash, because two ids could be the same after that; ``digits`` is how
    many of them to add in any case.

    >>> file_name("Ana Ruiz", "E001")
    'Ana-Ruiz-E001.xlsx'
    >>> file_name("山田 太郎", "e/1")
    '山田-太郎-e-1-4c275776.xlsx'
    >>> file_name("../../etc/CON.", "COM1")
    'etc-CON-COM1.xlsx'
    """
    plain = PLAIN_ID.fullmatch(id) is not None
    digest = sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[: digits or (0 if plain else DIGITS)]
    tail = "-".join(filter(None, (id if plain else _cut(_legible(id), 40, 80), digest)))
    taken = len("-.xlsx")
    head = _cut(_legible(name), MAX_NAME - len(tail) - taken, HEAVIEST - len(tail.encode()) - taken)
    return f"{head or 'unnamed'}-{tail}.xlsx"


def file_names(people: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a file name for each id, from pairs of name and id, unique without regard to case and Unicode form.

    Pass the whole roster even if few files are made, so that a file has the same name in each run. Raise OutputError if
    two people have the same id.

    >>> file_names([("Ana Ruiz", "7"), ("Bo Li", "8")])
    {'7': 'Ana-Ruiz-7.xlsx', '8': 'Bo-Li-8.xlsx'}
    >>> file_names([("Ana", "e1"), ("Bo", "E1")])
    {'e1': 'Ana-e1-8b5cc4df.xlsx', 'E1': 'Bo-E1-22249aa6.xlsx'}
    """
    names: dict[str, str] = {}
    for name, id in people:
        if id in names:
            raise OutputError(f"two people have the id {id!r}; give each person an id of their own")
        names[id] = name
    twins = _alike({id: id for id in names})
    digits = {id: DIGITS if id in twins else 0 for id in names}
    while True:
        made = {id: file_name(name, id, digits[id]) for id, name in names.items()}
        # "Ana" with the id "B-1" and "Ana B" with the id "1" meet although their ids do not: add digits until none do.
        if not (twins := _alike(made)):
            return made
        for id in twins:
            digits[id] = min(digits[id] + DIGITS, 64)


def fold(text: str) -> str:
    """Return a text that is equal for all names that a file system may take for the same (case, Unicode form).

    >>> fold("Zoë") == fold("ZOE\N{COMBINING DIAERESIS}")
    True
    """
    return normalize("NFC", normalize("NFD", text).casefold())


def _alike(texts: Mapping[str, str]) -> set[str]:
    """Return the keys whose text is the same as that of another key."""
    groups: dict[str, list[str]] = {}
    for key, text in texts.items():
        groups.setdefault(fold(text), []).append(key)
    return {key for group in groups.values() if len(group) > 1 for key in group}


def _legible(text: str) -> str:
    """Return the letters, marks and digits of a text, with single hyphens in place of anything else."""
    seen = normalize("NFC", UNSEEN.sub("", "".join(char for char in text if category(char) != "Cf")))
    kept = "".join(char if category(char)[0] in "LMN" or char in KEPT else "-" for char in seen)
    return re.sub("-+", "-", kept).strip("-")


def _cut(text: str, characters: int, octets: int) -> str:
    """Return the longest beginning of a text within a number of characters and a number of bytes of UTF-8."""
    return text[:characters].encode()[:octets].decode(errors="ignore").rstrip("-")
