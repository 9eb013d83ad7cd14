"""Responses: how much each person, and the manager about them, has answered in this review cycle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from growthsheet.analysis import responses as analysis
from growthsheet.model.code_words import SHOWN_WORDS
from growthsheet.sheets.shared.snapshot import dated
from growthsheet.views.context import BuildContext
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import KEY, Table, TableData, data_column, keyed_table

RESPONSES_TAB = "Responses"
NAME = "responses"
NOTHING_ABOUT = "The manager said nothing about this person"
"""The state of a manager's part, where the team's file came back and rates others only, or nobody."""
_CODES = ("cycle", "person_id", "manager_id", "state", "refused", "manager_state", "manager_refused")
_STATE = "Answers are counted, not files: a workbook that was returned blank is not an answer."
_REFUSED = "Why the last file was refused, or how many of its cells were."


def _table(teams: bool) -> Table:
    """Return the table; ``teams`` is true if the roster tells of teams."""
    return keyed_table(
        NAME,
        data_column("person", "Name", "whole_name"),
        data_column("team", "Team", "choice", note="The team in the roster.", hidden=not teams),
        data_column("manager", "Manager", "choice"),
        data_column("state_words", "Response", "choice", note=_STATE),
        data_column("answered", "Answered", "count", note="How many of the expected activities are answered."),
        data_column("expected", "Expected", "count", note="How many activities the role expects."),
        data_column("not_applicable", "n/a", "count", note="How many of the answers are n/a (not part of this job)."),
        data_column("answered_on", "Last answer", "date", note="The day on which the workbook with it was last saved."),
        data_column("refused_words", "Refused", "choice", note=_REFUSED),
        data_column("manager_state_words", "The manager's part", "choice", note=_STATE),
        data_column("manager_answered", "By the manager", "count", note="How many of them the manager has answered."),
        data_column("email", "E-mail", "choice"),
        hidden=_CODES,
    )


def responses(context: BuildContext, states: Sequence[analysis.Response]) -> Sheet:
    """Return the tab."""
    translate = context.translate
    words = {state: translate(text) for state, text in SHOWN_WORDS.items()}
    of_manager = words | {"blank": translate(NOTHING_ABOUT)}

    def row(each: analysis.Response) -> dict[str, Any]:
        said, code, refused = of_manager.get(each.manager_state), each.manager_state, each.manager_refused
        shown = {
            "state_words": words[each.shown],
            "refused_words": analysis.refused_why(each.refused, translate) if each.refused else "",
            "manager_state_words": said and analysis.with_refusal(said, code, refused, translate),
        }
        return {"key": KEY + each.person.id, **each.record(), **shown, "answered_on": each.answered_on}

    on_page = "Who has answered, and how much."
    return Sheet(
        RESPONSES_TAB,
        dated(context, on_page + " Filter it to see whom to remind."),
        (TableData(_table(any(each.person.team for each in states)), [*map(row, states)]),),
        main=NAME,
        freeze="person",
        print_to="manager_answered",
        on_page=dated(context, on_page),
    )
