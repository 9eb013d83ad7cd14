"""Checks of a file before its content is read, and the look-up of its workbook part."""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from growthsheet.errors import InputError, refusal
from growthsheet.xlsx.encryption import OLE, decrypt, is_encrypted
from growthsheet.xlsx.reader.xml_stream import Budget, parse
from growthsheet.xlsx.reader.zip_archive import Archive

LARGEST_FILE = 10 * 1024 * 1024
WANTED = "an Excel workbook (.xlsx)"
AS_XLSX = "open it and save it as 'Excel Workbook (.xlsx)'"
THE_WORKBOOK = "send the .xlsx workbook itself"

_OLD_EXCEL = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_HTML = re.compile(rb"\s*<(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = "http://purl.oclc.org/ooxml/"


class Relation(NamedTuple):
    """A relationship of a part: the last word of its type, and the other part."""

    kind: str
    part: str


class WorkbookPackage:
    """A file that passed the checks: its parts, and the name of its workbook part."""

    def __init__(self, archive: Archive, budget: Budget) -> None:
        self.name, self.data, self._archive, self.budget = archive.name, archive.data, archive, budget
        self.parts, self.chunks, self.check = archive.parts, archive.chunks, archive.check
        self.root = self.relations("")
        self.workbook = self.related("officeDocument", self.root)

    def __contains__(self, part: str) -> bool:
        return part in self._archive

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return the relationships of a part with other parts of the file, by id."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Relation] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag != _RELATION or attributes.get("TargetMode") == "External":
                return
            kind = attributes.get("Type", "")
            if kind.startswith(_STRICT):
                raise refusal("strict-workbook", self.name, "a 'Strict Open XML' workbook", WANTED, AS_XLSX)
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            found[attributes.get("Id", "")] = Relation(kind.rpartition("/")[2], target.lstrip("/"))

        if listing in self:
            parse(self.chunks(listing), listing, self.budget, start)
        return found

    def related(self, kind: str, relations: Mapping[str, Relation]) -> str:
        """Return the first existing part of a kind, or ``""``."""
        return next((each.part for each in relations.values() if each.kind == kind and each.part in self), "")


def open_package(source: bytes | Path, name: str, password: str = "") -> WorkbookPackage:
    """Check a file by its first bytes, then by its directory; only two small lists in it are inflated.

    Parameters
    ----------
    source
        The file, or its bytes.
    name
        The name of the file in problems.
    password
        The password of the file, if it has one.

    Raises
    ------
    InputError
        If it is not an .xlsx workbook that can be read safely; the problem says what it is and what to do.

    >>> open_package(b"id,name", "roster.csv")
    Traceback (most recent call last):
    growthsheet.errors.InputError: roster.csv: a text table (CSV); wanted: an Excel workbook (.xlsx); \
send the .xlsx workbook itself [text-table]
    """
    if (posixpath.basename(name.replace("\\", "/"))).startswith("~$"):
        hint = "leave it out; it disappears when the workbook is closed"
        raise refusal("lock-file", name, "the file that Excel keeps beside an open workbook", WANTED, hint)
    data = regular_file(source, name) if isinstance(source, Path) else source
    if len(data) > LARGEST_FILE:
        most = f"at most {LARGEST_FILE >> 20} MB"
        raise refusal("too-large", name, f"more than {LARGEST_FILE >> 20} MB", most, "take out pictures and copies")
    if password and is_encrypted(data):
        data = decrypt(data, name, password)
    if not data.startswith(b"PK\3\4"):
        raise _other(data, name)
    archive = Archive(data, name)
    if (refused := _by_parts(archive)) is not None:
        raise refused
    budget = Budget(name)
    _by_types(archive, budget)
    door = WorkbookPackage(archive, budget)
    if not door.workbook:
        raise refusal("not-a-workbook", name, "a zip file without a workbook", WANTED, THE_WORKBOOK)
    return door


def regular_file(path: Path, name: str, most: int = LARGEST_FILE) -> bytes:
    """Return a regular file's bytes, at most one more than ``most``; links are not followed, and pipes are not read."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            with open(os.open(path, flags), "rb") as file:
                if stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # the file may have been replaced meanwhile
                    return file.read(most + 1)
    except OSError as error:
        found = error.strerror or "it cannot be read"
        raise refusal("not-readable", name, found, "a file", "check the path") from None
    raise refusal("not-a-regular-file", name, "a link, a folder or a device", "a regular file", THE_WORKBOOK)


def _other(data: bytes, name: str) -> InputError:
    """Return the error for a file that is not a zip file, by its real type."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf")
    if not data:
        return refusal("empty-file", name, "an empty file", WANTED, "send it again")
    if is_encrypted(data):
        hint = "give build or collect the password with --password-file, or remove it (File, Info, Protect Workbook)"
        return refusal("password-protected", name, "a workbook with a password", WANTED, hint)
    if data.startswith((OLE, *_OLD_EXCEL)):
        return refusal("old-excel", name, "an Excel 97-2003 file (.xls)", WANTED, AS_XLSX)
    if _HTML.match(head):
        return refusal("web-page", name, "a web page (HTML)", WANTED, THE_WORKBOOK)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return refusal("xml-spreadsheet", name, "an Excel 2003 XML file", WANTED, AS_XLSX)
    if b"urn:oasis:names:tc:opendocument" in head:
        return refusal("opendocument", name, "an OpenDocument file", WANTED, AS_XLSX)
    if not head.startswith((b"%PDF", b"{", b"<")) and _is_text(head):
        return refusal("text-table", name, "a text table (CSV)", WANTED, THE_WORKBOOK)
    return refusal("not-a-workbook", name, "a file of another kind", WANTED, THE_WORKBOOK)


def _is_text(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or not re.search(rb"[\x00-\x08\x0e-\x1f]", head)


def _by_parts(archive: Archive) -> InputError | None:
    """Return an error if the names of the parts show that the file is not a plain .xlsx workbook."""
    name = archive.name
    parts = [part.casefold() for part in archive.parts]
    if any(part.endswith("vbaproject.bin") or part.startswith("xl/macrosheets/") for part in parts):
        return _macros(name)
    if any(part.endswith("xl/workbook.bin") for part in parts):
        return refusal("binary-workbook", name, "a binary workbook (.xlsb)", WANTED, AS_XLSX)
    if "content.xml" in parts and "meta-inf/manifest.xml" in parts:
        return refusal("opendocument", name, "an OpenDocument file (.ods)", WANTED, AS_XLSX)
    if any((part.startswith("index/") and part.endswith(".iwa")) or part == "index.zip" for part in parts):
        hint = "in Numbers: File, Export To, Excel"
        return refusal("apple-numbers", name, "an Apple Numbers file", WANTED, hint)
    if "[content_types].xml" not in parts:
        return refusal("not-a-workbook", name, "a zip file without a workbook", WANTED, THE_WORKBOOK)
    return None


def _by_types(archive: Archive, budget: Budget) -> None:
    """Raise an error by the declared content types: a macro-enabled workbook need not contain macros yet."""

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if "sheet.binary.macroenabled" in kind:
            raise refusal("binary-workbook", archive.name, "a binary workbook (.xlsb)", WANTED, AS_XLSX)
        if "macroenabled" in kind or "vbaproject" in kind:
            raise _macros(archive.name)

    parse(archive.chunks("[Content_Types].xml"), "[Content_Types].xml", budget, start)


def _macros(name: str) -> InputError:
    return refusal("macros", name, "a workbook with macros (.xlsm)", WANTED, AS_XLSX)
