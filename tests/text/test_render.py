"""Text and pages from templates."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import pytest

import growthsheet as gs
from growthsheet.html.charts import Shape, drawing
from growthsheet.text.templates import render
from growthsheet.workbook.blocks import Chart

AS_OF = date(2026, 3, 1)


ENDING = dict.fromkeys(("reminder", "deadline", "return_to", "sealed", "seen_by", "contact"), "")
"""What a letter may say, and does not."""


def roster(name: str = "Ana Ruiz") -> gs.Roster:
    """A manager and one person with two ratings."""
    people = [
        {"id": "M", "name": "Maya Lind", "title": "Group Product Manager", "annual salary": 150000},
        {"id": "A", "name": name, "title": "Product Manager", "annual salary": 120000, "manager": "M"},
    ]
    loaded = gs.load_roster(people, currency="USD", as_of=AS_OF, accept=["odd-name"])
    ratings = (
        gs.Rating(cycle="2026", person="A", activity="pricing", skill=0, experience=1, interest=3),
        gs.Rating(cycle="2026", person="A", activity="roadmap", skill=4, experience=3, interest=2),
    )
    return loaded.with_answers(gs.Answers(ratings=ratings))


def unanswered(team: int = 1) -> gs.Roster:
    """A manager and people who have not answered."""
    people = [
        {"id": f"{n}", "name": f"Person of the name {n}", "title": "Product Manager", "manager": "M"}
        for n in range(team)
    ]
    return gs.load_roster([{"id": "M", "name": "Maya Lind", "title": "Group Product Manager"}, *people], as_of=AS_OF)


class Texts(HTMLParser):
    """Collects the texts of a page, and counts its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def test_a_page_shows_the_numbers_of_the_workbook() -> None:
    """The page of a person shows the gap, the route and the allocation that the workbook shows."""
    plan = roster().person("A")
    gap = next(row["gap"] for row in plan.gaps() if row["activity_id"] == "pricing")
    page = plan.to_html()
    row = re.search(r"<tr><td[^>]*>Strategy and business</td><th[^>]*>Set prices and packages</th>.*?</tr>", page)
    assert gap == 2
    assert row is not None
    assert ">2</td>" in row[0]
    assert ">Train</td>" in row[0]
    assert "USD 3,600.00" in Texts(page).texts


def test_a_page_writes_numbers_as_the_workbook() -> None:
    """A page shows a difference with its sign and symbol, and a share with the decimals that its cell shows."""
    said = gs.Rating(cycle="2026", person="A", activity="roadmap", source="manager", skill=3)
    known = roster()
    page = known.with_answers(gs.Answers(ratings=(*known.answers.ratings, said))).team("M").to_html()
    assert re.findall(">[▲▼■][^<]*<", page) == [">▼ -1<"]
    assert re.findall("<dt>Rate</dt><dd>([^<]*)", page) == ["3.0%"]


def test_a_page_stands_alone() -> None:
    """A page loads nothing from anywhere and runs nothing."""
    page = roster().team("M").to_html()
    assert re.findall(r"(?:src|href)=\"(?!#)", page) == []
    assert "script" not in Texts(page).tags
    assert "default-src 'none'" in page


def test_a_page_is_read_on_a_phone_and_with_a_screen_reader() -> None:
    """Everything lies in a landmark, and each table is reached by keys, has a name and a column that stays in sight."""
    page = roster().team("M").to_html()
    outside = re.sub(r"(?s)<(header|nav|main|footer)>.*?</\1>", "", page.partition("<body>")[2])
    assert Texts(outside).tags == []
    tables = re.findall(
        r'<div class="scroll" tabindex="0" role="region" aria-label="([^"]+)">(<table>.*?</table>)', page, re.S
    )
    assert len(tables) == page.count("<table>") == len({name for name, _ in tables})
    pinned = {name: re.findall(r'<th scope="col" class="left pinned"[^>]*>([^<]*)', table) for name, table in tables}
    assert pinned["Gap map: Area"] == ["Activity"]
    assert {len(columns) for columns in pinned.values()} == {1}
    assert all(table.count("<tr>") == table.count('scope="row"') + 1 for _, table in tables)


def test_a_wide_table_says_that_it_scrolls() -> None:
    """A phone tells that a wide table can be scrolled, not of a narrow one; paper tells neither."""
    page = roster().person("A").to_html()
    hinted = re.findall(
        r'<p class="hint[^"]*">Scroll sideways to see all columns.</p>\s*<div[^>]*aria-label="([^"]+)"', page
    )
    assert "Assessment: Area" in hinted
    assert "Dashboard: Area" not in hinted
    assert ".hint.hint { display: none; }" in page.partition("@media print")[2]


