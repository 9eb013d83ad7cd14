"""A user's translation: read from gettext files, checked, and spoken by workbooks that cannot break by it."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import growthsheet as gs
from growthsheet.batch.build import build
from growthsheet.cli.commands import cli
from growthsheet.sources.translations.gettext_files import template
from growthsheet.sources.translations.load import MAX_TRANSLATION, load_language
from growthsheet.tasks.check import check
from growthsheet.text.language import WRITTEN_FORMS
from tests.making import family, prove
from tests.proof.engines import audit, require

GERMAN = {
    "Plan": "Vorhaben",
    "Guide": "Einführung",
    "Gap": "Lücke",
    "Open": "Offen",
    "Done": "Erledigt",
    "As of {day}.": "Stand: {day}",
    "{answered} of {expected} answered": ("{answered} von {expected} beantwortet"),
}


def po(words: Mapping[str, str]) -> str:
    """A .po file."""
    entries = [
        f"msgid {json.dumps(text, ensure_ascii=False)}\nmsgstr {json.dumps(said, ensure_ascii=False)}\n"
        for text, said in words.items()
    ]
    return "\n".join(['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', *entries])


def mo(words: Mapping[str, str]) -> bytes:
    """A .mo file, as msgfmt makes it."""
    entries = {"": "Content-Type: text/plain; charset=UTF-8\n", **words}
    pairs = [(text.encode(), entries[text].encode()) for text in sorted(entries)]
    tables, data, start = [b"", b""], b"", 28 + 16 * len(pairs)
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<2I", len(pair[column]), start + len(data))
            data += pair[column] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0) + b"".join(tables) + data


def folder(home: Path, words: Mapping[str, str], code: str = "de") -> Path:
    """A folder with one translation."""
    place = home / "locale" / code / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    (place / "growthsheet.po").write_text(po(words), encoding="utf-8")
    return home / "locale"


def codes(home: Path, **words: str) -> list[str]:
    """The codes of what is wrong with a translation; the texts may be shortened to how they begin."""
    starts = {start.replace("_", " "): said for start, said in words.items()}
    texts = {next(m.text for m in template() if m.text.startswith(start)): said for start, said in starts.items()}
    with pytest.raises(gs.InputError) as caught:
        load_language("de", folder(home, texts))
    return [problem.code for problem in caught.value.problems]


def test_both_kinds_of_files(tmp_path: Path) -> None:
    """A .po and a .mo file give the same language; what it lacks stays English, and is counted in a note."""
    home = folder(tmp_path, GERMAN)
    spoken = load_language("de", home)
    assert (spoken.code, spoken.words) == ("de", GERMAN)
    assert (spoken.translate("Plan"), spoken.translate("Career"), spoken.translate("")) == ("Vorhaben", "Career", "")
    (note,) = spoken.notes
    assert (note.code, note.severity) == ("untranslated", "note")
    assert note.found == f"left in English: {len(template()) - len(GERMAN)} of {len(template())} messages"
    (home / "de" / "LC_MESSAGES" / "growthsheet.mo").write_bytes(
        mo({**GERMAN, "Plan": "Plan!", "Nobody says this": "x"})
    )
    assert load_language("de", home).words == {**GERMAN, "Plan": "Plan!"}


def test_kinds_of_a_language(tmp_path: Path) -> None:
    """Of a country's kind of a language the plain language will do; the workbook says which one it is in."""
    home = folder(tmp_path, GERMAN)
    assert load_language("de_AT", home).code == "de"
    assert load_language("de-AT", home).translate("Plan") == "Vorhaben"
    folder(tmp_path, {"Plan": "Plan"}, "de_AT")
    assert load_language("de-AT", home).code == "de_AT"


def test_english_needs_nothing() -> None:
    """English is there, complete, and costs nothing."""
    assert load_language("en") == gs.Language()
    assert load_language("en").translate is str


