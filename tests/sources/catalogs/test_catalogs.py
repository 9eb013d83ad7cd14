"""Reading catalogs from files and mappings."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from growthsheet.errors import InputError
from growthsheet.model import Activity, Catalog
from growthsheet.sources.catalogs import yaml12
from growthsheet.sources.catalogs.document import MAX_NODES
from growthsheet.sources.catalogs.load import MAX_CATALOG_BYTES, load_catalog, to_yaml
from growthsheet.text.quoting import one_line

SMALL = """\
id: small
version: 1.10
name: Small
scales:
  - id: skill
    name: Skill
    points: [{value: 0, label: A}, {value: 2, label: no}, {value: 3, label: C}, {value: 4, label: D}]
  - {id: experience, name: Experience, points: [{value: 0, label: Never}, {value: 2, label: Often}]}
  - {id: interest, name: Interest, points: [{value: 0, label: Off}, {value: 2, label: On}]}
areas:
  - id: 007
    name: Selling
activities:
  - id: 1e5
    name: 2026-01-31
    area: 007
    anchors: {2: yes, 4: 0x1F}
  - id: pricing
    name: Pricing
    area: 007
roles:
  - id: seller
    name: Seller
    rank: 2
    next: [seller]
    core: [pricing, 1e5]
    importance:
      pricing: 3
    expected:
      1e5: 2.5
      pricing: 3
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The built-in catalog."""
    return load_catalog("product-management")


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers that PyYAML may come with."""
    if request.param == "pure":
        monkeypatch.setattr(yaml12, "LOADER", yaml.SafeLoader)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")


def read(folder: Path, content: str | bytes, name: str = "my.yaml") -> Catalog:
    """The catalog in a file of this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_catalog(path, name=name)


def wrong(folder: Path, content: str | bytes, name: str = "my.yaml") -> list[str]:
    """What is wrong with a file, as 'code @ place'."""
    with pytest.raises(InputError) as caught:
        read(folder, content, name)
    return [f"{problem.code} @ {problem.place}" for problem in caught.value.problems]


def line_of(text: str) -> int:
    """The line of ``SMALL`` where a text begins first."""
    return SMALL[: SMALL.index(text)].count("\n") + 1


def placed(expected: str, old: str) -> str:
    """What is expected, with the line of what is replaced, or of the one above or below it."""
    line = line_of(old)
    return expected.format(line=line, above=line - 1, below=line + 1)


# What YAML means


@pytest.mark.usefixtures("parser")
def test_text_stays_text(tmp_path: Path) -> None:
    """What YAML 1.1 takes for numbers, dates and truth values is text where the model wants text."""
    catalog = read(tmp_path, SMALL)
    first = catalog.activities[0]
    assert (catalog.version, first.area, first.id, first.name) == ("1.10", "007", "1e5", "2026-01-31")
    assert first.anchors == {2: "yes", 4: "0x1F"}
    assert catalog.scale("skill").points[1].label == "no"
    assert catalog.roles[0].expected == {"1e5": 2.5, "pricing": 3}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  - id: seller", "  - *seller", "broken-yaml @ my.yaml, line {below}, column 5"),
        ("name: Small", "name: Small: er", "broken-yaml @ my.yaml, line {line}, column 12"),
        ("    name: Seller", "\tname: Seller", "broken-yaml @ my.yaml, line {line}, column 1"),
        ("name: Small", "name: @small", "broken-yaml @ my.yaml, line {line}, column 7"),
        ("name: Small", "name: *small", "yaml-alias @ my.yaml, line {line}, column 7: name"),
        ("name: Small", "name: &n Small", "yaml-alias @ my.yaml, line {line}, column 7: name"),
        ("name: Small", "name: !!str Small", "yaml-tag @ my.yaml, line {line}, column 7: name"),
        ("name: Small", "name: !!python/name:os.system", "yaml-tag @ my.yaml, line {line}, column 7: name"),
        ("    rank: 2", "    <<: {rank: 2}", "yaml-merge @ my.yaml, line {line}, column 5: role 'seller'"),
        ("    rank: 2", "    name: Buyer", "repeated-key @ my.yaml, line {line}, column 5: role 'seller', name"),
        ("    rank: 2", "    ? [rank]\n    : 2", "key-not-text @ my.yaml, line {line}, column 7: roles.0"),
        ("areas:", "---\nareas:", "several-documents @ my.yaml, line {line}, column 1"),
        ("Selling", "Sell\x07ing", "unfit-character @ my.yaml, line {line}, column 15"),
        ("Selling", "Sell\u2028ing", "unfit-character @ my.yaml, line {line}, column 15"),
    ],
)
def test_refused_yaml(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """What is no YAML, or YAML that hides something, is one problem with its line and column."""
    assert old in SMALL
    assert [placed(expected, old)] == wrong(tmp_path, SMALL.replace(old, new, 1))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "empty-file @ my.yaml"),
        ("# nothing yet\n", "empty-file @ my.yaml"),
        ("- a\n- b\n", "not-a-mapping @ my.yaml, line 1, column 1"),
        ("id: [1\n", "broken-yaml @ my.yaml, line 2, column 1"),
        ("[" * 500, f"too-deep @ my.yaml, line 1, column 22: {'.'.join('0' * 21)}"),
    ],
)
def test_not_a_catalog(tmp_path: Path, content: str, expected: str) -> None:
    """A file that holds no catalog at all is one problem."""
    assert [expected] == wrong(tmp_path, content)


@pytest.mark.slow
def test_many_small_values(tmp_path: Path) -> None:
    """A file of more values than an honest catalog holds is refused before it is built."""
    assert wrong(tmp_path, "a: [" + "1," * MAX_NODES + "]")[0].startswith("too-many-values @ my.yaml, line 1, column ")


def test_alias_bomb(tmp_path: Path) -> None:
    """Aliases that would expand to millions of values are refused before they are expanded."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    lines += ["roles: *i", "activities: *i"]
    assert "yaml-alias @ my.yaml, line 1, column 4: a" in wrong(tmp_path, "\n".join(lines))


