"""Read the zip file of a workbook: check its directory before anything is inflated, and inflate within limits."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from unicodedata import normalize

from growthsheet.errors import InputError, refusal
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line

MOST_PARTS = 1_000
LARGEST_PART = 64 * 1024 * 1024
LARGEST_WHOLE = 128 * 1024 * 1024
SMALL_PART = 100_000
HIGHEST_RATIO = 200
"""The highest compression ratio of parts above ``SMALL_PART`` bytes; that of real ones is 12, rarely 50."""

CHUNK = 64 * 1024
_SLICE = 16 * 1024

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_UTF8 = 0x0800
_STORED, _DEFLATED = 0, 8

AGAIN = "open it in a spreadsheet program, save it as .xlsx, and send that file"
DAMAGED, ANEW = "the file is damaged and cannot be opened", "ask for it again"


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One entry of the directory, as declared."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    header: int
    flags: int
    attributes: int


class Archive:
    """The parts of a zip file with a valid directory; ``name`` is the name of the file in problems.

    Raises
    ------
    InputError
        If the directory is damaged, or declares something that no genuine workbook does.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name = data, name
        self._directory = 0
        entries = self._entries()
        self._judge(entries)
        self._places = self._locate(entries)
        self._parts = {_twin(entry.name): entry for entry in entries}

    def __contains__(self, part: str) -> bool:
        return _twin(part) in self._parts

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts, which are compared without regard to case (ECMA-376, part 2)."""
        return tuple(entry.name for entry in self._parts.values())

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield a part's bytes, never more than declared; the checksum is verified at the end."""
        if part not in self:
            raise self.refusal("missing-part", f"it has no {one_line(part)}", "a complete workbook", AGAIN)
        entry = self._parts[_twin(part)]
        size = crc = 0
        for chunk in self._inflated(entry):
            size += len(chunk)
            if size > entry.size:
                found = f"{one_line(entry.name)} is larger than it declares"
                raise self.refusal("false-size", found, "the declared size", AGAIN)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if size != entry.size or crc != entry.crc:
            found = f"{one_line(entry.name)} does not match its checksum"
            raise self.refusal("damaged-part", found, "an undamaged file", "send it again")

    def check(self) -> None:
        """Inflate all parts to verify sizes and checksums, before another library reads the file."""
        for part in self.parts:
            for _ in self.chunks(part):
                pass

    def refusal(self, code: str, found: str, expected: str, hint: str) -> InputError:
        """Return the error for something that is wrong with the file as a whole."""
        return refusal(code, self.name, found, expected, hint)

    # -- the directory ---------------------------------------------------------------------------------------------

    def _entries(self) -> list[ZipEntry]:
        data, damaged = self.data, self.refusal("damaged-zip", DAMAGED, "a whole file", ANEW)
        end = data.rfind(b"PK\5\6", -_END.size - 0xFFFF)
        if end < 0 or end + _END.size > len(data):
            raise damaged
        _, disk, first_disk, here, count, length, start, comment = _END.unpack_from(data, end)
        if disk or first_disk or here != count or start + length != end or end + _END.size + comment != len(data):
            raise damaged
        if count > MOST_PARTS:
            raise self.refusal("too-many-parts", plural(count, "part"), f"at most {MOST_PARTS:,}", AGAIN)
        self._directory, at, entries = start, start, []
        for _ in range(count):
            if at + _ENTRY.size > end:
                raise damaged
            head = _ENTRY.unpack_from(data, at)
            named, extra, remark = head[10:13]
            raw = data[at + _ENTRY.size : at + _ENTRY.size + named]
            at += _ENTRY.size + named + extra + remark
            if head[0] != b"PK\1\2" or at > end:
                raise damaged
            name = self._decoded(raw, head[3])
            entries.append(ZipEntry(name, head[4], head[7], head[8], head[9], head[16], head[3], head[15]))
        if at != end:
            raise damaged
        return entries

    def _decoded(self, raw: bytes, flags: int) -> str:
        try:
            return raw.decode("utf-8" if flags & _UTF8 else "cp437")
        except UnicodeDecodeError:
            raise self.refusal("unsafe-part-name", "a part name that is not text", "plain names", AGAIN) from None

    def _judge(self, entries: list[ZipEntry]) -> None:
        seen: set[str] = set()
        for entry in entries:
            name, twin = one_line(entry.name), _twin(entry.name)
            if twin in seen:
                raise self.refusal("repeated-part", f"two parts called {name}", "each part once", AGAIN)
            seen.add(twin)
            if _unsafe(entry.name):
                raise self.refusal("unsafe-part-name", f"a part called {name}", "a name inside the file", AGAIN)
            kind = stat.S_IFMT(entry.attributes >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise self.refusal("linked-part", f"{name} is a link or a device", "plain parts", AGAIN)
            if entry.flags & _ENCRYPTED:
                raise self.refusal("encrypted-part", f"{name} is encrypted", "an open file", "remove its password")
            if entry.method not in (_STORED, _DEFLATED):
                raise self.refusal("unknown-compression", f"{name} is packed in a rare way", "deflate", AGAIN)
            if entry.size > LARGEST_PART:
                most = f"at most {LARGEST_PART >> 20} MB for each part"
                raise self.refusal("part-too-large", f"{name} inflates to {entry.size >> 20:,} MB", most, AGAIN)
            if entry.size > SMALL_PART and entry.size > HIGHEST_RATIO * entry.packed:
                found = f"{name} inflates to more than {HIGHEST_RATIO} times its size"
                raise self.refusal("overpacked-part", found, f"at most {HIGHEST_RATIO}:1", AGAIN)
        if (whole := sum(entry.size for entry in entries)) > LARGEST_WHOLE:
            most = f"at most {LARGEST_WHOLE >> 20} MB"
            raise self.refusal("part-too-large", f"all parts together inflate to {whole >> 20:,} MB", most, AGAIN)

    def _locate(self, entries: list[ZipEntry]) -> dict[str, tuple[int, int]]:
        """Return the start and end of each part's bytes; raise an error if parts overlap."""
        places: dict[str, tuple[int, int]] = {}
        spans: list[tuple[int, int]] = [(0, 0)]
        for entry in entries:
            if entry.header + _LOCAL.size > self._directory:
                raise self._misplaced(entry)
            head = _LOCAL.unpack_from(self.data, entry.header)
            name_at = entry.header + _LOCAL.size
            start = name_at + head[9] + head[10]
            agrees = head[0] == b"PK\3\4" and head[3] == entry.method and not head[2] & _ENCRYPTED
            if not agrees or self._decoded(self.data[name_at : name_at + head[9]], head[2]) != entry.name:
                raise self._misplaced(entry)
            places[_twin(entry.name)] = start, start + entry.packed
            spans.append((entry.header, start + entry.packed))
        spans = [*sorted(spans), (self._directory, len(self.data))]
        if any(before[1] > after[0] for before, after in pairwise(spans)):
            raise self.refusal("overlapping-parts", "parts that overlap", "each byte in one part", AGAIN)
        return places

    def _misplaced(self, entry: ZipEntry) -> InputError:
        found = f"{one_line(entry.name)} is not where or what the directory says"
        return self.refusal("damaged-zip", found, "a whole file", AGAIN)

    # -- inflating -------------------------------------------------------------------------------------------------

    def _inflated(self, entry: ZipEntry) -> Iterator[bytes]:
        start, end = self._places[_twin(entry.name)]
        if entry.method == _STORED:
            yield from (self.data[at : min(at + CHUNK, end)] for at in range(start, end, CHUNK))
            return
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for at in range(start, end, _SLICE):  # in slices, because the remaining input is copied at every step
                piece = self.data[at : min(at + _SLICE, end)]
                while piece:
                    yield inflate.decompress(piece, CHUNK)
                    piece = inflate.unconsumed_tail
            yield inflate.flush()
            whole = inflate.eof and not inflate.unused_data
        except zlib.error:
            whole = False
        if not whole:
            found = f"{one_line(entry.name)} cannot be inflated"
            raise self.refusal("damaged-part", found, "an undamaged file", "send it again")


@lru_cache(maxsize=128)
def _twin(name: str) -> str:
    return normalize("NFC", name).casefold()


def _unsafe(name: str) -> bool:
    steps = name.removesuffix("/").split("/")
    odd = any(step in ("", ".", "..") for step in steps)
    return odd or "\\" in name or ":" in name or not name.isprintable()
