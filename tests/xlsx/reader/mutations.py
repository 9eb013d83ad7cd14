"""Workbooks changed at random, in their bytes, their zip and their XML, and what they are told.

Every one of them must get an answer: a workbook whose cells add up, or a refusal with a code.
``python -m benchmarks mutants --number 20000`` tries many.
"""

from __future__ import annotations

import random
import re
import struct
import warnings
from collections.abc import Callable
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from growthsheet.returns.merge import ReturnedFile, merge
from growthsheet.returns.reference import Reference
from growthsheet.sheets.forms import FORMS
from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
from tests.making import said, small_catalog
from tests.xlsx.reader.hostile import genuine, parts, team, zipped

Change = Callable[[random.Random, bytes], bytes]

NASTY = (
    *("", "-1", "0", "NaN", "1e999", "99999999999", "true", "=1+1", "#REF!", "k:", "k:talks", "k:m", "n/a", " 3 ", "٣"),
    *(
        "&#0;",
        "&#x10FFFF;",
        "&x;",
        "&amp;",
        "]]>",
        "<c>",
        "</row>",
        "<row>",
        "<v/>",
        "<f/>",
        '" ',
        "' x='",
        "<!--",
        "-->",
    ),
    *("<![CDATA[", "<!DOCTYPE a>", "<?x?>", "\x00", "\r", "é", "🙂", "\ufffe", "_xD800_", "_x0000_", "xmlns=''"),
    *("A1:XFD1048576", "XFE1", "../../x", "/xl/workbook.xml", "utf-16", "x" * 40_000, "<a>" * 300, "&lt;" * 9_000),
)
TAG = re.compile(rb"<[^<>]*>")
ELEMENT = re.compile(rb"<(\w+)[^<>]*(?<!/)>[^<]*</\1>|<\w[^<>]*/>")
VALUE = re.compile(rb'(?<==")[^"]*(?=")')
TEXT = re.compile(rb"(?<=>)[^<>]+(?=<)")
KEPT = re.compile("theme|drawing|comment|chart")
"""Parts that nobody reads; changing them shows little."""


def mutated(rng: random.Random, data: bytes) -> bytes:
    """The bytes of a part, changed somewhere."""
    return rng.choice(CHANGES)(rng, data)


def _in_bytes(rng: random.Random, data: bytes) -> bytes:
    at, length = rng.randrange(len(data) + 1), rng.choice((0, 1, 4, 40))
    piece = data[at : at + length]
    put = rng.choice((_nasty(rng), b"", piece * 2, bytes([rng.randrange(256)]), piece[::-1], data[at : at + 400][::-1]))
    return data[:at] + put + data[at + length :]


def _cut(_: random.Random, data: bytes) -> bytes:
    return data[: _.randrange(len(data) + 1)]


def _somewhere(pattern: re.Pattern[bytes], how: Callable[[random.Random, bytes], bytes]) -> Change:
    """A change of something that a pattern finds, somewhere in a part."""

    def change(rng: random.Random, data: bytes) -> bytes:
        found = pattern.search(data, rng.randrange(len(data) + 1)) or pattern.search(data)
        if found is None:
            return data
        return data[: found.start()] + how(rng, found[0]) + data[found.end() :]

    return change


def _nasty(rng: random.Random, _: bytes = b"") -> bytes:
    return rng.choice(NASTY).encode("utf-8", "surrogatepass")


def _moved(rng: random.Random, data: bytes) -> bytes:
    """An element taken out of its place and put into another."""
    taken = ELEMENT.search(data, rng.randrange(len(data) + 1))
    if taken is None:
        return data
    rest = data[: taken.start()] + data[taken.end() :]
    target = TAG.search(rest, rng.randrange(len(rest) + 1))
    at = target.end() if target else len(rest)
    return rest[:at] + taken[0] + rest[at:]