# What does not fit the model


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "pricing: 3\n    exp",
            "pricing: 4\n    exp",
            "out-of-range @ my.yaml, line {line}, column 7: role 'seller', importance, pricing",
        ),
        ("1e5: 2.5", "1e5: true", "not-a-number @ my.yaml, line {line}, column 7: role 'seller', expected, 1e5"),
        ("1e5: 2.5", "1e5: .nan", "not-a-number @ my.yaml, line {line}, column 7: role 'seller', expected, 1e5"),
        ("1e5: 2.5", "1e5:", "not-a-number @ my.yaml, line {line}, column 7: role 'seller', expected, 1e5"),
        ("1e5: 2.5", "a b: 2", "bad-id @ my.yaml, line {line}, column 7: role 'seller', expected, a b"),
        ("rank: 2", "rank: 2.5", "not-a-number @ my.yaml, line {line}, column 5: role 'seller', rank"),
        ("rank: 2", "path: up", "not-a-choice @ my.yaml, line {line}, column 5: role 'seller', path"),
        ("rank: 2", "rnk: 2", "unknown-field @ my.yaml, line {line}, column 5: role 'seller', rnk"),
        ("next: [seller]", "next: seller", "not-a-list @ my.yaml, line {line}, column 5: role 'seller', next"),
        ("    name: Seller\n", "", "missing-field @ my.yaml, line {above}, column 5: role 'seller', name"),
        ("name: Seller", "nmae: Seller", "unknown-field @ my.yaml, line {line}, column 5: role 'seller', nmae"),
        ("name: Seller", "name: ' '", "text-length @ my.yaml, line {line}, column 5: role 'seller', name"),
        ("name: Pricing", "name: [Pricing]", "not-text @ my.yaml, line {line}, column 5: activity 'pricing', name"),
        ("name: Pricing", 'name: "\\u0007"', "bad-value @ my.yaml, line {line}, column 5: activity 'pricing', name"),
        (
            "anchors: {2: yes, 4: 0x1F}",
            "anchors: yes",
            "not-a-mapping @ my.yaml, line {line}, column 5: activity '1e5', anchors",
        ),
        ("{2: yes,", "{one: yes,", "not-a-number @ my.yaml, line {line}, column 15: activity '1e5', anchors, one"),
        ("{value: 0, label: Off}, ", "", "list-length @ my.yaml, line {line}, column 36: scale 'interest', points"),
        (
            "{value: 0, label: Off}",
            "{value: 3, label: Off}",
            "bad-value @ my.yaml, line {line}, column 36: scale 'interest', points",
        ),
        # and what has the right shape but does not fit together
        ("1e5: 2.5", "1e6: 2.5", "unknown-activity @ my.yaml, line {line}, column 7: role 'seller', expected, 1e6"),
        ("1e5: 2.5", "1e5: 7", "level-off-scale @ my.yaml, line {line}, column 7: role 'seller', expected, 1e5"),
        (
            "next: [seller]",
            "next: [seller, buyer]",
            "unknown-role @ my.yaml, line {line}, column 20: role 'seller', next 'buyer'",
        ),
        (
            "core: [pricing,",
            "core: [prices,",
            "unknown-activity @ my.yaml, line {line}, column 12: role 'seller', core 'prices'",
        ),
        ("{2: yes,", "{9: yes,", "anchor-off-scale @ my.yaml, line {line}, column 15: activity '1e5', anchors, 9"),
        ("id: pricing", "id: 1E5", "repeated-id @ my.yaml, line {line}, column 5: activity '1E5', id"),
    ],
)
def test_fault_has_its_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """Each fault is told with its code, line, column and path."""
    assert old in SMALL
    assert placed(expected, old) in wrong(tmp_path, SMALL.replace(old, new, 1))


