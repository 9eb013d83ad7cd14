"""Pay that must not come out of any command, and texts that must stay texts in everything that is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

PAY = """\
id,name,title,manager,annual salary,currency
M,Mia Boss,Group Product Manager,,{M},USD
A,Ana Ruiz,Product Manager,M,{A},USD
B,Bo Lee,Product Manager,M,{B},USD
C,Cy Fox,Product Manager,M,{C},USD
N,Nick Boss,Group Product Manager,,{N},USD
X,Xia Po,Product Manager,N,{X},USD
Y,Yan Qi,Product Manager,N,{Y},USD
L,Lu Gone,Product Manager,M,{L}.,USD
"""
"""The last amount cannot be read, so that the first command tells problems."""

COMMANDS = (
    "check people.csv",
    "roster show people.csv --ignore annual --json",
    "roster show whole.csv --save-mapping mapping.toml",
    "check whole.csv --json",
    "build whole.csv --out plans --for people,teams,organization --pay none --person-pay none",
    "build whole.csv --out plans --pay none --person-pay none --update --json",
    "build whole.csv --out plain --pay none --person-pay none --dry-run",
    "collect plans --roster whole.csv --out answers --json",
    "status answers --roster whole.csv",
    "agenda whole.csv --answers answers --out talks",
    "invite whole.csv --out mails --attach plans",
    "report answers --roster whole.csv --team M --pay none --html team.html",
    "report plans/people/Ana-Ruiz-A.xlsx --roster whole.csv --html ana.html --person-pay none",
    "report plans/people/Ana-Ruiz-A.xlsx --person-pay none --html -",
    "migrate answers --from product-management --to product-management --out moved",
    "carry-over whole.csv --answers answers --out carried.csv",
    "export A . --out ana.zip --json",
    "forget B . --yes",
    "build whole.csv --out wrong --currency ???",
    "build whole.csv --out wrong --map salary=name",
)


def commands() -> tuple[int, list[str]]:
    """Run every command that reads a roster, with ``none`` for pay; search all that comes out for pay."""
    from growthsheet.cli.commands import cli
    from tests.views.test_privacy import CANARIES, inflated, secrets, told

    def hits(text: str) -> list[str]:
        return told(text, wanted) or told(text.replace(",", "\n"), wanted)  # a comma may part numbers, or group digits

    wanted, found, searched = secrets("".join(CANARIES)), list[str](), 0
    with TemporaryDirectory() as top, chdir(top):
        Path("people.csv").write_text(PAY.format(**CANARIES), "utf-8")
        Path("whole.csv").write_text(PAY.format(**CANARIES).rpartition("L,Lu")[0], "utf-8")
        given = {Path("people.csv"), Path("whole.csv")}
        if not hits(Path("whole.csv").read_text("utf-8")):
            found.append("the search does not find what is there")
        for line in COMMANDS:
            result = CliRunner().invoke(cli, line.split())
            if result.exception and not isinstance(result.exception, SystemExit):
                found.append(f"{line}: {result.exception!r}")
            texts = {"what is printed": result.output}
            for path in sorted(set(Path().rglob("*")) - given):
                if path.is_file():
                    data = path.read_bytes()
                    texts[str(path)] = inflated(data) if data[:2] == b"PK" else data.decode("utf-8", "replace")
            searched += len(texts)
            found += [f"{line}: {name}: {there}" for name, text in texts.items() if (there := hits(text))]
    print(f"{len(COMMANDS)} commands, {searched:,} outputs and files searched for {len(wanted):,} spellings, ", end="")
    print("\n".join((f"{len(found)} hits", *found[:20])))
    return searched, found


class Elements(HTMLParser):
    """Counts the elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element, and each of its attributes."""
        self.found.update([tag, *(f"{tag} {name}" for name, _ in attrs)])


def texts(every: int = 1) -> tuple[int, list[str]]:
    """Put each hostile text on every surface, and look at each workbook, page, table and letter that is made of it."""
    from growthsheet.xlsx.writer.write import to_bytes
    from tests.sheets.test_hostile_text import TEXTS, books, formulas, harmless, hostile, links

    plain, found, looked = hostile("Harmless"), list[str](), 0
    usual = [Elements(page).found for page in pages(plain)]
    for name, text in list(TEXTS.items())[::every]:
        made = hostile(text)
        for book, wanted in zip(books(made), harmless(), strict=True):
            data = to_bytes(book)
            if (formulas(data), links(data)) != wanted:
                found.append(f"{name}: a formula or a link in a {book.kind}'s workbook")
        for number, page in enumerate(pages(made)):
            more = {key for key in Elements(page).found - usual[number] if not laid_out(key, usual[number])}
            found += [f"{name}: page {number} has {sorted(more)}"] if more else []
        with TemporaryDirectory() as folder:
            found += [f"{name}: {fault}" for fault in files(made, Path(folder))]
        looked += 3 + len(usual) + 4
    print(f"{looked:,} workbooks, pages, tables and letters, {len(found)} with a formula, a link or markup from data")
    print("\n".join(found[:20]))
    return looked, found


def laid_out(key: str, usual: Counter[str]) -> bool:
    """Whether it is an element of which a long text has more: of the kinds and attributes that pages have anyway."""
    return key in usual and key.split()[0] in ("br", "dd", "div", "dt", "p", "text")


def pages(made: object) -> list[str]:
    """A page of each kind."""
    return [each.to_html() for each in (made.person("p1"), made.team("boss"), made.organization())]  # type: ignore[attr-defined]


def files(made: object, folder: Path) -> Iterator[str]:
    """What is wrong with tables and letters: a cell that begins like a formula, another answer, a header too many."""
    from growthsheet import load_answers, save_answers, write_invitations

    answers = made.answers.model_copy(update={"cycles": (made.cycle,)})  # type: ignore[attr-defined]
    for path in save_answers(answers, folder):
        text = path.read_bytes().decode("utf-8-sig")
        if bad := re.findall(r'(?:^|,|;|\t|\n|\r)"?((?:[=+@\t-]|\r(?!\n))[^",]*)', text):
            yield f"{path.name}: {bad[:3]}"
    if load_answers(folder).ratings != answers.ratings:
        yield "other answers are read back"
    for path in write_invitations(made, folder / "mails").paths:  # type: ignore[arg-type]
        mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        if more := set(mail.keys()) - {"Subject", "To", "From", "Date", "Content-Type", "MIME-Version", "X-Unsent"}:
            yield f"an e-mail with {sorted(more - {'Content-Transfer-Encoding', 'Message-ID'})}"
