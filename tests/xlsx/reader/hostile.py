"""Files that nobody should be able to hurt us with: each is made from a genuine workbook, or by hand."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from growthsheet.roster.plans import WorkbookSource
from growthsheet.xlsx.reader.workbook import ref
from growthsheet.xlsx.writer.layout import Layout
from tests.making import family

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@cache
def genuine() -> bytes:
    """Ana's workbook, partly filled in."""
    return family().person("A").to_bytes()


@cache
def team() -> bytes:
    """Mia's team workbook."""
    return family().team("M").to_bytes()


@cache
def _layout() -> Layout:
    """The layout of Ana's workbook."""
    return Layout(family().person("A").book())


def at(table: str, row: int, column: str, of: WorkbookSource | None = None) -> tuple[str, str]:
    """The tab and the address of a cell of Ana's workbook, or another: a row of a table, from 0, and a column."""
    place = (Layout(of.book()) if of else _layout()).tables[table]
    return place.sheet, ref(place.first + row + 1, place.columns[column] + 1)


# -- tools ---------------------------------------------------------------------------------------------------------


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(content: Mapping[str, bytes], level: int = 6) -> bytes:
    """A zip file of parts, the same at any time."""
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for name, data in content.items():
            file.writestr(ZipInfo(name), data, ZIP_DEFLATED, level)
    return out.getvalue()


def edited(part: str, old: str, new: str, data: bytes | None = None, count: int = 1) -> bytes:
    """A workbook in which a pattern of one part is replaced."""
    content = parts(data or genuine())
    text, done = re.subn(old, lambda _: new, content[part].decode(), count=count, flags=re.DOTALL)
    if not done:
        raise ValueError(f"{old} does not stand in {part}")
    return zipped(content | {part: text.encode()})


def sheet_part(tab: str, data: bytes | None = None) -> str:
    """The part of a tab."""
    from tests.proof.parts import Book

    return next(sheet.part for sheet in Book(data or genuine()).sheets if sheet.name == tab)


def with_cell(cell: str, ref: str = "E4", tab: str = "Assessment", data: bytes | None = None) -> bytes:
    """A workbook with one cell's element replaced; E4 is Ana's first rating of skill."""
    pattern = rf'<c r="{ref}"[^>]*?(/>|>.*?</c>)'
    return edited(sheet_part(tab, data), pattern, cell, data)


def with_date(row: int, day: str, data: bytes) -> bytes:
    """A workbook with the date by which one plan item is due."""
    tab, cell = at("items", row, "due")
    return with_cell(f'<c r="{cell}" t="d"><v>{day}</v></c>', cell, tab, data)


def with_style(number_format: str, value: str) -> bytes:
    """A workbook whose first rating is a number in a number format of its own."""
    data = with_cell(f'<c r="E4" s="99999"><v>{value}</v></c>')
    style = f'<numFmts count="1"><numFmt numFmtId="{number_format}" formatCode="yyyy\\-mm\\-dd"/>'
    data = edited("xl/styles.xml", r'<numFmts count="\d+">', style, data)
    count = len(re.findall("<xf ", re.search("<cellXfs.*?</cellXfs>", parts(data)["xl/styles.xml"].decode())[0]))  # type: ignore[index]
    data = edited("xl/styles.xml", "</cellXfs>", f'<xf numFmtId="{number_format}"/></cellXfs>', data)
    return edited(sheet_part("Assessment"), 's="99999"', f's="{count}"', data)


def with_part(part: str, content: bytes) -> bytes:
    """A workbook with one part put in its place or added."""
    return zipped(parts(genuine()) | {part: content})


def with_sheet_data(rows: str, before: str = "", after: str = "") -> bytes:
    """A workbook whose Assessment is made by hand."""
    sheet = f'{DECLARED}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return with_part(sheet_part("Assessment"), sheet.encode() + ballast(len(sheet)))


def with_names(names: str) -> bytes:
    """A workbook whose defined names are made by hand."""
    comments = ballast(len(names)).decode()
    return edited(
        "xl/workbook.xml", "<definedNames>.*</definedNames>", f"<definedNames>{names}</definedNames>{comments}"
    )