@pytest.mark.parametrize(
    ("code", "home", "wanted"),
    [("fi", None, "no-translation"), ("fi", "locale", "no-translation"), ("../x", "locale", "bad-language")],
)
def test_no_such_language(code: str, home: str | None, wanted: str, tmp_path: Path) -> None:
    """A language that is not there is a problem that says where it was looked for."""
    folder(tmp_path, GERMAN)
    with pytest.raises(gs.InputError) as caught:
        load_language(code, home and tmp_path / home)
    assert [problem.code for problem in caught.value.problems] == [wanted]


def test_faults_of_a_translation(tmp_path: Path) -> None:
    """What would break a workbook is refused, all of it at once: nothing is cut, and nothing is guessed."""
    assert codes(tmp_path, Plan="Plan/Ziele") == ["bad-tab-name"]
    assert codes(tmp_path, Plan="'Plan'") == ["bad-tab-name"]
    assert codes(tmp_path, Plan="History") == ["bad-tab-name"]
    assert codes(tmp_path, Dashboard="Die ganze Übersicht auf einem Blatt") == ["too-long"]
    assert codes(tmp_path, Dashboard="🎯" * 16) == ["too-long"]
    assert codes(tmp_path, Dashboard="vorhaben ", Plan="Vorhaben") == ["said-twice"]
    assert codes(tmp_path, Booked="Requested") == ["said-twice"]
    assert codes(tmp_path, Skill="experience") == ["said-twice"]
    assert codes(tmp_path, As_of_="Heute, {tag}") == ["lost-place"]
    assert codes(tmp_path, Gap="{gap}") == ["lost-place"]
    assert codes(tmp_path, Gap="Lü\ncke") == ["bad-text"]
    assert codes(tmp_path, Gap="\ufffe") == ["bad-text"]
    assert codes(tmp_path, Gap=" ") == ["bad-text"]
    assert codes(tmp_path, Not_on_the_scale="x" * 256) == ["too-long"]
    assert codes(tmp_path, Plan="a/b", Booked="Requested", Gap="") == ["bad-tab-name", "said-twice"]


@pytest.mark.parametrize(
    ("text", "said", "wanted"),
    [
        ("Plan", "_growthsheet", "bad-tab-name"),
        ("Plan", "_GrowthSheet", "bad-tab-name"),
        ("Plan", "\u202eVorhaben", "bad-tab-name"),
        ("Plan", "Vor\u200bhaben", "bad-tab-name"),
        ("Plan", "Vor\u2060haben", "bad-tab-name"),
        ("Plan", "\u3164", "bad-tab-name"),
        ("Evidence", "x" * 200_000, "too-long"),
        ("Last time: {cycle}.", "{{cycle}}", "lost-place"),
        ("Last time: {cycle}.", "{cycle} }", "lost-place"),
        ("Last time: {cycle}.", "{cycle", "lost-place"),
        ("yyyy-mm-dd", "jj/mm/aaaa", "bad-form"),
        ("yyyy-mm-dd", "dd/dd/yyyy", "bad-form"),
        ("1,234.5%", "1.234,50 %", "bad-form"),
    ],
)
def test_each_fault_has_its_place(tmp_path: Path, text: str, said: str, wanted: str) -> None:
    """A translation that no workbook could hold is told with file, line and message, by check and on loading."""
    home = folder(tmp_path, {"Guide": "Wegweiser", text: said})
    file = home / "de" / "LC_MESSAGES" / "growthsheet.po"
    with pytest.raises(gs.InputError) as caught:
        load_language("de", home)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place) == (wanted, f"{file}, line 7, '{text}'")
    assert check(file).problems == (problem,)


def test_a_twin_of_an_english_text_has_its_line(tmp_path: Path) -> None:
    """Of a translation that equals another message's English text, the line of the translation is told."""
    for text, other in (("Booked", "Requested"), ("Requested", "Booked")):
        home = folder(tmp_path, {text: other})
        with pytest.raises(gs.InputError) as caught:
            load_language("de", home)
        (problem,) = caught.value.problems
        assert (problem.code, problem.place.split(", ")[1:]) == ("said-twice", ["line 4", f"'{text}'"])


