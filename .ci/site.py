"""Files beside docs/ that its pages link to become part of the site; mkdocs knows no others than those in docs/."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[1]
LOOK = ("site.css", "site.js")
PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
ASIDE = ("reference.md", "numbers.md", "release.md", "performance.md", "decisions/", "CHANGELOG.md", "CONTRIBUTING.md")
"""Pages that the search shows after the others: many short entries, or of interest to few."""
ROLE = re.compile(r":\w+:<code>[~.]*([\w.]+)</code>")
"""A name as docstrings write it, :func:`growthsheet.build`."""
FILE = re.compile(r"^( *```\w+) ([\w./-]+)$", re.MULTILINE)
"""The first line of a block that is a file."""


def on_files(files: Any, config: Any) -> Any:
    """Add the pages of the project, and what the pages of docs/ link to outside."""
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))
    linked = re.findall(r"\]\(\.\./([^)#]+)", pages)
    for path in sorted({*PAGES, *linked}):
        files.append(File.generated(config, path, abs_src_path=str(ROOT / path)))
    for path in LOOK:
        files.append(File.generated(config, path, abs_src_path=str(ROOT / ".ci" / path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn links between docs/ and the root of the project, which are one folder on the site; show names of files."""
    path = page.file.src_uri
    if path.startswith(ASIDE):
        page.meta["search"] = {"boost": 0.1}
    markdown = FILE.sub(r'\1 title="\2"', markdown)
    if path in PAGES:
        return markdown.replace("](docs/", "](")
    return markdown.replace("](../../", "](../") if "/" in path else markdown.replace("](../", "](")


def on_page_content(html: str, **_: Any) -> str:
    """Link the names in docstrings to where they are described."""

    def linked(found: re.Match[str]) -> str:
        name = found[1].rpartition(".")[2]
        anchor = f"growthsheet.{name}"
        return f'<a href="#{anchor}"><code>{name}</code></a>' if f'id="{anchor}"' in html else f"<code>{name}</code>"

    return ROLE.sub(linked, html)