def padding(size: int) -> bytes:
    """Bytes that pack to about a hundredth."""
    rng = random.Random(1)
    return b"".join(b"%032x" % rng.getrandbits(128) + b" " * 4_000 for _ in range(size // 4_032))


def ballast(size: int) -> bytes:
    """Comments that hardly pack, so that so many bytes beside them do not look like a bomb."""
    rng = random.Random(1)
    return b"".join(b"<!--%x-->" % rng.getrandbits(80_000) for _ in range(size // 1_000_000 + 1))


class Headers(NamedTuple):
    """Where an entry's two headers stand in a zip file."""

    local: int
    directory: int


def headers(data: bytes, part: str) -> Headers:
    """The places of a part's headers."""
    with ZipFile(BytesIO(data)) as file:
        info, start = file.getinfo(part), file.start_dir
    at = start
    while True:
        named, extra, remark = struct.unpack_from("<3H", data, at + 28)
        if data[at + 46 : at + 46 + named].decode() == part:
            return Headers(info.header_offset, at)
        at += 46 + named + extra + remark


def patched(part: str, field: int, layout: str, value: int, local: int | None = None) -> bytes:
    """A workbook with a field of a part's directory entry changed, and of its local header where that has it."""
    data = bytearray(genuine())
    at = headers(genuine(), part)
    struct.pack_into(layout, data, at.directory + field, value)
    if local is not None:
        struct.pack_into(layout, data, at.local + local, value)
    return bytes(data)


def _end(first: int, second: int, more: int) -> bytes:
    """A workbook whose directory declares more or fewer parts than there are."""
    data = bytearray(genuine())
    for field in (first, second):
        at = len(data) - 22 + field
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] + more)
    return bytes(data)


SOME = "xl/theme/theme1.xml"


def renamed(name: str) -> bytes:
    """A workbook with one more part, under any name."""
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for each, content in parts(genuine()).items():
            file.writestr(each, content)
        info = ZipInfo("placeholder")
        info.filename = name  # ZipInfo() would make it harmless
        file.writestr(info, b"x")
    return out.getvalue()


def twice(name: str) -> bytes:
    """A workbook with a second part that is called the same, or nearly."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return renamed(name)


def link() -> bytes:
    """A workbook with a part that is a symbolic link."""
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for each, content in parts(genuine()).items():
            file.writestr(each, content)
        info = ZipInfo("xl/link.xml")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    return out.getvalue()


def overlapping() -> bytes:
    """A workbook in which two entries share the bytes of one."""
    data = bytearray(genuine())
    first, second = headers(genuine(), "docProps/core.xml"), headers(genuine(), "docProps/app.xml")
    struct.pack_into("<L", data, second.directory + 42, first.local)
    return bytes(data)


def overlapping_quoted() -> bytes:
    """A better bomb: an entry whose bytes reach over the next one's header."""
    data = bytearray(genuine())
    at = headers(genuine(), SOME)
    packed = struct.unpack_from("<L", data, at.directory + 20)[0]
    struct.pack_into("<L", data, at.directory + 20, packed + 60)
    return bytes(data)


def content_type(kind: str) -> bytes:
    """A workbook that declares itself to be of another kind."""
    plain = r"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml"
    return edited("[Content_Types].xml", plain, kind)


def ole(*streams: str) -> bytes:
    """The beginning of a compound file, with the names of its streams."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names + b"\0" * 512


def doctype(part: str, subset: str, use: str) -> bytes:
    """A workbook with a DOCTYPE in one part, and an entity used in it."""
    text = parts(genuine())[part].decode()
    root = re.search(r"<(\w+)[ >]", text.partition("?>")[2])[1]  # type: ignore[index]
    head, _, body = text.partition("?>")
    body = re.sub(r"(<t[^>]*>)[^<]*", lambda found: found[1] + use, body, count=1)
    return with_part(part, f"{head}?><!DOCTYPE {root} [{subset}]>{body}".encode())


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


def utf16(*names: str) -> bytes:
    """A workbook with parts in UTF-16, as the standard allows."""
    content = parts(genuine())
    for name in names or [name for name in content if name.endswith((".xml", ".rels"))]:
        content[name] = content[name].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    return zipped(content)


def encoded(encoding: str) -> bytes:
    """A workbook whose Assessment claims an encoding."""
    return edited(sheet_part("Assessment"), "UTF-8", encoding)


def rows(count: int, attributes: str = 's="1" customFormat="1" ht="18"', cells: str = "") -> str:
    """Rows without sense."""
    return "".join(f'<row r="{n}" {attributes}>{cells}</row>' for n in range(1, count + 1))


def deep(levels: int) -> str:
    """Elements in elements."""
    return "<row>" + "<c>" * levels + "</c>" * levels + "</row>"


def without(part: str) -> bytes:
    """A workbook that lacks a part."""
    content = parts(genuine())
    del content[part]
    return zipped(content)


def strings(items: str) -> bytes:
    """A workbook with shared strings made by hand."""
    listing = f'{DECLARED}<sst xmlns="{MAIN}">{items}</sst>'.encode()
    return with_part("xl/sharedStrings.xml", listing + ballast(len(listing)))


# -- the collection ------------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    # the zip
    "a part of zeros": (lambda: with_part("xl/zeros.xml", b"\0" * 40_000_000), "overpacked-part"),
    "a part that declares 65 MB": (lambda: patched(SOME, 24, "<L", 65 << 20, 22), "part-too-large"),
    "parts of 130 MB together": (
        lambda: zipped(parts(genuine()) | {f"xl/{n}.bin": padding(44 << 20) for n in range(3)}),
        "part-too-large",
    ),
    "a part larger than declared": (
        lambda: patched(sheet_part("Assessment"), 24, "<L", 500, 22),
        "false-size",
    ),
    "a part smaller than declared": (lambda: patched(sheet_part("Assessment"), 24, "<L", 90_000, 22), "damaged-part"),
    "a false checksum": (lambda: patched(sheet_part("Assessment"), 16, "<L", 1, 14), "damaged-part"),
    "1,001 parts": (
        lambda: zipped(parts(genuine()) | {f"xl/{n}.xml": b"" for n in range(1_001)}),
        "too-many-parts",
    ),
    "a part twice": (lambda: twice("xl/workbook.xml"), "repeated-part"),
    "a case twin": (lambda: renamed("XL/Workbook.XML"), "repeated-part"),
    "overlapping parts, one header": (overlapping, "damaged-zip"),
    "overlapping parts, quoted": (overlapping_quoted, "overlapping-parts"),
    "an absolute name": (lambda: renamed("/etc/passwd"), "unsafe-part-name"),
    "a name that leads out": (lambda: renamed("xl/../../etc/passwd"), "unsafe-part-name"),
    "a Windows name": (lambda: renamed("xl\\evil.xml"), "unsafe-part-name"),
    "a drive": (lambda: renamed("C:evil.xml"), "unsafe-part-name"),
    "a name of control characters": (lambda: renamed("xl/a\x01.xml"), "unsafe-part-name"),
    "a link": (link, "linked-part"),
    "an encrypted part": (lambda: patched(SOME, 8, "<H", 1, 6), "encrypted-part"),
    "a rare compression": (lambda: patched(SOME, 10, "<H", zipfile.ZIP_BZIP2, 8), "unknown-compression"),
    "headers that disagree": (lambda: patched(SOME, 10, "<H", 0), "damaged-zip"),
    "half a file": (lambda: genuine()[: len(genuine()) // 2], "damaged-zip"),
    "all but a byte": (lambda: genuine()[:-1], "damaged-zip"),
    "a directory of one part more": (lambda: _end(8, 10, 1), "damaged-zip"),
    "a directory of one part less": (lambda: _end(8, 10, -1), "damaged-zip"),
    "a directory entry of noise": (lambda: patched(SOME, 0, "<L", 0), "damaged-zip"),
    "a part that begins behind the directory": (lambda: patched(SOME, 42, "<L", 10_000_000), "damaged-zip"),
    "a name in no encoding": (
        lambda: patched(SOME, 8, "<H", 0x0800, 6).replace(b"theme1", b"them\xff1"),
        "unsafe-part-name",
    ),
    "a tail": (lambda: genuine() + b"<script>", "damaged-zip"),
    "a hole": (lambda: genuine()[:9_000] + genuine()[9_400:], "damaged-zip"),
    "zeros inside": (lambda: genuine()[:400] + b"\0" * 2_000 + genuine()[2_400:], "damaged-zip"),
    # other kinds of files
    "nothing": (lambda: b"", "empty-file"),
    "more than 10 MB": (lambda: genuine() + b"\0" * (10 << 20), "too-large"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), "macros"),
    "a macro sheet": (lambda: with_part("xl/macrosheets/sheet1.xml", b"x"), "macros"),
    "xlsm by its type": (
        lambda: content_type("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "macros",
    ),
    "xlsb": (lambda: with_part("xl/workbook.bin", b"x"), "binary-workbook"),
    "xlsb by its type": (
        lambda: content_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        "binary-workbook",
    ),
    "strict, by its relations": (
        lambda: edited(
            "_rels/.rels",
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        ),
        "strict-workbook",
    ),
    "strict, by its namespace": (
        lambda: edited("xl/workbook.xml", MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        "strict-workbook",
    ),
    "ods": (
        lambda: zipped(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": b"",
                "META-INF/manifest.xml": b"",
            }
        ),
        "opendocument",
    ),
    "fods": (
        lambda: b'<?xml version="1.0"?><o xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        "opendocument",
    ),
    "numbers": (lambda: zipped({"Index/Document.iwa": b"", "Metadata/Properties.plist": b""}), "apple-numbers"),
    "a letter": (lambda: edited("_rels/.rels", '/officeDocument"', '/letter"'), "not-a-workbook"),
    "a zip of anything": (lambda: zipped({"readme.txt": b"hello"}), "not-a-workbook"),
    "an empty zip": (lambda: zipped({}), "not-a-workbook"),
    "xls": (lambda: ole("Workbook"), "old-excel"),
    "xls of Excel 4": (lambda: b"\x09\x04\x06\x00\x07\x00\x10\x00" + b"\0" * 99, "old-excel"),
    "a password": (lambda: ole("EncryptionInfo", "EncryptedPackage"), "password-protected"),
    "csv": (lambda: b"Activity,Skill\nPricing,3\n", "text-table"),
    "csv in UTF-16": (lambda: "Activity\tSkill\n".encode("utf-16"), "text-table"),
    "html": (lambda: b"\xef\xbb\xbf<!DOCTYPE html><html><table></table></html>", "web-page"),
    "a table of html": (lambda: b"<table><tr><td>3</td></tr></table>", "web-page"),
    "xml of Excel 2003": (
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "xml-spreadsheet",
    ),
    "pdf": (lambda: b"%PDF-1.7\n", "not-a-workbook"),
    "noise": (lambda: bytes(range(256)) * 20, "not-a-workbook"),
    # XML
    "billion laughs": (lambda: doctype("xl/sharedStrings.xml", LAUGHS, "&j;"), "doctype"),
    "an external entity": (
        lambda: doctype("xl/sharedStrings.xml", '<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        "doctype",
    ),
    "a DOCTYPE in the workbook": (lambda: doctype("xl/workbook.xml", "", ""), "doctype"),
    "a DOCTYPE in the relations": (lambda: doctype("_rels/.rels", "", ""), "doctype"),
    "a DOCTYPE in the properties": (lambda: doctype("docProps/custom.xml", "", ""), "doctype"),
    "a DOCTYPE in UTF-16": (
        lambda: with_part("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a []><a/>'.encode("utf-16")),
        "doctype",
    ),
    "an entity of nobody": (lambda: edited("xl/sharedStrings.xml", "<t>", "<t>&nobody;"), "ill-formed-part"),
    "elements nested deep": (lambda: with_sheet_data(deep(20_000)), "nested-too-deep"),
    "elements without end": (lambda: with_sheet_data("<row/>" * 3_000_000), "too-many-elements"),
    "names without end": (
        lambda: with_names('<definedName name="a">A!$A$1</definedName>' * 60_000),
        "too-many-elements",
    ),
    "cells without end": (
        lambda: with_sheet_data(rows(41_000, cells="<c><v>1</v></c>" * 10)),
        "too-many-cells",
    ),
    "a tag without end": (lambda: with_sheet_data(f'<row r="{"1" * 900_000}"/>'), "tag-too-long"),
    "attributes without end": (
        lambda: with_sheet_data("<row " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
        "tag-too-long",
    ),
    "attributes of a million names": (
        lambda: with_sheet_data("".join(f'<row r="{n}" a{n:x}="1"/>' for n in range(1, 600_000))),
        "too-many-names",
    ),
    "elements of a million names": (
        lambda: with_sheet_data("".join(f"<a{n:x}/>" for n in range(600_000))),
        "too-many-names",
    ),
    "namespaces without end": (
        lambda: with_sheet_data("".join(f'<row xmlns:p{n:x}="u"/>' for n in range(300_000))),
        "too-many-names",
    ),
    "a namespace without end": (
        lambda: edited(sheet_part("Assessment"), f'xmlns="{MAIN}"', f'xmlns="{"u" * 200_000}"'),
        "too-many-names",
    ),
    "a comment without end": (lambda: with_sheet_data(f"<!--{'a' * 900_000}-->"), "tag-too-long"),
    "text without end": (lambda: strings(f"<si><t>{'ha' * 16_000}</t></si>" * 400), "too-much-text"),
    "a part cut short": (
        lambda: with_part("xl/workbook.xml", parts(genuine())["xl/workbook.xml"][:-9]),
        "ill-formed-part",
    ),
    "bytes that are no UTF-8": (
        lambda: with_part("xl/sharedStrings.xml", b"<sst>\xff\xfe\x80</sst>"),
        "ill-formed-part",
    ),
    **{
        f"encoding {name}": (partial(encoded, name), "unknown-encoding")
        for name in ("latin-1", "utf-7", "rot13", "idna", "punycode", "utf-32", "ebcdic-cp-us", "nobody")
    },
    "no workbook part": (lambda: without("xl/workbook.xml"), "not-a-workbook"),
    "another root": (lambda: with_part("xl/workbook.xml", b"<a/>"), "not-a-workbook"),
    "no content types": (lambda: without("[Content_Types].xml"), "not-a-workbook"),
    "nobody's workbook": (
        lambda: zipped(
            {
                name: content
                for name, content in parts(genuine()).items()
                if name not in (sheet_part("_growthsheet"), "docProps/custom.xml")
            }
        ),
        "not-a-growthsheet-workbook",
    ),
    "an organization's workbook": (lambda: family().organization().to_bytes(), "organization-workbook"),
    "a later format": (
        lambda: edited(
            "docProps/custom.xml", r'(?<=growthsheet_format"><vt:lpwstr>)1', "2", without(sheet_part("_growthsheet"))
        ),
        "unknown-format",
    ),
}
"""What must not be read at all, with the code that says why."""

FORMULA = '<c r="E4"><f>1+1</f><v>2</v></c>'

EVERYTHING = "A1:XFD1048576"

TOLD: dict[str, tuple[Callable[[], bytes], str]] = {
    "a shared string of index -1": (lambda: with_cell('<c r="E4" t="s"><v>-1</v></c>'), "damaged-cell"),
    "a shared string beyond the last": (lambda: with_cell('<c r="E4" t="s"><v>99999</v></c>'), "damaged-cell"),
    "a shared string of no number": (lambda: with_cell('<c r="E4" t="s"><v>1e1</v></c>'), "damaged-cell"),
    **{f"the number {text}": (partial(with_cell, f'<c r="E4"><v>{text}</v></c>'), "damaged-cell")
       for text in ("NaN", "nan", "inf", "-INF", "1e999", "1_0", "0x3", "\uff13", "3 3", "--3", "1e99999", "9" * 999)},
    "an unknown type": (lambda: with_cell('<c r="E4" t="q"><v>3</v></c>'), "damaged-cell"),
    "a truth value of 7": (lambda: with_cell('<c r="E4" t="b"><v>7</v></c>'), "damaged-cell"),
    "two cells in one place": (lambda: with_cell('<c r="E4"><v>3</v></c><c r="E4"><v>4</v></c>'), "damaged-cell"),
    "a truth value": (lambda: with_cell('<c r="E4" t="b"><v>1</v></c>'), "truth-in-rating"),
    "an error value": (lambda: with_cell('<c r="E4" t="e"><v>#N/A</v></c>'), "error-in-rating"),
    "a formula": (lambda: with_cell(FORMULA), "formula-in-rating"),
    "a shared formula": (lambda: with_cell('<c r="E4"><f t="shared" si="0"/><v>2</v></c>'), "formula-in-rating"),
    "a formula without a value": (lambda: with_cell('<c r="E4"><f>1+1</f></c>'), "formula-in-rating"),
    "a rating in a date format": (lambda: with_style("14", "3"), "date-in-rating"),
    "a rating in a date format of its own": (lambda: with_style("199", "3"), "date-in-rating"),
    "an ISO date": (lambda: with_cell('<c r="E4" t="d"><v>2026-03-01</v></c>'), "date-in-rating"),
    "an ISO date that is none": (lambda: with_cell('<c r="E4" t="d"><v>yesterday</v></c>'), "damaged-cell"),
    "a date before the calendar": (lambda: with_style("14", "-3"), "damaged-cell"),
    "a date after the calendar": (lambda: with_style("14", "3e9"), "damaged-cell"),
    "a word": (lambda: with_cell('<c r="E4" t="inlineStr"><is><t>good</t></is></c>'), "text-in-rating"),
    "a number off the scale": (lambda: with_cell('<c r="E4"><v>7</v></c>'), "off-scale"),
    "a number between": (lambda: with_cell('<c r="E4"><v>2.5</v></c>'), "off-scale"),
    "a negative number": (lambda: with_cell('<c r="E4"><v>-1</v></c>'), "off-scale"),
    "a text of 40,000": (
        lambda: with_cell(f'<c r="K4" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c>', "K4"), "damaged-cell"),
    "a control character": (
        lambda: with_cell('<c r="K4" t="inlineStr"><is><t>a_x0007_b</t></is></c>', "K4"), "characters-left-out"),
    **{f"a cell at {ref}": (partial(with_cell, f'<c r="{ref}"><v>3</v></c>'), "misplaced-cells")
       for ref in ("ZZZZ4", "E0", "E5", "e4", "4", "E", "", "E1048577", "XFE4", "$E$4", "E4:E6", "é4")},
    "a line that can be parted in many ways": (
        lambda: edited("xl/sharedStrings.xml", "<t>id: A · [^<]*",
                       "<t>id: " + " · cycle:  · catalog:  · catalog version:  · as of: " * 500 + "\n"),
        "identity-disagrees"),
    "no key": (lambda: with_cell("", "A4"), "matched-by-name"),
    "another key": (lambda: with_cell('<c r="A4"><v>7</v></c>', "A4"), "matched-by-name"),
    "a formula for a key": (
        lambda: with_cell('<c r="A4" t="str"><f>A1</f><v>k:talks</v></c>', "A4"), "matched-by-name"),
    "the id of another row": (lambda: with_cell(_text("A5", "k:talks"), "A5"), "matched-by-name"),
    "another name": (lambda: with_cell(_text("C4", "Beekeeping"), "C4"), "label-disagrees"),
    "no name": (lambda: with_cell("", "C4"), "label-disagrees"),
    "a row more with an id": (lambda: _row_below(_text("A10", "k:faxes"), _text("C10", "Faxes")), "label-disagrees"),
    "a row more without an id": (lambda: _row_below(_text("C10", "Beekeeping")), "row-without-id"),
    "a row more with something else for an id": (lambda: _row_below('<c r="A10"><v>7</v></c>'), "bad-row-id"),
    "a row deleted": (lambda: edited(sheet_part("Assessment"), '<row r="5".*?</row>', ""), "missing-rows"),
    "a row copied": (lambda: _row_below(_text("A10", "k:talks"), _text("C10", "Customer talks")), "repeated-row-id"),
    "another person's properties": (
        lambda: edited("docProps/custom.xml", r'(?<=growthsheet_id"><vt:lpwstr>)A', "B"), "identity-disagrees"),
    "a line that was changed": (lambda: edited("xl/sharedStrings.xml", "id: A · cycle", "id: B · cycle"),
                                "identity-disagrees"),
    "an Assessment of nothing": (lambda: with_sheet_data(""), "missing-rows"),
    "an Assessment that is missing": (lambda: without(sheet_part("Assessment")), "missing-table"),
    "a name that points nowhere": (
        lambda: edited("xl/workbook.xml", r"(?<=gs_col_assessment_skill\">)[^<]*", "#REF!",
                       edited("xl/sharedStrings.xml", "<t>Skill</t>", "<t>?</t>")), "missing-column"),
    "a merge of the whole sheet": (
        lambda: edited(sheet_part("Assessment"), "</sheetData>",
                       f'</sheetData><mergeCells><mergeCell ref="{EVERYTHING}"/></mergeCells>'), "merged-cells"),
    "a tab of somebody's": (
        lambda: edited("xl/workbook.xml", "<sheets>", '<sheets><sheet name="Mine" sheetId="99" r:id="nobody"/>'),
        "unknown-tab"),
    "21,000 rows more": (lambda: _more_rows(21_000), "too-many-rows"),
}  # fmt: skip
"""What can be read, with one problem."""


def _text(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def _row_below(*cells: str) -> bytes:
    """A workbook with one more row below the Assessment, in which a skill is rated."""
    row = f'<row r="10">{"".join(cells)}<c r="E10"><v>3</v></c></row>'
    return edited(sheet_part("Assessment"), "</sheetData>", row + "</sheetData>")


def _more_rows(count: int) -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>k:{n}</v></c></row>' for n in range(16, 16 + count))
    return edited(sheet_part("Assessment"), "</sheetData>", rows + "</sheetData>")


SIZE = r'<dimension ref="[^"]*"/>'

HARMLESS: dict[str, Callable[[], bytes]] = {
    "as it was": genuine,
    "two names at one column": lambda: edited(
        "xl/workbook.xml", r"(?<=gs_col_assessment_skill\">)[^<]*", "Assessment!$G$10:$G$15"
    ),
    "zipped again": lambda: zipped(parts(genuine())),
    "not packed at all": lambda: zipped(parts(genuine()), 0),
    "stored parts": lambda: _stored(),
    "parts in another order": lambda: zipped(dict(reversed(parts(genuine()).items()))),
    "a link of the whole sheet": lambda: edited(
        sheet_part("Assessment"),
        "</sheetData>",
        f'</sheetData><hyperlinks><hyperlink ref="{EVERYTHING}"/></hyperlinks>',
    ),
    "a crafted print area": lambda: edited(
        "xl/workbook.xml",
        "</definedNames>",
        f'<definedName name="_xlnm.Print_Area" localSheetId="2">{",".join(["Assessment!$A:$XFD"] * 600)}</definedName>'
        "</definedNames>",
    ),
    "a dimension of one cell": lambda: edited(sheet_part("Assessment"), SIZE, '<dimension ref="A1:A1"/>'),
    "a dimension of everything": lambda: edited(sheet_part("Assessment"), SIZE, f'<dimension ref="{EVERYTHING}"/>'),
    "a dimension of nonsense": lambda: edited(sheet_part("Assessment"), SIZE, '<dimension ref="nonsense"/>'),
    "200,000 styled rows": lambda: edited(sheet_part("Lists"), "</sheetData>", _styled_rows()),
    "200,000 styled rows below": lambda: edited(sheet_part("Assessment"), "</sheetData>", _styled_rows()),
    "parts in UTF-16": utf16,
    "one part in UTF-16": lambda: utf16("xl/sharedStrings.xml"),
    "rich text": lambda: edited(
        "xl/sharedStrings.xml",
        "<t>Ten talks</t>",
        "<r><t>Ten</t></r><r><rPr><b/></rPr><t xml:space='preserve'> talks</t></r><rPh sb='0' eb='1'><t>xx</t></rPh>",
    ),
    "inline text": lambda: with_cell(
        '<c r="K4" t="inlineStr"><is><r><t>Ten </t></r><r><t>talks</t></r></is></c>', "K4"
    ),
    "inline text with its reading": lambda: with_cell(
        '<c r="K4" t="inlineStr"><is><t>Ten talks</t><rPh sb="0" eb="1"><t>xx</t></rPh></is></c>', "K4"
    ),
    "escaped text": lambda: edited("xl/sharedStrings.xml", "<t>Ten talks</t>", "<t>Ten_x0020_talks</t>"),
    "a text of a formula type": lambda: with_cell('<c r="K4" t="str"><v>Ten talks</v></c>', "K4"),
    "a comment inside": lambda: edited("xl/sharedStrings.xml", "<t>Ten talks</t>", "<t>Ten<!-- x --> talks</t>"),
    "a section of characters": lambda: edited("xl/sharedStrings.xml", "<t>Ten talks", "<t><![CDATA[Ten talks]]>"),
    "absolute targets": lambda: edited("xl/_rels/workbook.xml.rels", 'Target="', 'Target="/xl/', count=99),
    "a target that leads out and in": lambda: edited(
        "xl/_rels/workbook.xml.rels", 'Target="', 'Target="../../../xl/', count=99
    ),
    "prefixed names": lambda: edited(
        sheet_part("Assessment"),
        "<worksheet.*",
        re.sub(r"<(/?)(\w)", r"<\1x:\2", _body("Assessment")).replace('xmlns="', 'xmlns:x="'),
    ),
    "no properties": lambda: without("docProps/custom.xml"),
    "no line on the Guide": lambda: edited("xl/sharedStrings.xml", "<t>id: A · [^<]*", "<t>"),
    "no hidden sheet": lambda: without(sheet_part("_growthsheet")),
    "no styles": lambda: with_date(0, "2026-02-01", with_date(1, "2026-03-20T00:00:00", without("xl/styles.xml"))),
    "no names": lambda: with_names(""),
    "names that point at other books": lambda: edited("xl/workbook.xml", r"Assessment!\$", "[1]Assessment!$", count=99),
    "names that point beside the sheet": lambda: edited(
        "xl/workbook.xml", r"Assessment!\$A\$", "Assessment!$ZZZ$", count=99
    ),
    "names that point at everything": lambda: edited(
        "xl/workbook.xml", "<definedNames>", f'<definedNames><definedName name="gs_x">Plan!{EVERYTHING}</definedName>'
    ),
    "single cells without end": lambda: edited(
        "xl/workbook.xml",
        "<definedNames>",
        "<definedNames>"
        + "".join(f'<definedName name="gs_cell_x{n}">Assessment!$XFD${n + 1}</definedName>' for n in range(20_000)),
    ),
    "half a million texts": lambda: edited(
        "xl/sharedStrings.xml",
        "</sst>",
        "".join(f"<si><t>{n}</t></si>" for n in range(500_000)) + "</sst>" + ballast(9_000_000).decode(),
    ),
    "cells and rows without references": lambda: _without_references(),
}
"""What looks odd and says the same as the genuine workbook."""


def _styled_rows() -> str:
    return "".join(f'<row r="{n}" s="1"/>' for n in range(500, 200_500)) + "</sheetData>"


def _stored() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as file:
        for name, content in parts(genuine()).items():
            file.writestr(name, content)
    return out.getvalue()


def _body(tab: str) -> str:
    return parts(genuine())[sheet_part(tab)].decode().partition("?>")[2].strip()


def _without_references() -> bytes:
    """The identity's tab without a reference: each cell follows the one before."""
    return edited(sheet_part("_growthsheet"), r' r="[A-Z]*\d+"', "", count=999)


@cache
def made(case: str) -> bytes:
    """The file of a case; some take a second to make."""
    makers = {name: make for name, (make, _) in (REFUSED | TOLD).items()} | HARMLESS
    return makers[case]()