def test_an_emoji_may_stand_in_a_tab(tmp_path: Path) -> None:
    """The selector that makes a sign an emoji is no hidden character."""
    assert load_language("de", folder(tmp_path, {"Plan": "\u2699\ufe0f Plan"})).translate("Plan") == "\u2699\ufe0f Plan"


@pytest.mark.slow
def test_the_longest_translations_fit(tmp_path: Path) -> None:
    """A workbook can be written when every message is as long as check allows."""

    def longest(text: str, most: int) -> str:
        return text + "x" * (most - len(text)) if most > 80 and text not in WRITTEN_FORMS else text

    words = {m.text: longest(m.text, m.most or MAX_TRANSLATION) for m in template()}
    roster = family().with_options(language=load_language("de", folder(tmp_path, words)))
    assert [made.to_bytes()[:2] for made in (roster.person("A"), roster.team("M"), roster.organization())] == [
        b"PK"
    ] * 3


def test_a_message_that_stands_twice(tmp_path: Path) -> None:
    """Of two translations of one message neither is taken silently: both lines are told."""
    file = tmp_path / "growthsheet.po"
    file.write_text('msgid "Plan"\nmsgstr "Vorhaben"\n\nmsgid "Plan"\nmsgstr "Planung"\n', encoding="utf-8")
    (problem,) = check(file).problems
    assert (problem.code, problem.place) == ("doubled-message", f"{file}, line 4")
    assert problem.found == "'Plan', which is also in line 1"


@pytest.mark.parametrize(
    "data", ['msgstr "L\u00fccke"'.encode("latin-1"), b'msgstr "\xc3"', 'msgstr "x"'.encode("utf-16")]
)
def test_bytes_that_are_not_utf_8(tmp_path: Path, data: bytes) -> None:
    """A .po file in another encoding, or with broken bytes, is told with the line of the first of them."""
    file = tmp_path / "growthsheet.po"
    file.write_bytes(b'msgid "Gap"\n' + data + b"\n")
    (problem,) = check(file).problems
    assert problem.code == "not-utf-8"
    assert problem.place.startswith(f"{file}, line 2, column ")
    assert (problem.expected, problem.hint) == ("text in UTF-8", "save it as UTF-8")


def test_tabs_of_two_books_may_be_alike(tmp_path: Path) -> None:
    """Dashboard and Overview stand in two kinds of workbooks: one word will do for both."""
    spoken = load_language("de", folder(tmp_path, {"Dashboard": "Übersicht", "Overview": "Übersicht"}))
    assert spoken.words == {"Dashboard": "Übersicht", "Overview": "Übersicht"}


@pytest.mark.parametrize(
    "text",
    ['msgid "Plan\nmsgstr "x"', 'msgid "Plan"\nmsgstr x', '"Plan"', 'msgid "a" "b"', 'msgid "Plan"\nmsgstr "\\q"'],
)
def test_lines_that_are_none(text: str, tmp_path: Path) -> None:
    """A line of a .po file that is none is told with its number."""
    file = tmp_path / "growthsheet.po"
    file.write_text(text, encoding="utf-8")
    (problem, *_) = check(file).problems
    assert problem.code == "broken-translation"
    assert ", line " in problem.place


def test_what_is_left_out(tmp_path: Path) -> None:
    """Fuzzy, obsolete, plural and blank entries translate nothing, as with msgfmt; continued lines are joined."""
    text = """
        #, fuzzy
        msgid "Plan"
        msgstr "Plaan"

        #~ msgid "Gap"
        #~ msgstr "Weg"

        msgid "Area"
        msgid_plural "Areas"
        msgstr[0] "Feld"

        msgid "Rank"
        msgstr ""

        # my own remark
        #: growthsheet.sheets.person.plan
        msgid ""
        "Gui"
        "de"
        msgstr "Weg"
        "weiser"
    """
    place = folder(tmp_path, {}) / "de" / "LC_MESSAGES" / "growthsheet.po"
    place.write_text(text, encoding="utf-8")
    assert load_language("de", tmp_path / "locale").words == {"Guide": "Wegweiser"}


