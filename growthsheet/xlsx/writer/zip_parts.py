"""Pack the parts of a workbook into a zip file, in the same way for all, so that equal parts make equal files."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO, StringIO
from struct import pack as packed
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings

from growthsheet.errors import WorkbookError

LEVEL = 2
"""The compression level: it takes a third of the time of the usual 6, and files are a sixth larger."""

_ENTRY, _LISTED, _END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_DAY = 33  # 1980-01-01, the first day of zip files: equal workbooks are equal files on every day
_LARGEST = 2**32 - 1


class ZipPart(NamedTuple):
    """One compressed part."""

    name: str
    data: bytes
    crc: int
    size: int


def pressed(name: str, content: bytes | Iterable[bytes]) -> ZipPart:
    """Return a compressed part; the content is passed as a whole or in pieces."""
    press, crc, size = zlib.compressobj(LEVEL, zlib.DEFLATED, -15), 0, 0
    data: list[bytes] = []
    for piece in (content,) if isinstance(content, bytes) else content:
        data.append(press.compress(piece))
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    return ZipPart(name, b"".join((*data, press.flush())), crc, size)


def pack(parts: Iterable[ZipPart]) -> bytes:
    """Return the zip file of compressed parts."""
    entries: list[bytes] = []
    listed: list[bytes] = []
    start = 0
    for part in parts:
        name = part.name.encode("ascii")
        about = packed("<5H3L2H", 20, 0, 8, 0, _DAY, part.crc, len(part.data), part.size, len(name), 0)
        listed.append(_LISTED + packed("<H", 20) + about + packed("<3H2L", 0, 0, 0, 0, start) + name)
        entries += (_ENTRY + about + name, part.data)
        start += 30 + len(name) + len(part.data)
    directory = b"".join(listed)
    if start + len(directory) > _LARGEST:
        raise WorkbookError("a workbook of more than 4 GB")
    end = _END + packed("<4H2LH", 0, 0, len(listed), len(listed), len(directory), start, 0)
    return b"".join((*entries, directory, end))


STRINGS = "xl/sharedStrings.xml"


class _Texts(SharedStrings):  # type: ignore[misc]  # XlsxWriter ships no types
    def _write_si(self, string: str) -> None:
        self.fh.write(shared(string))


@lru_cache(maxsize=20_000)  # most are the same in many workbooks
def shared(text: str) -> str:
    """Return the XML of a shared text as XlsxWriter writes it."""
    speller = SharedStrings()
    speller.fh = StringIO()
    speller._write_si(text)
    return str(speller.fh.getvalue())


class _Parts(Packager):  # type: ignore[misc]  # XlsxWriter ships no types
    """A packager that stores the parts, and gives XlsxWriter none to write into a file."""

    def __init__(self, kept: dict[str, str], pictures: list[ZipPart]) -> None:
        super().__init__()
        self._kept, self._pictures = kept, pictures

    def _write_shared_strings_file(self) -> None:
        texts = _Texts()
        texts.string_table = self.workbook.str_table
        if texts.string_table.count:
            texts._set_xml_writer(self._filename(STRINGS))
            texts._assemble_xml_file()

    def _create_package(self) -> list[Any]:
        for file, name, is_picture in super()._create_package():
            if is_picture:
                self._pictures.append(pressed(name, file.getvalue()))
            else:
                self._kept[name] = file.getvalue()
        return []


class PartsWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter ships no types
    """A workbook of XlsxWriter that has its parts by name and its pictures, in order, once it is closed."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.parts: dict[str, str] = {}
        self.pictures: list[ZipPart] = []
        super().__init__(BytesIO(), options)

    def _get_packager(self) -> Packager:
        return _Parts(self.parts, self.pictures)


class PackedWorkbook(PartsWorkbook):
    """A workbook of XlsxWriter that is packed into a zip file by this module."""

    def __init__(self, target: BytesIO, options: dict[str, Any]) -> None:
        super().__init__(options)
        self._target = target

    def close(self) -> None:
        """Write the file."""
        super().close()
        parts = (pressed(name, text.encode()) for name, text in self.parts.items())
        self._target.write(pack((*parts, *self.pictures)))
