"""Make the file of an agenda from its Markdown: the Markdown itself, an HTML page or a Word document.

Headings, bullets, paragraphs, bold text and escaped characters are converted; everything else is shown as it is typed.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

from growthsheet.errors import InputError, Problem
from growthsheet.storage.zipped import zipped
from growthsheet.text.templates import render
from growthsheet.views.context import BuildContext
from growthsheet.workbook.styles import HEADER, INK

AgendaFormat = Literal["md", "html", "docx"]
Paragraph = tuple[str, list[tuple[str, bool]]]
"""A paragraph's kind (``h1`` to ``h6``, ``li`` or ``p``), and its pieces of text, each with whether it is bold."""

_MARK = re.compile(r"(#{1,6}|[-*+])(?:\s+|$)")
_TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|\*\*|.")


def check_format(format: AgendaFormat) -> None:
    """Raise InputError if the library for Word documents is needed and not installed."""
    if format == "docx":
        try:
            import docx  # noqa: F401 - whether it is there
        except ImportError:
            found, hint = "python-docx is not installed", 'install it with pip install "growthsheet[docx]"'
            raise InputError([Problem("no-docx", "--format", found, "what writes Word documents", hint)]) from None


def agenda_file(format: AgendaFormat, markdown: str, person: str, context: BuildContext) -> bytes:
    """Return the bytes of a person's agenda in a format, always the same ones."""
    if format == "md":
        return markdown.encode()
    content = paragraphs(markdown)
    if format == "docx":
        return _word_document(content, context)
    values = {
        "about": f"agenda {person}",
        "language": context.language.code,
        "direction": "rtl" if context.right_to_left else "ltr",
        "font": context.theme.font,
        "color": context.theme.color(HEADER.font),
        "paragraphs": content,
    }
    return render("html/agenda.html", values).encode()


def paragraphs(markdown: str) -> list[Paragraph]:
    r"""Return the paragraphs of a text in Markdown.

    >>> paragraphs("# 1:1 with Ana\n\n- **Pricing**: 1 \\* 2")
    [('h1', [('1:1 with Ana', False)]), ('li', [('Pricing', True), (': 1 * 2', False)])]
    """
    found: list[tuple[str, list[str]]] = []
    continued = False
    for line in map(str.strip, markdown.splitlines()):
        if mark := _MARK.match(line):
            found.append((f"h{len(mark[1])}" if line.startswith("#") else "li", [line[mark.end() :]]))
        elif line and continued:
            found[-1][1].append(line)
        elif line:
            found.append(("p", [line]))
        continued = bool(line) and not line.startswith("#")
    return [(kind, _pieces(" ".join(lines).strip())) for kind, lines in found]


def _pieces(text: str) -> list[tuple[str, bool]]:
    pieces = [""]
    for token in _TOKEN.findall(text):
        if token == "**":
            pieces.append("")
        else:
            pieces[-1] += token[-1]  # without the backslash
    return [(piece, n % 2 == 1) for n, piece in enumerate(pieces) if piece]


def _word_document(content: list[Paragraph], context: BuildContext) -> bytes:
    """Return a document on A4, as workbooks are printed, with Word's own styles; without the time of its making."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    document, day = Document(), datetime.combine(context.as_of, time())
    page, core, styles = document.sections[0], document.core_properties, document.styles
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.2)
    core.author, core.comments, core.language, core.created, core.modified = "", "", context.language.code, day, day
    styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), context.language.code)
    if context.right_to_left:
        styles.element.find(f".//{qn('w:pPr')}").insert(0, OxmlElement("w:bidi"))
    for name, size in {"Normal": 11, "Heading 1": 20, "Heading 2": 14}.items():
        font = styles[name].font
        font.name = None  # the theme's font would win over the name
        font.name, font.size = context.theme.font, Pt(size)
        font.color.rgb = RGBColor.from_string(context.theme.color(HEADER.font) if name != "Normal" else INK)
    styles["Normal"].paragraph_format.space_after, bullets = Pt(5), styles["List Bullet"].element.pPr
    styles["Heading 1"].paragraph_format.space_before = Pt(0)
    bullets.remove(bullets.find(qn("w:contextualSpacing")))  # else there is no space between bullets
    for kind, pieces in content:
        style = {"p": "Normal", "li": "List Bullet"}.get(kind) or f"Heading {kind[1:]}"
        paragraph = document.add_paragraph(style=style)
        for text, bold in pieces:
            paragraph.add_run(text).bold = bold or None
    file = BytesIO()
    document.save(file)
    with ZipFile(file) as made:
        return zipped((Path(name), made.read(name)) for name in made.namelist())
