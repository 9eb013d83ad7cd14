"""Workbooks for people, managers, HR and the organization, each with its tabs in their order."""
# Longer than 300 lines: each book names its tabs and lists in one function.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from growthsheet.analysis.calibration import levels
from growthsheet.analysis.responses import organization_responses
from growthsheet.analysis.standings import standings
from growthsheet.analysis.succession import successions
from growthsheet.analysis.survey import Survey
from growthsheet.analysis.team_coverage import team_coverage
from growthsheet.model import Catalog, code_words, minor_units
from growthsheet.model.answers import scales as scales_of_ratings
from growthsheet.sheets.catalog import catalog_tabs
from growthsheet.sheets.forms import FORMS
from growthsheet.sheets.organization.bench import BENCH, organization_bench
from growthsheet.sheets.organization.calibration import CALIBRATION, calibration, is_calibrated
from growthsheet.sheets.organization.coverage import organization_coverage
from growthsheet.sheets.organization.overview import organization_overview
from growthsheet.sheets.organization.people_by_activity import PEOPLE_BY_ACTIVITY, people_by_activity
from growthsheet.sheets.organization.responses import RESPONSES_TAB, responses
from growthsheet.sheets.organization.teams_by_area import TEAMS_BY_AREA, teams_by_area
from growthsheet.sheets.organization.training_budget import organization_training_budget
from growthsheet.sheets.own_columns import own_lists, with_own_columns, with_own_sheets
from growthsheet.sheets.person import assessment, career, dashboard, guide, plan, progress
from growthsheet.sheets.person import training_budget as budget
from growthsheet.sheets.shared import how_it_is_worked_out as method
from growthsheet.sheets.shared import lists
from growthsheet.sheets.shared.lists import CATEGORIES, FLAGS, ITEM_STATUSES, LINE_STATUSES, LINKS, STATES
from growthsheet.sheets.shared.snapshot import dated
from growthsheet.sheets.team import career as bench
from growthsheet.sheets.team import coverage, gap_map, interest_map, mentors, overview, reviews, spending, talk_about
from growthsheet.sheets.team import skill_matrix as matrix
from growthsheet.sheets.team import training_budget as team_budget
from growthsheet.text.labels import short
from growthsheet.text.language import titled
from growthsheet.views.context import BuildContext
from growthsheet.views.organization import OrganizationView
from growthsheet.views.person import PersonView, cached_by_role
from growthsheet.views.team import TeamPay, TeamView
from growthsheet.workbook import scales
from growthsheet.workbook.blocks import Book, Sheet
from growthsheet.workbook.tables import NamedCell, TableData, named_value
from growthsheet.xlsx.markers import FORMAT, PREFILLED_MARK, identity_line

INPUTS_OF_PEOPLE = (
    "Rate each activity on the tab Assessment, and write down what shows your level: 10 to 35 minutes. What each "
    "level looks like is on the right.",
    "Take up to four of your priorities into the tab Plan, and training that helps them into the tab Training budget.",
    "Save the file, keep its name, and send it back.",
)
CONFIRM_FIRST = (
    "Open the tab Assessment: it holds what you answered last time. Change what is different now, then choose Yes at "
    "the top. Until then only what you changed counts."
)
"""The first of these steps where the cells are prefilled."""

SEEN_BY_PERSON = (
    "You, your manager, and the people who collect the files, usually HR. Whoever has this file sees everything in it, "
    "hidden columns too.",
    "The workbooks of the organization and of groups list your skill in each activity and your readiness by name, not "
    "your notes, plan or budget.",
)
"""The sentences on who sees a person's workbook."""

PERSON_TABS: tuple[tuple[Callable[[PersonView], Sheet], str], ...] = (
    (dashboard.dashboard, "Your plan on one page"),
    (assessment.assessment, "Rate what you do"),
    (plan.plan, "Choose what to grow next"),
    (budget.training_budget, "Spend the money for it"),
    (career.career, "Look at the roles ahead"),
    (progress.progress, "See what changed since the last cycle"),
)
"""The functions that make the tabs of a person's workbook, in their order, and the text of the link to each."""
METHOD_LINK = (method.METHOD, "See where each number comes from")


