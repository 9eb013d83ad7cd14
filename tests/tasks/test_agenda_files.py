"""Agendas as web pages and Word documents: the same words as in Markdown, and nothing that a word could become."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

import growthsheet as gs
from growthsheet.model import PlanItem, Rating
from growthsheet.tasks.agenda_files import agenda_file, paragraphs
from growthsheet.tasks.letters import agendas, write_agendas
from tests.tasks.test_letters import PEOPLE, rating, roster

ACTION = r"see # [this](https://x.y) <b>`now`</b> {{ PAGE }} & ana@example.com \* **"


def two(action: str = ACTION, *ratings: Rating) -> gs.Roster:
    """A manager with two people, one of whom has a plan."""
    return roster(*ratings, items=(PlanItem(id="1", person="A", activity="pricing", action=action),))


def word(path: Path) -> list[tuple[str, str]]:
    """The paragraphs of a Word document, each with its style."""
    return [(each.style.name if each.style else "", each.text) for each in Document(str(path)).paragraphs]


def test_the_elements_of_markdown() -> None:
    """Headings, bullets, paragraphs, bold text and escaped characters are known; all else is text."""
    text = "# A \\# b\n\nOne\ntwo *three*\n\n- **x\\\\**: y\n  more\n-\n1. four\n\n###five\n"
    assert paragraphs(text) == [
        ("h1", [("A # b", False)]),
        ("p", [("One two *three*", False)]),
        ("li", [("x\\", True), (": y more", False)]),
        ("li", [("1. four", False)]),
        ("p", [("###five", False)]),
    ]


def test_a_word_document_says_what_the_markdown_says(tmp_path: Path) -> None:
    """Its headings and bullets are Word's own styles, and its paragraphs those of the Markdown."""
    people = two("Run a test", rating("roadmap", 4), rating("roadmap", 2, "manager"))
    assert write_agendas(people, tmp_path, format="docx").counts == {"written": 2}
    found = word(tmp_path / "agendas" / "Ana-Ruiz-A.docx")
    styles = {"h1": "Heading 1", "h2": "Heading 2", "li": "List Bullet", "p": "Normal"}
    said = paragraphs(agendas(people)["A"])
    assert found == [(styles[kind], "".join(text for text, _ in runs)) for kind, runs in said]
    assert found[0] == ("Heading 1", "1:1 with Ana Ruiz")
    first = next(each for each in Document(str(tmp_path / "agendas" / "Ana-Ruiz-A.docx")).paragraphs if each.runs[1:])
    assert [run.bold for run in first.runs] == [True, None]


@pytest.mark.parametrize("format", ["html", "docx"])
def test_words_of_people_stay_words(tmp_path: Path, format: str) -> None:
    """Markup, a link, a field and an address in a plan are shown as they were typed, and nothing more."""
    write_agendas(two(), tmp_path, format=format)  # type: ignore[arg-type]
    path = tmp_path / "agendas" / f"Ana-Ruiz-A.{format}"
    if format == "docx":
        assert any(text.endswith(f": {ACTION}") for _, text in word(path))
        xml = ZipFile(path).read("word/document.xml").decode()
        assert not re.search("w:(hyperlink|fld|instr)", xml)
    else:
        page = path.read_text("utf-8")
        shown = "see # [this](https://x.y) &lt;b&gt;`now`&lt;/b&gt; {{ PAGE }} &amp; ana@example.com \\* **</li>"
        assert shown in page
        assert not re.search("<(a|script|b|code|img|link)[ >]", page)


