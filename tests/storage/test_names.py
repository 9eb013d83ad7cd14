"""File names: readable, legal everywhere, never two alike."""

import re
from pathlib import PureWindowsPath
from unicodedata import category, is_normalized

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from growthsheet.errors import OutputError
from growthsheet.storage.file_names import file_name, file_names, fold

DEVICES = ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "COM1", "LPT9", "COM¹", "con", "NUL.txt", "CON ", "aux."]
NASTY = [
    "..",
    "../../etc/passwd",
    "C:\\Users\\x",
    "\\\\host\\share",
    "~$lock",
    ".hidden",
    "-rf",
    "a\0b",
    "a\nb",
    "%TEMP%",
]
TEXTS = st.text() | st.text("aAbB-_ .1/\u0301\u200b\ud800İß\u017f", max_size=8) | st.sampled_from(DEVICES + NASTY)
PEOPLE = st.dictionaries(TEXTS, TEXTS, max_size=12)


@given(TEXTS, TEXTS)
@example("山" * 200, "田" * 200)
@example("", "")
@example("a" * 200, "7")
def test_legal_everywhere(name: str, id: str) -> None:
    """A name is one legal, visible, normalised name of a file on every system, whatever the data says."""
    made = file_name(name, id)
    stem = made.removesuffix(".xlsx")
    assert len(made) <= 120
    assert len(made.encode()) <= 255 - len(".backup-12345678")
    assert not set(made) & set('<>:"/\\|?*[]$%~')
    assert not any(category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs") for char in made)
    assert made.count(".") == 1
    assert "-" in stem  # so it is no device: those have none
    assert stem[0] != "-"
    assert is_normalized("NFC", made)
    assert PureWindowsPath(made).name == made


@pytest.mark.parametrize("device", DEVICES)
def test_no_device(device: str) -> None:
    """What comes before the first dot is never a device of Windows."""
    for made in (file_name(device, device), file_name("", device), file_name(device, "")):
        assert made.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "COM¹", "LPT9"}


@pytest.mark.slow
@given(PEOPLE)
@example({"1": "Ana-B", "B-1": "Ana"})
@example({"e1": "Ana", "E1": "Ana"})
@example({"E1": "Ana", "e1": "ana"})
@example({"\u00e9": "x", "e\u0301": "x"})
@example({"a b": "x", "a/b": "x", "a-b": "x"})
@example({"x" * 300: "x", "x" * 301: "x"})
def test_injective(people: dict[str, str]) -> None:
    """No two people share a file, without regard to case and Unicode form."""
    made = file_names((name, id) for id, name in people.items())
    assert made.keys() == people.keys()
    assert len(people) == len({fold(text) for text in made.values()})


@pytest.mark.slow
@given(PEOPLE, st.randoms())
def test_order_does_not_matter(people: dict[str, str], random: object) -> None:
    """The same roster in another order gives the same names."""
    pairs = [(name, id) for id, name in people.items()]
    shuffled = pairs.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert file_names(pairs) == file_names(shuffled)


def test_meeting_a_digest() -> None:
    """A name that was made to look like another's digest gets one of its own."""
    made = file_names([("Ana", "e 1"), ("Ana-e", f"1-{file_name('Ana', 'e 1')[-13:-5]}")])
    assert len({fold(text) for text in made.values()}) == 2


@pytest.mark.parametrize(
    ("expected", "name", "id"),
    [
        ("Ana-Ruiz-E001.xlsx", "Ana Ruiz", "E001"),
        ("Zoë-d'Arc-7.xlsx", "Zoe\u0308 d'Arc", "7"),
        ("J-R-Smith-7.xlsx", "J. R. Smith", "7"),
        ("Ruiz-Ana-7.xlsx", "  Ruiz,\tAna\n", "7"),
        ("نور-7.xlsx", "\u202eنو\u200cر\u202c", "7"),
        ("山田-太郎-7.xlsx", "山田\u3000太郎", "7"),
        ("Ana-7.xlsx", "\u3164A\ufe0fna\u115f", "7"),
        ("unnamed-7.xlsx", "🙂", "7"),
    ],
)
def test_readable(expected: str, name: str, id: str) -> None:
    """Letters of every script stay; what cannot be seen or typed everywhere goes."""
    assert expected == file_name(name, id)


def test_hash_only_where_needed() -> None:
    """Eight hex digits follow an id that is not plain, or that meets another one."""
    digits = re.compile(r"-[0-9a-f]{8}\.xlsx$")
    made = file_names([("A", "E1"), ("B", "e1"), ("C", "C_-9"), ("D", "d@x.org"), ("E", "x" * 41), ("F", "x" * 40)])
    assert [bool(digits.search(text)) for text in made.values()] == [True, True, False, True, True, False]


def test_same_id_twice() -> None:
    """An id that stands for two people is an error, not a file that is written twice."""
    with pytest.raises(OutputError, match="two people have the id '7'"):
        file_names([("Ana", "7"), ("Bo", "7")])