def test_one_misspelling_is_one_problem(tmp_path: Path) -> None:
    """A misspelled field is not told again as a missing one, and the right spelling is offered."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, SMALL.replace("name: Seller", "nmae: Seller"))
    assert [problem.hint for problem in caught.value.problems] == ["did you mean 'name'?"]


def test_everything_at_once(tmp_path: Path) -> None:
    """Faults of YAML and of shape anywhere in the file are told together, in its order."""
    text = SMALL.replace("version: 1.10", "version: *v").replace("rank: 2", "rank: x").replace("area: 007", "area: a b")
    assert wrong(tmp_path, text) == [
        f"yaml-alias @ my.yaml, line {line_of('version: 1.10')}, column 10: version",
        f"bad-id @ my.yaml, line {line_of('area: 007')}, column 5: activity '1e5', area",
        f"not-a-number @ my.yaml, line {line_of('rank: 2')}, column 5: role 'seller', rank",
    ]


def test_a_fault_in_every_row_is_not_told_for_ever(tmp_path: Path) -> None:
    """Of many faults of one kind, fifty are told and the rest are counted."""
    rows = "".join(f"\n      a{n}: x" for n in range(80))
    with pytest.raises(InputError) as caught:
        read(tmp_path, SMALL.replace("expected:", f"expected:{rows}"))
    assert len(caught.value.problems) == 51
    assert caught.value.problems[-1].found == "30 more of the same"


# Other sources


def test_json_says_the_same(tmp_path: Path, catalog: Catalog) -> None:
    """A catalog written as JSON is the same catalog."""
    assert catalog == read(tmp_path, catalog.model_dump_json(), "my.json")
    assert catalog == load_catalog(json.loads(catalog.model_dump_json()))
    assert catalog == load_catalog(catalog.model_dump())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{\n  "id": "a",\n}', "broken-json @ my.json, line 3, column 1"),
        ('{"id": }', "broken-json @ my.json, line 1, column 8"),
        ("", "broken-json @ my.json, line 1, column 1"),
        ("[" * 100_000, "too-deep @ my.json"),
        ("[" * 21 + "1" + "]" * 21, f"too-deep @ my.json: {'.'.join('0' * 21)}"),
        ('{"rank": ' + "1" * 5000 + "}", "broken-json @ my.json"),
        ('{"id": "a", "id": "b"}', "repeated-key @ my.json"),
        ('{"id": "\\ud800"}', "not-text @ my.json: id"),
        ('{"thresholds": {"top": true}}', "not-a-number @ my.json: thresholds.top"),
        ('{"thresholds": {"top": NaN}}', "not-a-number @ my.json: thresholds.top"),
    ],
)
def test_refused_json(tmp_path: Path, content: str, expected: str) -> None:
    """Broken or misleading JSON is told with its place."""
    assert expected in wrong(tmp_path, content, "my.json")


def test_mapping_faults_have_their_path() -> None:
    """A mapping's faults carry their path, and keys that are one text are one key twice."""
    with pytest.raises(InputError) as caught:
        load_catalog({"id": "a b", "thresholds": {1: 2, "1": 3, "top": True}}, name="settings")
    told = {(problem.code, problem.place) for problem in caught.value.problems}
    assert ("bad-id", "settings: id") in told
    assert ("repeated-key", "settings: thresholds.1") in told
    assert ("not-a-number", "settings: thresholds.top") in told


