"""Chromium, started without a window, lays pages out and prints them as whoever opens them would see them."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

_FAULTS = """
function faults(page) {
  const found = [], root = page.documentElement, view = page.defaultView;
  if (root.scrollWidth > view.innerWidth) found.push(`the page is ${root.scrollWidth} px wide`);
  if (root.querySelectorAll("section").length === 0) found.push("nothing is shown");
  for (const cell of root.querySelectorAll("th, td, dt, dd, p, h1, h2, h3, nav a"))
    if (cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth) found.push(`cut: ${cell.textContent}`);
  for (const chart of root.querySelectorAll("svg")) {
    const frame = chart.viewBox.baseVal, texts = [...chart.querySelectorAll("text")].map(t => [t, t.getBBox()]);
    for (const [text, box] of texts) {
      if (box.x < 0 || box.y < 0 || box.x + box.width > frame.width || box.y + box.height > frame.height)
        found.push(`outside its chart: ${text.textContent}`);
      for (const [other, its] of texts)
        if (text !== other && box.x < its.x + its.width && its.x < box.x + box.width
            && box.y + 2 < its.y + its.height && its.y + 2 < box.y + box.height)
          found.push(`${text.textContent} stands over ${other.textContent}`);
    }
  }
  return found;
}
addEventListener("load", () => {
  const frames = [...document.querySelectorAll("iframe")];
  document.body.dataset.found = JSON.stringify(frames.map(frame => faults(frame.contentDocument)));
});
"""


def chromium() -> str | None:
    """The command that starts Chromium, if there is one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def faults(pages: Mapping[str, str], width: int) -> list[str]:
    """What is cut, hidden or on top of something else, with pages shown in windows of this width."""
    frame = '<iframe style="width:{}px;height:800px;border:0" srcdoc="{}"></iframe>'
    frames = "".join(frame.format(width, html.escape(page)) for page in pages.values())
    document = f"<!doctype html><meta charset=utf-8><script>{_FAULTS}</script><body>{frames}"
    with tempfile.TemporaryDirectory(prefix="growthsheet-browser-") as name:
        shown = _started(document, Path(name), "--dump-dom", "--virtual-time-budget=60000")
    found = re.search(r'data-found="([^"]*)"', shown)
    if not found:
        raise RuntimeError(f"Chromium measured nothing; it said: {shown[:500]}")
    told = json.loads(html.unescape(found[1]))
    return [f"{page}: {fault}" for page, its in zip(pages, told, strict=True) for fault in its]


def printed(page: str) -> list[ElementTree.Element]:
    """The sheets of paper that a page is printed on; each has its ``width`` and holds ``word`` elements with places."""
    with tempfile.TemporaryDirectory(prefix="growthsheet-browser-") as name:
        pdf = Path(name, "page.pdf")
        _started(page, Path(name), "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
        told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return list(ElementTree.fromstring(told).iter("{http://www.w3.org/1999/xhtml}page"))


def _started(page: str, folder: Path, *options: Any) -> str:
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
    own = f"--user-data-dir={folder / 'profile'}"
    command = [chromium() or "chromium", *quiet, own, *options, file.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=240).stdout