@pytest.mark.slow
def test_damaged_files(tmp_path: Path) -> None:
    """Whatever stands in a file, it is a translation or a problem."""
    rng, whole = random.Random(7), mo(GERMAN)
    for suffix, data in (("po", po(GERMAN).encode()), ("mo", whole)):
        file = tmp_path / f"x.{suffix}"
        for _ in range(150):
            broken = bytearray(data[: rng.randrange(len(data))] if rng.random() < 0.3 else data)
            for _ in range(rng.randrange(4)):
                broken[rng.randrange(len(broken)) if broken else 0 : 0] = rng.randbytes(2)
            file.write_bytes(bytes(broken))
            check(file)


ODD = {
    "Plan": "L'avenir, c'est \"moi\" & <co>",
    "Career": "Cap sur l'après",
    "Not on the scale": 'Hors "échelle"',
    "Open": "=1+1",
    "Done": "*",
    "{answered} of {expected} answered": ('"{expected}" {answered} & %'),
}


@pytest.mark.slow
@pytest.mark.engines
def test_odd_words(tmp_path: Path) -> None:
    """Apostrophes in tabs, quotes, signs: every engine still finds what Python wrote, and Excel nothing to repair."""
    require("audit")
    roster = family().with_options(language=load_language("fr", folder(tmp_path, ODD, "fr")))
    for made in (roster.person("A"), roster.team("M")):
        prove(made.to_bytes())
        assert audit(made.to_bytes()) == []


@pytest.mark.slow
def test_another_translation_is_another_file(tmp_path: Path) -> None:
    """When a translation changes, the workbooks are made anew; and only then."""

    def built(words: Mapping[str, str]) -> set[str]:
        roster = family().with_options(language=load_language("de", folder(tmp_path, words)))
        return {outcome for outcome, number in build(roster, tmp_path / "out").counts.items() if number}

    assert built(GERMAN) == {"written"}
    assert built(GERMAN) == {"unchanged"}
    assert built({**GERMAN, "Gap": "Abstand"}) == {"written"}


def ran(*words: str | Path) -> tuple[int, str]:
    """How a command ended, and what it said."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    return result.exit_code, result.output


@pytest.mark.slow
def test_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """demo, build and collect speak a language; growthsheet.toml may name it, and its folder beside it."""
    home = folder(tmp_path, GERMAN)
    code, told = ran("demo", "--out", tmp_path / "demo", "--language", "de", "--locale-folder", home, "--json")
    assert (code, "[untranslated]" in told) == (0, True)
    assert '"code": "leavers-kept"' in told, "the notes on the sample roster are in the JSON"
    book = openpyxl.load_workbook(next((tmp_path / "demo" / "people").iterdir()))
    assert book.sheetnames[0] == "Einführung"
    (tmp_path / "growthsheet.toml").write_text('language = "de"\nlocale_folder = "locale"\n', encoding="utf-8")
    config = ("--config", tmp_path / "growthsheet.toml", "--cycle", "2026-spring")
    code, told = ran("build", tmp_path / "demo" / "roster.csv", "--out", tmp_path / "plans", "--team", "E002", *config)
    assert code == 0, told
    assert openpyxl.load_workbook(next((tmp_path / "plans" / "teams").iterdir())).sheetnames[0] == "Einführung"
    code, told = ran("collect", tmp_path / "plans", "--out", tmp_path / "answers", *config)
    assert code == 0, told
    code, told = ran("check", home / "de" / "LC_MESSAGES" / "growthsheet.po", tmp_path / "growthsheet.toml")
    assert (code, f"{len(GERMAN)} messages" in told) == (0, True)
    folder(tmp_path, {"Plan": "a/b"})
    assert ran("check", home / "de" / "LC_MESSAGES" / "growthsheet.po")[0] == 1
    assert ran("demo", "--out", tmp_path / "other", "--language", "de", "--locale-folder", home)[0] == 2
