"""Pages that are made from the code are up to date; the page on JSON and that on Python's names are whole."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from growthsheet.cli.commands import cli
from tests.docs import pages
from tests.docs.pages import DOCS, leaves
from tests.docs.test_docs_true import BLOCK

ROOT = DOCS.parent
COUNTED = re.compile(r"((?:^|\.)(?:counts|roles))\.[^.]+$")
"""Numbers under keys that are states or roles."""


@pytest.mark.parametrize("page", pages.PAGES)
def test_a_page_that_is_made_is_up_to_date(page: str) -> None:
    """The page is what ``python -m tests.docs.pages`` writes; with GROWTHSHEET_GOLDEN=write it is written here."""
    made = pages.PAGES[page]()
    if os.environ.get("GROWTHSHEET_GOLDEN") == "write":
        (DOCS / page).write_text(made, "utf-8", newline="\n")
    assert made == (DOCS / page).read_text("utf-8"), "python -m tests.docs.pages brings it up to date"


def test_every_public_name_is_described() -> None:
    """docs/reference.md shows each name of the package once, and no other."""
    described = re.findall(r"^::: growthsheet\.(\w+)$", (DOCS / "reference.md").read_text("utf-8"), re.MULTILINE)
    public = re.findall(r" as (\w+)$", (ROOT / "growthsheet" / "__init__.pyi").read_text("utf-8"), re.MULTILINE)
    assert sorted(described) == sorted(public)


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, which names a function."""


Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def test_the_site_leads_to_every_page() -> None:
    """Each page of docs/ stands in the navigation of the site."""
    told = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader)
    found = set(re.findall(r"[\w/-]+\.md", str(told["nav"])))
    assert {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")} - found == set()


# -- JSON ------------------------------------------------------------------------------------------------------------

PARTS = re.findall(r"^(##+) (.*?)\n(.*?)(?=^##|\Z)", (DOCS / "json.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
TEXTS = {heading: text for _, heading, text in PARTS}


def documented(heading: str) -> Iterator[str]:
    """The keys in the table of a part of the page, with those of the parts to which its rows lead."""
    slugs = {head.lower().replace(",", "").replace(" ", "-"): head for head in TEXTS}
    for keys, what in re.findall(r"^\| (`.*?) \| (.*) \|$", TEXTS[heading], re.MULTILINE):
        for key in re.findall(r"`(\w+)`", keys):
            yield key
            for slug in re.findall(r"\(#([\w-]+)\)", what):
                yield from (f"{key}.{inner}" for inner in documented(slugs[slug]))


def keys(found: object, before: str = "") -> Iterator[str]:
    """The keys of some JSON, those of lists of objects too."""
    if isinstance(found, list):
        for each in found:
            yield from keys(each, before)
    elif isinstance(found, dict):
        for key, value in found.items():
            yield before + key
            yield from keys(value, f"{before}{key}.")


def wrong(told: set[str], seen: set[str]) -> set[str]:
    """Keys that are seen and not told, or told and not seen, although what would have them is there."""
    there = {""} | {key.rpartition(".")[0] for key in seen}
    return {key for key in seen - told if not COUNTED.search(key)} | {
        key for key in told - seen if key.rpartition(".")[0] in there
    }


@pytest.mark.slow
def test_the_json_of_every_command_is_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of docs/json.md print the keys that it lists, all of them, and no others."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_bytes((ROOT / "examples" / "people.csv").read_bytes())
    run, faults, tried = CliRunner(), {}, set()
    for heading, text in TEXTS.items():
        told, seen = set(documented(heading)), set[str]()
        lines = list[str]()
        for _, language, file, block in BLOCK.findall(text):
            lines += block.splitlines() if language == "sh" else []
            if file:
                (tmp_path / file).write_text(block, "utf-8")
        for line in lines:
            words = shlex.split(line)[1:]
            result = run.invoke(cli, words)
            assert result.exit_code == 0, f"{line}\n{result.output}"
            tried |= {name for name, _ in leaves(cli) if " ".join(words).startswith(f"{name} ")}
            seen |= set(keys(json.loads(result.stdout))) if "--json" in words else set()
        if lines and (found := wrong(told, seen)):
            faults[heading] = found
    assert faults == {}
    assert {name for name, _ in leaves(cli)} - tried == {"demo", "catalog show", "catalog schema"}


def test_a_key_that_is_not_described_is_seen() -> None:
    """A key too many and a key too few are both told; under counts any state may stand."""
    told = {"counts", "files", "notes", "notes.code"}
    assert wrong(told, {"counts", "counts.written", "files", "notes"}) == set()
    assert wrong(told, {"counts", "files", "notes", "new"}) == {"new"}
    assert wrong(told, {"counts", "notes", "notes.place"}) == {"files", "notes.code", "notes.place"}