def test_mapping_that_holds_itself() -> None:
    """A mapping that holds itself is refused for its depth."""
    endless: dict[str, object] = {}
    endless["areas"] = endless
    with pytest.raises(InputError) as caught:
        load_catalog(endless)
    assert [problem.code for problem in caught.value.problems] == ["too-deep"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("product-managment", "unknown-catalog: did you mean 'product-management'?"),
        ("Product-Management", "unknown-catalog: did you mean 'product-management'?"),
        ("smal.yaml", "no-such-file: did you mean 'small.yaml'?"),
        ("nowhere/small.yaml", "no-such-file: correct the name"),
        ("notes.docx", "unknown-file-kind: convert it"),
        ("folder.yaml", "unreadable-file: correct the name"),
        ("", "unreadable-file: correct the name"),
        ("x" * 5000, "unknown-catalog: correct the name"),
        ("zero\0.json", "no-such-file: correct the name"),
    ],
)
def test_no_such_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: str) -> None:
    """A name that leads nowhere is told with the nearest one that leads somewhere."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(SMALL)
    (tmp_path / "notes.docx").write_text(SMALL)
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(InputError) as caught:
        load_catalog(name)
    assert [expected] == [f"{problem.code}: {problem.hint}" for problem in caught.value.problems]


def test_file_that_is_not_utf8(tmp_path: Path) -> None:
    """A file in another encoding is told with the first byte that shows it; a byte order mark is no fault."""
    assert read(tmp_path, b"\xef\xbb\xbf" + SMALL.encode()).id == "small"
    assert wrong(tmp_path, "id: a\nname: Größe".encode("latin-1")) == ["not-utf-8 @ my.yaml, line 2, column 9"]
    assert wrong(tmp_path, SMALL.encode("utf-16")) == ["not-utf-8 @ my.yaml, line 1, column 1"]


def test_file_that_is_too_large(tmp_path: Path) -> None:
    """A file beyond the limit is refused unread."""
    assert wrong(tmp_path, b"#" * (MAX_CATALOG_BYTES + 1)) == ["file-too-large @ my.yaml"]


# Back to YAML


def test_yaml_round_trip(tmp_path: Path, catalog: Catalog) -> None:
    """A catalog written as YAML reads back as the same catalog."""
    assert catalog == read(tmp_path, to_yaml(catalog))


_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\n\r"), max_size=60)


@pytest.mark.slow
@settings(max_examples=37, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    description=_TEXT,
    name=st.sampled_from(
        ["no", "~", "null", "1e5", "0x1F", "- a", "a: b", "#", "<<", "*a", "&a", "!a", "'", '"', "\\"]
    ),
    level=st.decimals(0, 4, places=2).map(float),
    point=st.sampled_from([0, 2, 3, 4]),
)
def test_any_text_survives_yaml(tmp_path: Path, description: str, name: str, level: float, point: int) -> None:
    """Whatever text a catalog can hold is the same after writing and reading YAML."""
    small = read(tmp_path, SMALL)
    activity = Activity(id="null", name=name, area="007", description=description, anchors={point: description})
    role = small.roles[0].model_copy(update={"expected": {"null": level}})
    changed = small.model_copy(update={"activities": (*small.activities, activity), "roles": (role,)})
    assert changed == read(tmp_path, to_yaml(changed))


def test_schema_allows_the_builtin_fields(catalog: Catalog) -> None:
    """The JSON Schema names every field that the built-in catalog uses, and no others are allowed."""
    schema = Catalog.model_json_schema()
    assert set(catalog.model_dump(exclude_defaults=True)) <= set(schema["properties"])  # type: ignore[call-overload]
    assert schema["additionalProperties"] is False


def test_shown_text_is_one_short_line() -> None:
    """Text from a file is shown in a problem on one line, without characters that could mislead."""
    assert one_line("a\nb\u202ec\x1b[31m") == "a\\nb\\u202ec\\x1b[31m"
    assert len(one_line("\n" * 5_000_000)) == 60