def test_names_are_text_in_a_page() -> None:
    """A name that looks like markup is shown, not obeyed."""
    name = "<script>alert(1)</script> & {{ 7 * 7 }}"
    page = Texts(roster(name).person("A").to_html())
    assert "script" not in page.tags
    assert f"Professional Growth Plan: {name}" in page.texts


def test_a_users_folder_overrides_a_template(tmp_path: Path) -> None:
    """A template of the user's own comes first and can build on the shipped one."""
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "invitation.txt").write_text('{% include "builtin/text/invitation.txt" %}\nSee you!\n')
    text = render("text/invitation.txt", {"name": "Ana", "cycle": "2026", "attached": False} | ENDING, tmp_path)
    assert text.startswith("Subject: Your growth plan: 2026")
    assert text.endswith("See you!\n")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ok\n{{ salary }}", "mine.txt:2"),
        ("{% if %}", "mine.txt:1"),
        ("{{ ''.__class__.__mro__ }}", "mine.txt:1"),
        ("\n\n{% include 'none' %}", "mine.txt:3"),
    ],
)
def test_a_broken_template_is_one_clear_problem(tmp_path: Path, text: str, place: str) -> None:
    """A template that is broken, or reaches for what it was not given, is told with its place."""
    (tmp_path / "mine.txt").write_text(text)
    with pytest.raises(gs.InputError) as raised:
        render("mine.txt", {"name": "Ana"}, tmp_path)
    (problem,) = raised.value.problems
    assert problem.code == "broken-template"
    assert problem.place == place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\n{{ 1/0 }}", "ZeroDivisionError: division by zero"),
        ("\n{{ 1 + 'a' }}", "TypeError: unsupported"),
        ("\n{{ 9**999999999 }}", "more than 10,000,000 characters"),
        ("\n{{ 'a'*1000000000 }}", "more than 10,000,000 characters"),
        ("\n{{ 1000000000*[1] }}", "more than 10,000,000 characters"),
        ("\n{{ range(1000000000)|list }}", "OverflowError: Range too big"),
        ("\n{{ 'a'|center(1000000000) }}", "center could make more than 10,000,000 characters"),
        (
            "\n{{ ('a ' * 100000)|wordwrap(1, true, 'x' * 10000) }}",
            "wordwrap could make more than 10,000,000 characters",
        ),
        (
            "\n{{ ('http://a.b ' * 9999)|urlize(target='x' * 1000) }}",
            "urlize could make more than 10,000,000 characters",
        ),
        ("\n{{ 'a'.ljust(1000000000) }}", "ljust could make more than 10,000,000 characters"),
        ("\n{{ '%1000000000d'|format(1) }}", "a format has a width of more than 999"),
        ("\n{{ '%1000000000d' % 1 }}", "a format has a width of more than 999"),
        ("\n{{ '{:>1000000000}'.format(1) }}", "a format has a width of more than 999"),
        ("\n{{ '{:>{}}'.format(1, 1000000000) }}", "a format has a width of more than 999"),
        ("\n{{ ([('a' * 90000)] * 90000)|join }}", "it makes more than 10,000,000 characters"),
        ("\n{{ range(99999)|map('string')|join('a' * 9999) }}", "join could make more than 10,000,000 characters"),
        ("\n{{ [1]|tojson(indent=1000000000) }}", "tojson could make more than 10,000,000 characters"),
        (
            "\n{% for i in range(9999) %}{% for j in range(9999) %}{{ 'a' * 99 }}{% endfor %}{% endfor %}",
            "makes more than",
        ),
        ("\n{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}", "takes more than 200,000"),
        ("\n{% set x %}{% for i in range(99999) %}{{ 'b' * 99 }}{% endfor %}{% endset %}", "makes more than"),
        (
            "{% set n = namespace(a='aa') %}\n{% for i in range(50) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
            "makes more than",
        ),
        (
            "{% set n = namespace(a='aa') %}\n{% for i in range(50) %}{% set n.a = n.a + n.a %}{% endfor %}",
            "makes more than",
        ),
        ("\n{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(40) }}", "takes more than"),
        ("{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", "calls itself endlessly"),
        ("\n{% include 'mine.txt' %}", "it includes or calls itself endlessly"),
        ("\n{% include 'latin.txt' %}", "UnicodeDecodeError"),
    ],
)
def test_a_template_cannot_use_up_the_machine(tmp_path: Path, text: str, found: str) -> None:
    """A template that makes too much, runs too long or fails in any way is one problem with its file and line."""
    (tmp_path / "latin.txt").write_bytes(b"\xe9")
    (tmp_path / "mine.txt").write_text(text)
    (tmp_path / "outer.txt").write_text("{% include 'mine.txt' %}")
    with pytest.raises(gs.InputError) as raised:
        render("outer.txt", {}, tmp_path)
    (problem,) = raised.value.problems
    assert (problem.code, problem.place) == ("broken-template", "mine.txt:2")
    assert found in problem.found


