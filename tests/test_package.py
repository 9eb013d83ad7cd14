"""What is handed out is complete, and says the same everywhere about itself."""

from __future__ import annotations

import re
import tarfile
from pathlib import Path

from hatchling.builders.sdist import SdistBuilder

from growthsheet import __version__

ROOT = Path(__file__).parents[1]
MADE = re.compile(r"__pycache__|\.egg-info|\.(hypothesis|\w+_cache|ipynb_checkpoints)")
"""What programs leave among the files."""


def test_the_source_distribution_holds_all_that_its_tests_need(tmp_path: Path) -> None:
    """Code, tests, benchmarks, docs, and what the project says about itself are packed, and nothing that lies about."""
    (packed,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(packed) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    folders = ("growthsheet", "templates", "examples", "tests", "benchmarks", "docs", ".ci", ".github")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    wanted = {path for path in (p.relative_to(ROOT).as_posix() for p in files) if not MADE.search(path)}
    wanted |= {path.name for path in ROOT.glob("*.md")} | {"LICENSE", "CITATION.cff", "pyproject.toml", "mkdocs.yml"}
    assert len(wanted) > 500
    assert inside - wanted <= {"PKG-INFO", ".gitignore", ".gitattributes", ".pre-commit-config.yaml"}
    assert wanted - inside == set()


def test_the_version_is_said_alike() -> None:
    """CITATION.cff cites the version of the package, and the changelog begins with it, dated or unreleased."""
    cited = re.search(r"^version: (.*)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert cited
    assert cited[1] == __version__
    heads = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heads[0].startswith(f"[{__version__}] - ")
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - (unreleased|\d{4}-\d\d-\d\d)", head) for head in heads)