CHANGES: tuple[Change, ...] = (
    _in_bytes,
    _in_bytes,
    _cut,
    _moved,
    _somewhere(VALUE, _nasty),
    _somewhere(VALUE, lambda rng, old: old[::-1]),
    _somewhere(VALUE, lambda rng, old: str(int(old) + rng.choice((-1, 1, 10**6))).encode() if old.isdigit() else old),
    _somewhere(TEXT, _nasty),
    _somewhere(TEXT, lambda rng, old: str(rng.choice((-1, 0.5, 7, 10**9))).encode()),
    _somewhere(ELEMENT, lambda rng, old: b""),
    _somewhere(ELEMENT, lambda rng, old: old * rng.choice((2, 3, 2_000))),
    _somewhere(ELEMENT, lambda rng, old: b"<b>" * 99 + old + b"</b>" * 99),
    _somewhere(TAG, lambda rng, old: b""),
    _somewhere(TAG, lambda rng, old: re.sub(rb' \w+="[^"]*"', b"", old, count=1)),
    _somewhere(TAG, lambda rng, old: re.sub(rb'( \w+="[^"]*")', rb"\1\1", old, count=1)),
    _somewhere(TAG, lambda rng, old: old.replace(b"<", b"<x:", 1)),
)


def mutated_parts(rng: random.Random, data: bytes) -> bytes:
    """A workbook with some of its parts changed inside."""
    content = parts(data)
    names = [name for name in content if not KEPT.search(name)]
    for _ in range(rng.choice((1, 1, 1, 3))):
        part = rng.choice(names)
        content[part] = mutated(rng, content[part])
    return zipped(content, 1)


def mutated_bytes(rng: random.Random, data: bytes) -> bytes:
    """A workbook with some of its bytes changed, cut off, put in or doubled."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 64))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    if rng.random() < 0.2:
        return _in_bytes(rng, bytes(changed))
    return _cut(rng, data) if rng.random() < 0.05 else bytes(changed)


def mutated_directory(rng: random.Random, data: bytes) -> bytes:
    """A workbook with a number changed in one of its zip's headers."""
    marks = [at.start() for at in re.finditer(b"PK(\x01\x02|\x03\x04|\x05\x06)", data)]
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2))):
        at, layout = rng.choice(marks[-60:]) + rng.randrange(4, 46), rng.choice(("<B", "<H", "<L"))
        if at + 4 <= len(data):
            top = 256 ** struct.calcsize(layout)
            old = struct.unpack_from(layout, data, at)[0]
            struct.pack_into(layout, changed, at, rng.choice((0, 1, top - 1, (old + 1) % top, rng.randrange(top))))
    return bytes(changed)


def mutated_list(rng: random.Random, data: bytes) -> bytes:
    """A workbook whose parts are left out, renamed, exchanged, or added to."""
    content = list(parts(data).items())
    for _ in range(rng.choice((1, 1, 3))):
        at, other = rng.randrange(len(content)), rng.randrange(len(content))
        name, body = content[at]
        ways: tuple[Callable[[], object], ...] = (
            lambda: content.pop(at),  # noqa: B023  # called at once
            lambda: content.insert(at, (name + ".", body)),  # noqa: B023
            lambda: content.__setitem__(at, (name, content[other][1])),  # noqa: B023
            lambda: content.__setitem__(at, (_nasty(rng).decode(errors="replace")[:99] + name, body)),  # noqa: B023
            lambda: content.append((name.upper(), body)),  # noqa: B023
            lambda: content.__setitem__(at, (name, b"")),  # noqa: B023
        )
        rng.choice(ways)()
    out = BytesIO()
    with warnings.catch_warnings(action="ignore"), ZipFile(out, "w", rng.choice((ZIP_DEFLATED, ZIP_STORED))) as file:
        for name, body in content:
            info = ZipInfo("x")
            info.filename = name
            file.writestr(info, body)
    return out.getvalue()


WAYS: tuple[Change, ...] = (mutated_parts, mutated_parts, mutated_parts, mutated_bytes, mutated_directory, mutated_list)


def mutant(seed: int) -> bytes:
    """One of the many."""
    rng = random.Random(seed)
    return rng.choice(WAYS)(rng, rng.choice((genuine, team))())


# -- what becomes of them ---------------------------------------------------------------------------------------------


def answer(data: bytes) -> str:
    """What a file is told: ``accepted``, ``noted``, or the first code of its refusal; the cells must add up."""
    points = {scale.id: scale.values for scale in small_catalog().scales}
    read = partial(read_returned_workbook, data, "ana.xlsx", FORMS, points)
    merged = merge([ReturnedFile("ana.xlsx", "digest", 0, read)], Reference(small_catalog(), earlier=said()))
    [count] = merged.counts
    if not count.adds_up or any(problem.code == "cells-unaccounted" for problem in merged.problems):
        raise AssertionError(f"the cells do not add up: {count}")
    return merged.problems[0].code if count.status == "rejected" else count.status