def test_a_template_that_is_nested_too_deep(tmp_path: Path) -> None:
    """Brackets and sums without number are a problem too, of the file that holds them."""
    for text in ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{{ " + "1+" * 5000 + "1 }}"):
        (tmp_path / "mine.txt").write_text(text)
        with pytest.raises(gs.InputError) as raised:
            render("mine.txt", {}, tmp_path)
        assert raised.value.problems[0].place.startswith("mine.txt")


def test_what_letters_need_is_within_the_limits(tmp_path: Path) -> None:
    """Loops, macros, filters, formats and joins of an ordinary letter do what jinja2 does."""
    (tmp_path / "mine.html").write_text(
        "{% macro row(a) %}<b>{{ a }}</b>{% endmacro %}{% set s = '<x>' ~ 1 %}{{ s }}"
        "{% for a in names if a %}{{ loop.index }}/{{ loop.length }}{{ row(a) }}{% else %}none{% endfor %}"
        "{{ names|join(', ') }} {{ '%.2f'|format(120000) }} {{ '{:,}'.format(120000) }} {{ 1 + 2 * 3 }} {{ 7 % 4 }}"
        "{{ names|map('upper')|join('-') }}{{ 'a\nb'|replace('\n', ' ')|indent(2) }} {{ 2**10 }} {{ 2.555|round(2) }}\n"
    )
    assert render("mine.html", {"names": ["A", "<B>"]}, tmp_path) == (
        "&lt;x&gt;11/2<b>A</b>2/2<b>&lt;B&gt;</b>A, &lt;B&gt; 120000.00 120,000 7 3A-&lt;B&gt;a b 1024 2.56\n"
    )


def points(kind: Literal["bar", "column", "line"], *values: float | None) -> list[Shape]:
    """The shapes of a chart with these points."""
    chart = Chart(kind, "Reached", "What is reached.", "areas", "area", ("plot", "Reached"), (0, 1), "0%", (400, 300))
    labels = [f"Area {n}" for n in range(len(values))]
    return list(drawing(chart, labels, values, "{:.0%}".format))


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_a_bar_is_as_long_as_its_number(kind: Literal["bar", "column"]) -> None:
    """Bars stand in the ratio of their points, nothing is drawn for a blank, and each number is told."""
    shapes = points(kind, 0.25, None, 0.5)
    bars = [shape.at["width" if kind == "bar" else "height"] for shape in shapes if shape.tag == "rect"]
    assert bars == [pytest.approx(bars[1] / 2, abs=0.1), bars[1]]
    texts = [shape.text for shape in shapes if shape.tag == "text"]
    assert sorted(texts) == ["25%", "50%", "Area 0", "Area 1", "Area 2", "Reached"]


def test_a_line_is_broken_where_a_point_is_missing() -> None:
    """A missing point is no 0: the line ends before it and begins anew after it."""
    shapes = points("line", 0.2, 0.4, None, 0.9)
    lines = [shape.at["points"].count(",") for shape in shapes if shape.tag == "polyline"]
    assert lines == [2, 1]
    assert sum(shape.tag == "circle" for shape in shapes) == 3


def test_a_page_leaves_out_how_to_fill_in() -> None:
    """A page cannot be filled in: it begins with what is reached, ends with the scales, and has no empty heading."""
    page = roster().person("A").to_html()
    pages = page + roster().team("M").to_html() + roster().organization().to_html()
    asks = (
        "Open the tab|Rate skill|Choose a role|[Ff]ilter (by|it)|type your own|Change the rate|click on it|Write notes"
    )
    assert re.findall(asks, pages) == []
    assert page.index("Dashboard: Ana Ruiz") < page.index("Who sees this file")
    assert "What the cells look like" not in page
    assert "<h3>Skill against interest: how many activities</h3>" in page


def test_shares_are_bars_in_a_page() -> None:
    """A share that has a bar in its cell has one as long in the page; a chart without a point is not drawn."""
    full = re.findall(r'<td class="right bar" style="--full: (\d+%)">(\d+%)<', roster().person("A").to_html())
    assert full
    assert all(length == shown for length, shown in full)
    agreed = gs.Rating(cycle="2026", person="0", activity="pricing", source="agreed", skill=2)
    assert unanswered().with_answers(gs.Answers(ratings=(agreed,))).team("M").to_html().count("<svg") == 1


def test_names_that_fill_two_cells_are_one_sentence_in_a_page() -> None:
    """A list of names that goes on in a second cell of the workbook is shown whole under its label."""
    page = unanswered(9).team("M").to_html()
    told = re.search("<dt>Who has not finished</dt><dd>([^<]*)</dd>", page)
    assert told is not None
    assert told[1].endswith("Person of the name 7, Person of the name 8.")