def person_book(view: PersonView) -> Book:
    """Return a person's own workbook."""
    context, translate = view.context, view.context.translate
    identity = _identity("person", view.person.id, view.person.name, context)
    prefilled = assessment.is_prefilled(view)
    identity |= {PREFILLED_MARK: "yes"} if prefilled else {}
    tabs = [_titled(make(view), view) for make, _ in PERSON_TABS]
    purposes = (purpose for _, purpose in PERSON_TABS)
    links = (*((tab.name, purpose) for tab, purpose in zip(tabs, purposes, strict=True)), METHOD_LINK)
    seen_by = [*SEEN_BY_PERSON]
    if view.allocation is not None:
        seen_by.append("Anybody who divides the allocation on the tab Training budget by the rate learns your salary.")
    front = guide.guide(
        context,
        titled(translate, translate("Professional Growth Plan"), view.called),
        f"{view.role.name}, {context.cycle.label}",
        (CONFIRM_FIRST, *INPUTS_OF_PEOPLE[1:]) if prefilled else INPUTS_OF_PEOPLE,
        seen_by,
        links,
        identity_line(identity),
    )
    tabs = with_own_columns(context, "person", [front, *tabs], {view.person.id: view.ratings})
    tabs = with_own_sheets(context, "person", tabs)
    hidden = lists.lists(
        (
            named_value("carry_over", "Share that carries over", context.policy.carry_over, "percent"),
            named_value("as_of", "As of", context.as_of, "date"),
            named_value("lowest", "Lowest point of the skill scale", context.catalog.scale("skill").values[0], "whole"),
            _minor("minor", view.currency),
            *scales.threshold_cells(context.catalog)[:2],
            *assessment.count_cells(context.prefill),
            *([assessment.UNCONFIRMED_COUNT] if prefilled else ()),
            *plan.COUNTS,
            career.CHOSEN_AT,
            *progress.progress_facts(view),
        ),
        (
            *_listed(view),
            *_written("person", tabs),
            *(_prefilled(view) if prefilled else ()),
            *own_lists(context, tabs),
        ),
        translate,
    )
    return _book(identity, context, front.title, (*tabs, method.method(tabs, translate), hidden), view.currency)


def _prefilled(view: PersonView) -> tuple[TableData, ...]:
    """Return the hidden lists by which prefilled ratings are confirmed, and told from those that were given."""
    found = {id: assessment.suggestions(view, id) for id in view.activities}
    cells = [
        (lists.prefilled_cell(scale, id), str(said.get(scale, "")))
        for id, said in found.items()
        for scale in scales_of_ratings()
    ]
    return lists.coded_rows(lists.PREFILLED, cells), lists.word_rows(
        lists.CONFIRMATIONS, code_words.CONFIRMATION_WORDS, view.context.translate
    )


@cached_by_role
def _listed(view: PersonView) -> tuple[TableData, ...]:
    """Return the hidden tables that drop-downs and formulas of a person's workbook read."""
    context, translate = view.context, view.context.translate
    return (
        *scales.scale_rows(context.catalog),
        lists.route_rows(translate),
        career.role_rows(view),
        career.each_role_rows(view),
        lists.word_rows(ITEM_STATUSES, code_words.ITEM_STATUS_WORDS, translate),
        lists.word_rows(STATES, code_words.STATE_WORDS, translate),
        lists.word_rows(LINE_STATUSES, code_words.LINE_STATUS_WORDS, translate),
        lists.word_rows(LINKS, code_words.LINK_WORDS, translate),
        lists.word_rows(CATEGORIES, dict(context.policy.categories), translate),
    )


INPUTS_OF_MANAGERS = (
    "Open the tab Reviews, filter it to one person, and type your own ratings.",
    "Talk with each person: the tab Talk about says what about. Type the agreed ratings on Reviews; they count first.",
    "Skill matrix, Gap map and Coverage show where the team falls short; Overview sums it up.",
    "Plan the money on the tab Training budget: each line names the activity that it helps.",
)

