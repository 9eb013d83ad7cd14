"""Books: which tabs, in which order, for whom."""

from __future__ import annotations

from growthsheet.analysis.standings import standings
from growthsheet.analysis.succession import successions
from growthsheet.analysis.survey import Survey
from growthsheet.analysis.team_coverage import teamwork
from growthsheet.model import Catalog, code_words, minor_units
from growthsheet.sheets import organization
from growthsheet.sheets.catalog import catalog_tabs
from growthsheet.sheets.person import assessment, career, dashboard, guide, plan, progress
from growthsheet.sheets.person import training_budget as budget
from growthsheet.sheets.shared import lists, method, spending
from growthsheet.sheets.shared.lists import FLAGS, ITEM_STATUSES, LINE_STATUSES, STATES, TIES
from growthsheet.sheets.team import career as bench
from growthsheet.sheets.team import coverage, gap_map, interest_map, mentors, overview, talk_about
from growthsheet.sheets.team import skill_matrix as matrix
from growthsheet.sheets.team import training_budget as team_budget
from growthsheet.views.context import Occasion
from growthsheet.views.organization import OrganizationView
from growthsheet.views.person import PersonView, alike
from growthsheet.views.team import TeamPay, TeamView
from growthsheet.workbook import scales
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.tables import Fact, Rows, fact

ASKED_OF_PEOPLE = (
    "Open the tab Assessment and rate each activity as you do it today. It takes 10 to 35 minutes.",
    "Choose from the list in each cell; the message beside the cell tells what each level looks like.",
    "Write down what shows your level: it makes the talk with your manager easier.",
    "Look at the tab Plan: your priorities are sorted for you. Take up to four of them into your plan.",
    "Write training, coaching and conferences on the tab Training budget, each with the activity it helps.",
    "Save the file, keep its name, and send it back to your manager.",
)


def person_book(view: PersonView) -> Book:
    """A person's own workbook."""
    occasion, say = view.occasion, view.occasion.say
    identity = _identity("person", view.person.id, view.person.name, occasion)
    links = (
        (dashboard.DASHBOARD, say("Your plan on one page")),
        (assessment.ASSESSMENT, say("Rate what you do")),
        (plan.PLAN, say("Choose what to grow next")),
        (budget.BUDGET, say("Spend the money for it")),
        (career.CAREER, say("Look at the roles ahead")),
        (progress.PROGRESS, say("See what changed since the last cycle")),
        (method.METHOD, say("See where each number comes from")),
    )
    seen_by = ["You and your manager. Whoever has the file sees everything in it, hidden columns too."]
    if view.allocation is not None:
        seen_by.append("The allocation on the tab Training budget tells your salary to whoever divides it by the rate.")
    front = guide.guide(
        occasion,
        say("Professional Growth Plan") + f": {view.called}",
        f"{view.role.name}, {occasion.cycle.label}",
        ASKED_OF_PEOPLE,
        seen_by,
        links,
        _line(identity),
    )
    tabs = [
        front,
        dashboard.dashboard(view),
        assessment.assessment(view),
        plan.plan(view),
        budget.budget(view),
        career.career(view),
        progress.progress(view),
    ]
    hidden = lists.lists(
        (
            *_shared_facts(occasion, view.currency),
            *scales.threshold_facts(occasion.catalog)[:2],
            *assessment.COUNTS,
            career.CHOSEN_AT,
            *progress.facts(view),
        ),
        _listed(view),
        say,
    )
    return Book(
        "person",
        front.title,
        (*tabs, method.method(tabs, say), hidden),
        identity,
        say=say,
        currency=view.currency,
        footer=_footer(occasion),
        right_to_left=occasion.right_to_left,
    )


@alike
def _listed(view: PersonView) -> tuple[Rows, ...]:
    """What drop-downs and formulas of a person's workbook read."""
    occasion, say = view.occasion, view.occasion.say
    return (
        *scales.scale_rows(occasion.catalog),
        lists.route_rows(say),
        career.role_rows(view),
        career.each_rows(view),
        lists.said_rows(ITEM_STATUSES, code_words.ITEM_STATUS_WORDS, say),
        lists.said_rows(STATES, code_words.STATE_WORDS, say),
        lists.said_rows(LINE_STATUSES, code_words.LINE_STATUS_WORDS, say),
        lists.said_rows(TIES, code_words.TIE_WORDS, say),
        lists.category_rows(occasion.policy, say),
    )


ASKED_OF_MANAGERS = (
    "Type your own ratings on the tab Skill matrix, before you read the people's own.",
    "Talk with each person: the tab Talk about says what about. Type the agreed ratings beside; they count first.",
    "Gap map and Coverage show where the team is short; Overview sums it up.",
    "Plan the money on the tab Training budget: each line with the activity that it helps.",
)

_SEEN_BY = {
    TeamPay.SALARY: "You alone: the tab Training budget holds your people's salaries. Do not pass this file on.",
    TeamPay.ALLOWANCE: "You alone: an allocation is a share of pay, so it tells the salary. Do not pass this file on.",
    TeamPay.POOLED: "You: it holds your people's ratings, and of pay only the sum of the team's allocations.",
    TeamPay.NONE: "You: it holds your people's ratings, and nothing about pay.",
}


