"""``growthsheet explain``: explain a problem code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from growthsheet.cli import output
from growthsheet.cli.options import as_json
from growthsheet.text.labels import short
from growthsheet.text.quoting import did_you_mean

if TYPE_CHECKING:
    from growthsheet.tasks.explain import Explanation


@click.command()
@click.argument("code", required=False)
@as_json
def explain(code: str | None, as_json: bool) -> None:
    """Explain what a problem CODE means, why it matters, and what to do; without CODE, list all codes.

    CODE is in brackets at the end of each problem, as in [no-name].
    """
    from growthsheet.tasks.explain import by_subject, explanations

    known = explanations()
    if code is None:
        if as_json:
            output.emit([*known.values()])
        else:
            click.echo("\n\n".join(_listed(about, found) for about, found in by_subject().items()))
        return
    wanted = code.strip("[] ").lower()
    if wanted not in known:
        meant = did_you_mean(wanted, known, "'growthsheet explain' lists all of them")
        click.get_current_context().fail(f"There is no problem code '{wanted}'; {meant}")
    if as_json:
        output.emit(known[wanted])
    else:
        click.echo(_told(known[wanted]))


def _told(each: Explanation) -> str:
    example = "\n".join(f"    {line}" for line in each.example.splitlines())
    return "\n".join(
        (
            click.style(each.code, bold=True) + f"  ({each.about})",
            "",
            click.wrap_text(each.means, 100),
            "",
            click.wrap_text(f"Why it matters: {each.why}", 100),
            click.wrap_text(f"What to do: {each.do}", 100),
            f"For example:\n\n{example}",
        )
    )


def _listed(about: str, found: tuple[Explanation, ...]) -> str:
    width = max(len(each.code) for each in found)
    sentences = {each.code: each.means.removeprefix("A note. ").partition(". ")[0].rstrip(".") for each in found}
    lines = (f"  {code:{width}}  {short(sentence, 98 - width)}" for code, sentence in sentences.items())
    return "\n".join((click.style(about, bold=True), *lines))
