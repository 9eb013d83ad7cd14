"""The list of messages that translators start from is complete, and says what they need to know."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from growthsheet.sources.translations.gettext_files import TEMPLATE, template
from growthsheet.storage.package_data import template_folder
from tests.text.messages import pot
from tests.text.pseudo import english, pseudo

FILE = template_folder() / TEMPLATE


@pytest.mark.slow
def test_the_list_is_up_to_date(tmp_path: Path) -> None:
    """templates/locale/growthsheet.pot holds every message; GROWTHSHEET_GOLDEN=write writes it anew."""
    wanted = pot(tmp_path)
    if os.environ.get("GROWTHSHEET_GOLDEN") == "write":
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(wanted, encoding="utf-8", newline="\n")
        pytest.fail("growthsheet.pot was written: read the difference", pytrace=False)
    assert FILE.read_text("utf-8").splitlines() == wanted.splitlines()


def test_pseudo_language_has_room() -> None:
    """A third longer, every message still fits where it has to; and pseudo-language is told back into English."""
    said = [(message, pseudo(message.text)) for message in template()]
    assert [message.text for message, text in said if english(text) != message.text] == []
    assert [(message.text, len(text)) for message, text in said if message.most and len(text) > message.most] == []
    assert sum(len(text) for _, text in said) >= sum(len(message.text) for message, _ in said) * 1.3