@pytest.mark.parametrize("format", ["html", "docx"])
def test_the_same_bytes_whenever_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    """No clock is in a file; a second run leaves everything as it is, and a file that somebody changed."""
    write_agendas(two(), tmp_path / "one", format=format)  # type: ignore[arg-type]
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    write_agendas(two(), tmp_path / "two", format=format)  # type: ignore[arg-type]
    first, second = (sorted(folder.rglob(f"*.{format}")) for folder in (tmp_path / "one", tmp_path / "two"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert write_agendas(two(), tmp_path / "one", format=format).counts == {"unchanged": 2}  # type: ignore[arg-type]
    first[0].write_bytes(b"what we agreed")
    report = write_agendas(two("Another"), tmp_path / "one", format=format)  # type: ignore[arg-type]
    assert [problem.code for problem in report.problems] == ["changed-file"]
    assert first[0].read_bytes() == b"what we agreed"


@pytest.mark.parametrize("format", ["html", "docx"])
def test_no_pay_in_any_part(tmp_path: Path, format: str) -> None:
    """A salary on the roster reaches no part of a file."""
    people = [{**person, "annual salary": "73131", "currency": "USD"} for person in PEOPLE]
    write_agendas(roster(people=people), tmp_path, format=format)  # type: ignore[arg-type]
    data = (tmp_path / "agendas" / f"Ana-Ruiz-A.{format}").read_bytes()
    parts = (
        [data]
        if format == "html"
        else [ZipFile(BytesIO(data)).read(name) for name in ZipFile(BytesIO(data)).namelist()]
    )
    assert not any(b"73131" in part or b"2193" in part for part in parts)


def test_a_german_agenda(tmp_path: Path) -> None:
    """Text, language of the document and language of the page are German."""
    german = two().with_options(language="de")
    for format in ("html", "docx"):
        write_agendas(german, tmp_path, format=format)  # type: ignore[arg-type]
    assert word(tmp_path / "agendas" / "Ana-Ruiz-A.docx")[0][1] == "Einzelgespräch mit Ana Ruiz"
    styles = ZipFile(tmp_path / "agendas" / "Ana-Ruiz-A.docx").read("word/styles.xml").decode()
    assert '<w:lang w:val="de"' in styles
    page = (tmp_path / "agendas" / "Ana-Ruiz-A.html").read_text("utf-8")
    assert ('<html lang="de"' in page, "<h1>Einzelgespräch mit Ana Ruiz</h1>" in page) == (True, True)


def test_a_template_of_ones_own_in_each_format(tmp_path: Path) -> None:
    """One Markdown template serves all formats."""
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "agenda.md").write_text("# For {{ name }}\n\n- **Why** now\n")
    for format in ("html", "docx"):
        write_agendas(two(), tmp_path, format=format, templates=tmp_path)  # type: ignore[arg-type]
    assert word(tmp_path / "agendas" / "Ana-Ruiz-A.docx") == [
        ("Heading 1", "For Ana Ruiz"),
        ("List Bullet", "Why now"),
    ]
    assert "<li><strong>Why</strong> now</li>" in (tmp_path / "agendas" / "Ana-Ruiz-A.html").read_text("utf-8")
    assert all(agenda_file(format, "", "A", two().context) for format in ("html", "docx"))


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is installed that writes Word files, that is told, and nothing is written."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(gs.InputError, match=r"growthsheet\[docx\]") as caught:
        write_agendas(two(), tmp_path / "out", format="docx")
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [("no-docx", "format=")]
    assert not (tmp_path / "out").exists()
    assert write_agendas(two(), tmp_path / "out", format="html").counts == {"written": 2}


def test_they_are_handed_over_and_erased(tmp_path: Path) -> None:
    """A page and a document about a person are theirs, and others' and damaged ones that may name them are told."""
    home = tmp_path / "out"
    for format in ("html", "docx"):
        write_agendas(two(), home, format=format)  # type: ignore[arg-type]
    (home / "moved.html").write_bytes((home / "agendas" / "Ana-Ruiz-A.html").read_bytes())
    notes = Document()
    notes.add_paragraph("Ask Ana ").add_run("Ruiz")
    notes.add_paragraph("today")
    notes.save(str(home / "notes.docx"))
    (home / "damaged.docx").write_bytes(b"PK")
    two().person("A").save(home / "own.xlsx")
    assert gs.export_person(home, "A", tmp_path / "given").files == (
        "agendas/Ana-Ruiz-A.docx: copied",
        "agendas/Ana-Ruiz-A.html: copied",
        "moved.html: copied",
        "own.xlsx: copied",
    )
    erased = gs.forget_person(home, "A")
    assert [path.name for path in home.rglob("*Ana*")] == []
    assert {(problem.place, problem.code) for problem in erased.left} == {
        ("damaged.docx", "whose-unknown"),
        ("notes.docx", "named-elsewhere"),
    }
    assert (home / "agendas" / "Bo-Lee-B.docx").exists()