def team_book(view: TeamView) -> Book:
    """A manager's workbook about the people who report to that manager."""
    occasion, say = view.occasion, view.occasion.say
    identity = _identity("team", view.manager.id, view.manager.name, occasion)
    links = (
        (overview.OVERVIEW, say("The team on one page")),
        (matrix.MATRIX, say("Type your own and the agreed ratings")),
        (gap_map.GAP_MAP, say("See where the team is short")),
        (interest_map.INTEREST_MAP, say("See who would like to do more of what")),
        (coverage.COVERAGE, say("See what depends on one person")),
        (mentors.MENTORS, say("Find who could coach whom")),
        (talk_about.TALK_ABOUT, say("Prepare the talk with each person")),
        (career.CAREER, say("See who is near which next role")),
        (team_budget.BUDGET, say("Spend the money for it")),
        (method.METHOD, say("See where each number comes from")),
    )
    front = guide.guide(
        occasion,
        say("Team growth plan") + f": {view.called}",
        occasion.cycle.label,
        ASKED_OF_MANAGERS,
        (_SEEN_BY[view.pay],),
        links,
        _line(identity),
    )
    money, stood = team_budget.currencies(view), standings(view)
    tabs = [
        overview.overview(view, money or [""]),
        matrix.matrix(view),
        gap_map.gap_map(view),
        interest_map.interest_map(view),
        coverage.coverage(view),
        mentors.mentors(view, stood),
        talk_about.talk_about(view, stood),
        bench.bench(view),
        team_budget.team_budget(view),
    ]
    currency = view.currency if len(money) < 2 else ""
    hidden = lists.lists(
        (
            *_shared_facts(occasion, view.currency),
            fact("minor_units", "Decimals of the book's currency", minor_units(view.currency), "whole"),
            fact("book_currency", "Currency", view.currency or spending.NO_CURRENCY),
            fact("prorate", "Counted by", occasion.policy.prorate.value),
            *scales.threshold_facts(occasion.catalog)[1:],
        ),
        (
            *scales.scale_rows(occasion.catalog),
            lists.said_rows(FLAGS, code_words.FLAG_WORDS, say),
            lists.said_rows(LINE_STATUSES, code_words.LINE_STATUS_WORDS, say),
            lists.said_rows(TIES, code_words.TIE_WORDS, say),
            lists.category_rows(occasion.policy, say),
            team_budget.people_rows(view),
            spending.activity_rows(view, money or [""]),
            overview.each_rows(view),
            overview.area_rows(view),
        ),
        say,
    )
    return Book(
        "team",
        front.title,
        (front, *tabs, method.method(tabs, say), hidden),
        identity,
        say=say,
        currency=currency,
        footer=_footer(occasion),
        right_to_left=occasion.right_to_left,
    )


def catalog_book(catalog: Catalog) -> Book:
    """A catalog as a workbook that HR can edit, and that is read back as the same catalog."""
    identity = {"kind": "catalog", "id": catalog.id, "catalog_version": catalog.version}
    return Book("catalog", catalog.name, tuple(catalog_tabs(catalog)), identity, footer=guide.versions(catalog))


_SEEN_BY_ORGANIZATION = (
    "Whoever may see everybody's ratings. It holds no salary, and no allocation of fewer than five people.",
)


def organization_book(view: OrganizationView) -> Book:
    """An organization's workbook: how everybody stands on a day."""
    occasion, say, survey = view.occasion, view.occasion.say, Survey(view)
    identity = _identity("organization", "organization", say("Organization"), occasion)
    links = (
        (organization.AREAS, say("See where teams are short")),
        (coverage.COVERAGE, say("See what depends on one person")),
        (organization.BENCH, say("See who is near which next role")),
        (organization.CALIBRATION, say("See how alike people rate")),
        (team_budget.BUDGET, say("See what is spent")),
        (organization.PEOPLE, say("Filter everybody's ratings")),
        (method.METHOD, say("See where each number comes from")),
    )
    work = teamwork(survey)
    tabs = [
        organization.overview(survey, work, _SEEN_BY_ORGANIZATION, links, _line(identity)),
        organization.areas(survey, work),
        organization.coverage(survey, work.coverage),
        organization.bench(survey, successions(survey)),
        organization.calibration(survey),
        organization.budget(view),
        organization.people(survey),
    ]
    return Book(
        "organization",
        say("Organization growth plan"),
        (*tabs, method.method(tabs, say, snapshot=True)),
        identity,
        say=say,
        currency=view.money.currency,
        footer=_footer(occasion),
        right_to_left=occasion.right_to_left,
    )


def _shared_facts(occasion: Occasion, currency: str) -> tuple[Fact, ...]:
    return (
        fact("carry_over", "Share that carries over", occasion.policy.carry_over, "percent"),
        fact("as_of", "As of", occasion.as_of, "date"),
        fact("lowest", "Lowest point of the skill scale", occasion.catalog.scale("skill").values[0], "whole"),
        fact("minor", "Decimals of the currency", minor_units(currency), "whole"),
    )


def _identity(kind: str, subject: str, name: str, occasion: Occasion) -> dict[str, str]:
    catalog = occasion.catalog
    return {
        "kind": kind,
        "id": subject,
        "name": name,
        "cycle": occasion.cycle.id,
        "cycle_date": occasion.cycle.date.isoformat(),
        "catalog": catalog.id,
        "catalog_version": catalog.version,
        "as_of": occasion.as_of.isoformat(),
        "language": occasion.language.code,
        "format": "1",
    }


def _line(identity: dict[str, str]) -> str:
    """The identity as one visible line."""
    named = ("id", "cycle", "catalog", "catalog_version", "as_of")
    return " · ".join(f"{key.replace('_', ' ')}: {identity[key]}" for key in named)


def _footer(occasion: Occasion) -> str:
    return f"{guide.versions(occasion.catalog)} · {occasion.cycle.label}"