SEEN_BY_MANAGER = {
    TeamPay.SALARY: "You and HR: the tab Training budget holds your people's salaries. Do not pass this file on.",
    TeamPay.ALLOWANCE: (
        "You and HR: an allocation is a share of pay, so it reveals the salary. Do not pass this file on."
    ),
    TeamPay.POOLED: "You and HR: it holds your people's ratings, and of pay only the sum of the team's allocations.",
    TeamPay.NONE: "You and HR: it holds your people's ratings, and nothing about pay.",
}
"""The sentences on who sees a team's workbook, by what it holds about pay."""
BLIND_MANAGER = (
    "People's own ratings appear where you have rated. Until then they are hidden, which is no protection: anybody "
    "who shows the hidden columns sees them."
)


TEAM_LINKS = (
    (overview.OVERVIEW, "The team on one page"),
    (reviews.REVIEWS, "Type your own and the agreed ratings"),
    (matrix.SKILL_MATRIX, "See everybody's skills beside what is expected"),
    (gap_map.GAP_MAP, "See where the team falls short"),
    (interest_map.INTEREST_MAP, "See who would like to do more of what"),
    (coverage.COVERAGE, "See what depends on one person"),
    (mentors.MENTORS, "Find who could coach whom"),
    (talk_about.TALK_ABOUT, "Prepare the talk with each person"),
    (career.CAREER, "See who is close to which next role"),
    (team_budget.TEAM_BUDGET, "Spend the money for it"),
    METHOD_LINK,
)


def team_book(view: TeamView) -> Book:
    """Return a manager's workbook about the people who report to that manager."""
    context, translate = view.context, view.context.translate
    identity = _identity("team", view.manager.id, view.manager.name, context)
    front = guide.guide(
        context,
        titled(translate, translate("Team growth plan"), view.called),
        context.cycle.label,
        INPUTS_OF_MANAGERS,
        (SEEN_BY_MANAGER[view.pay], *([BLIND_MANAGER] if context.blind_manager else ())),
        TEAM_LINKS,
        identity_line(identity),
    )
    money, stood = view.currencies, standings(view)
    tabs = [
        overview.team_overview(view, money or [""]),
        reviews.reviews(view),
        matrix.skill_matrix(view),
        gap_map.gap_map(view),
        interest_map.interest_map(view),
        coverage.coverage(view),
        mentors.mentors(view, stood),
        talk_about.talk_about(view, stood),
        bench.team_career(view),
        team_budget.team_budget(view),
    ]
    tabs = [_titled(tab, view) for tab in tabs]
    tabs = with_own_columns(context, "team", tabs, {member.person.id: member.ratings for member in view.present})
    front, *tabs = with_own_sheets(context, "team", [front, *tabs])
    currency = view.currency if len(money) < 2 else ""
    hidden = lists.lists(
        (
            _minor("minor", view.currency),
            _minor("minor_units", view.currency),
            named_value("book_currency", "Currency", view.currency or spending.NO_CURRENCY),
            named_value("prorate", "Counted by", str(context.policy.prorate)),
            *overview.part_before(view),
            *scales.threshold_cells(context.catalog)[1:],
        ),
        (
            *scales.scale_rows(context.catalog),
            lists.word_rows(FLAGS, code_words.FLAG_WORDS, translate),
            lists.word_rows(LINE_STATUSES, code_words.LINE_STATUS_WORDS, translate),
            lists.word_rows(LINKS, code_words.LINK_WORDS, translate),
            lists.word_rows(CATEGORIES, dict(context.policy.categories), translate),
            team_budget.people_rows(view),
            *overview.bar_rows(view),
            *_written("team", tabs),
            lists.coded_rows(lists.WRITTEN_PEOPLE, [(m.person.id, view.headers[m.person.id]) for m in view.present]),
            *own_lists(context, tabs),
        ),
        translate,
    )
    return _book(identity, context, front.title, (front, *tabs, method.method(tabs, translate), hidden), currency)


def catalog_book(catalog: Catalog) -> Book:
    """Return a catalog as a workbook that HR can edit, and that is read back as the same catalog."""
    identity = {"kind": "catalog", "id": catalog.id, "catalog_version": catalog.version}
    return Book("catalog", catalog.name, tuple(catalog_tabs(catalog)), identity, footer=guide.versions(catalog))


_SEEN_BY_ORGANIZATION = (
    "People who may see everybody's ratings. It holds no salary, and no allocation of fewer than five people."
)


