"""Ids and short names made of texts."""

from __future__ import annotations

import re
from hashlib import sha256
from unicodedata import normalize

_LONGEST_ID, _LONGEST_NAME = 56, 80

_SPELLED = {"+": " plus ", "#": " sharp ", "&": " and ", "%": " percent ", "@": " at ", "ß": "ss", "æ": "ae", "ø": "o"}
_SIGNS = re.compile("|".join(map(re.escape, _SPELLED)))
_FIT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def id_of(text: str) -> str:
    """Return an id that reads like a text and follows from that text alone, whatever stands beside it.

    >>> id_of("Données & tests"), id_of("C++"), id_of("C#"), id_of(".NET"), id_of("山田")
    ('donnees-and-tests', 'c-plus-plus', 'c-sharp', 'dot-net', 'x-5f34cd83')
    """
    spelled = _SIGNS.sub(lambda found: _SPELLED[found.group()], re.sub(r"(?<!\w)\.(?=\w)", "dot ", text.casefold()))
    plain = normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    # Letters that ASCII has no likeness of, and whatever is cut off, would make ids of different names meet.
    lost = any(c.isalpha() and not normalize("NFKD", c).encode("ascii", "ignore") for c in spelled)
    if slug and not lost and len(slug) <= _LONGEST_ID:
        return slug
    return f"{slug[: _LONGEST_ID - 9].rstrip('-') or 'x'}-{sha256(text.encode()).hexdigest()[:8]}"


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return bool(_FIT.fullmatch(text))


def kept_id(text: str) -> str:
    """Return an id from somebody else's system as it is, or, where it is no id here (an address), one made of it.

    >>> kept_id("A.1_b"), kept_id("https://example.org/skill/7")
    ('A.1_b', 'https-example-org-skill-7')
    """
    return text if is_id(text) else id_of(text)


class Names:
    """Short names, no two alike without regard to case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def short(self, text: str) -> str:
        """Return a text on one line, cut at a word where it is too long for a name."""
        line = " ".join(text.split())
        if len(line) > _LONGEST_NAME:
            line = line[: _LONGEST_NAME - 6].rpartition(" ")[0].rstrip(" ,;:.-") + "…"
        found, number = line, 1
        while found.casefold() in self._taken:
            number += 1
            found = f"{line} ({number})"
        self._taken.add(found.casefold())
        return found