STEPS_OF_HR = (
    "Overview shows what to do next, and where expectations are met least.",
    "Responses shows who has not answered: filter it, and remind them.",
    "Teams x areas and Coverage show which teams fall short, and in what.",
    "Bench shows who may come next in each role, and Training budget what is planned and spent.",
)
NOT_CALIBRATED = (
    "The tab Calibration is left out: it shows groups of five people or more, and none of them has ratings yet."
)


ORGANIZATION_LINKS = (
    (overview.OVERVIEW, "The organization on one page"),
    (RESPONSES_TAB, "See who has answered"),
    (TEAMS_BY_AREA, "See where teams fall short"),
    (coverage.COVERAGE, "See what depends on one person"),
    (BENCH, "See who is close to which next role"),
    (CALIBRATION, "See how similarly people rate"),
    (team_budget.TEAM_BUDGET, "See what is spent"),
    (PEOPLE_BY_ACTIVITY, "Filter everybody's ratings"),
    METHOD_LINK,
)


def organization_book(view: OrganizationView) -> Book:
    """Return an organization's workbook: a snapshot of everybody on one day."""
    context, translate, survey = view.context, view.context.translate, Survey(view)
    title = translate("Organization growth plan")
    title = titled(translate, title, short(view.group)) if view.group else title
    identity = _identity("organization", view.id, view.group or translate("Organization"), context)
    work, states, spread = team_coverage(survey), organization_responses(view), levels(survey)
    seen_by = [_SEEN_BY_ORGANIZATION]
    calibrated = is_calibrated(survey, spread)
    links = [link for link in ORGANIZATION_LINKS if calibrated or link[0] != CALIBRATION]
    if not calibrated:
        seen_by.append(NOT_CALIBRATED)
    purpose = dated(context, "How to read this workbook.")
    front = guide.guide(context, title, purpose, STEPS_OF_HR, seen_by, links, identity_line(identity))
    tabs = [
        front,
        organization_overview(survey, work, states, title),
        responses(context, states),
        teams_by_area(survey, work),
        organization_coverage(survey, work.coverage),
        organization_bench(survey, successions(survey)),
        *([calibration(survey, spread)] if calibrated else ()),
        organization_training_budget(view),
        people_by_activity(survey, states),
    ]
    tabs = with_own_sheets(context, "organization", tabs)
    sheets = (*tabs, method.method(tabs, translate, snapshot=True))
    return _book(identity, context, title, sheets, view.money.currency)


def _titled(tab: Sheet, view: PersonView | TeamView) -> Sheet:
    """Return a tab with a title: its own or, without one, its name and that of the person or manager."""
    translate = view.context.translate
    return tab if tab.title else replace(tab, title=titled(translate, translate(tab.name), view.called))


def _minor(name: str, currency: str) -> NamedCell:
    return named_value(name, "Decimals of the currency", minor_units(currency), "whole")


def _identity(kind: str, subject: str, name: str, context: BuildContext) -> dict[str, str]:
    catalog = context.catalog
    return {
        "kind": kind,
        "id": subject,
        "name": name,
        "cycle": context.cycle.id,
        "cycle_label": context.cycle.label,
        "cycle_date": context.cycle.date.isoformat(),
        "catalog": catalog.id,
        "catalog_version": catalog.version,
        "as_of": context.as_of.isoformat(),
        "language": context.language.code,
        "format": FORMAT,
    }


def _written(kind: str, tabs: Iterable[Sheet]) -> Iterator[TableData]:
    """Yield a list for each table that people fill in; a returned workbook is compared with them."""
    found = {block.table.name: block.rows for tab in tabs for block in tab.blocks if isinstance(block, TableData)}
    yield from (lists.written_rows(table, found[table.name]) for table in FORMS[kind].tables if table.rows)


def _book(
    identity: Mapping[str, str], context: BuildContext, title: str, sheets: tuple[Sheet, ...], currency: str
) -> Book:
    return Book(
        identity["kind"],
        title,
        sheets,
        identity,
        translate=context.translate,
        currency=currency,
        footer=f"{guide.versions(context.catalog)} · {context.cycle.label}",
        right_to_left=context.right_to_left,
        ends=scales.ramp_ends(context.catalog),
        theme=context.theme,
    )
