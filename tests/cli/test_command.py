"""The command as a whole: help, exit codes, what is printed where, what is told about errors."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import growthsheet as gs
from growthsheet.cli import build as building
from growthsheet.cli import main
from growthsheet.cli.commands import cli
from growthsheet.model import Basis
from growthsheet.model.budget import Proration
from growthsheet.tasks.settings import Settings
from growthsheet.views.team import TeamPay

HEAVY = ("pydantic", "openpyxl", "xlsxwriter", "yaml", "jinja2", "narwhals")


def python(*arguments, **more):
    """A process of its own."""
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=60, **more)


def commands(group=cli, path=()):
    """Every command with its path."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


OPTIONS = [
    pytest.param(path, option, id=f"{' '.join(path)} {option.opts[0]}")
    for path, command in commands()
    for option in command.params
    if isinstance(option, click.Option)
]


def test_as_a_module():
    """``python -m growthsheet`` is the same command, and prints its version on stdout."""
    done = python("-m", "growthsheet", "--version")
    assert (0, f"growthsheet, version {gs.__version__}\n", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["catalog", "show", "--help"]])
def test_help_is_light(arguments):
    """Help loads nothing that takes long to import."""
    code = (
        "import sys\nfrom growthsheet.cli.commands import cli\n"
        f"cli({arguments!r}, standalone_mode=False)\n"
        f"print('loaded', [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    assert python("-c", code).stderr == "loaded []\n"


TEXT = (".text", ".text.arguments", ".text.labels", ".text.quoting")


@pytest.mark.parametrize(
    ("arguments", "more"),
    [
        (["--help"], []),
        (
            ["explain", "-h"],
            [*(".cli.explain", ".cli.options", ".cli.output"), ".errors", ".storage", ".storage.package_data", *TEXT],
        ),
    ],
)
def test_a_command_imports_no_other(arguments, more):
    """The list of commands is printed without importing one, and a command without importing the others."""
    code = (
        "import sys\nfrom growthsheet.cli.commands import cli\n"
        f"cli({arguments!r}, standalone_mode=False)\n"
        "print(*sorted(name for name in sys.modules if name.startswith('growthsheet')), file=sys.stderr)"
    )
    wanted = ["", ".cli", ".cli.commands", ".cli.groups", ".version", *more]
    assert sorted(f"growthsheet{name}" for name in wanted) == python("-c", code).stderr.split()


def test_importing_is_light():
    """Importing growthsheet loads none of its dependencies, and of Python no more than it takes to load them."""
    heavy = ("click", "typing", "dataclasses", "re", "growthsheet.errors", *HEAVY)
    code = f"import growthsheet, sys; print([name for name in {heavy!r} if name in sys.modules])"
    assert python("-c", code).stdout == "[]\n"


@pytest.mark.parametrize(("path", "option"), OPTIONS)
def test_options_are_explained(path, option):
    """Each option has a sentence of help and a variable in the environment that is named after it."""
    assert option.help
    assert option.help[0].isupper()
    assert option.help.endswith(".")
    assert f"GROWTHSHEET_{option.opts[0][2:].replace('-', '_').upper()}" == option.envvar


@pytest.mark.parametrize("path", [path for path, _ in commands()], ids=" ".join)
def test_commands_are_explained(run, path):
    """Each command explains itself, and has --json."""
    shown = run(*path, "-h")
    assert shown.code == 0
    assert "--json" in shown.out
    assert shown.out.splitlines()[2].strip()[0].isupper()


def test_choices_are_those_of_the_library():
    """The choices on the command line are written out, for speed, and are the library's."""
    choices = {option.name: tuple(option.type.choices) for option in building.build.params if _chooses(option)}
    expected = {"basis": Basis, "prorate": Proration, "pay": TeamPay}
    assert {name: tuple(kind.value for kind in kinds) for name, kinds in expected.items()} | {
        "person_pay": ("allowance", "none"),
        "date_order": ("dmy", "mdy", "ymd"),
        "decimal": (".", ","),
    } == choices


def _chooses(option):
    return isinstance(option.type, click.Choice)


def test_each_setting_is_an_option():
    """What is not an option of build is said in growthsheet.toml only: what takes a table, and what seldom changes."""
    options = {option.name for option in building.build.params}
    assert {"floor", "cap", "carry_over", "categories", "exchange_rates", "theme", "budget"} == set(
        Settings.model_fields
    ) - options


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(["buidl"], "build"), (["catalog", "shw"], "show"), (["build", "x.csv", "--currenci", "y"], "--currency")],
)
def test_did_you_mean(run, typed, meant):
    """A misspelled command or option is answered with the one that was meant, and exit code 2."""
    told = run(*typed)
    assert (told.code, told.out) == (2, "")
    assert "Did you mean" in told.err
    assert meant in told.err.rpartition("Did you mean")[2]


def test_nothing_close(run):
    """A command that resembles none is only refused."""
    told = run("frobnicate")
    assert told.code == 2
    assert "Did you mean" not in told.err


def test_a_file_in_place_of_a_folder(run, roster):
    """A name that is there and is of the wrong kind is refused without the advice to use the same name."""
    told = run("build", roster, "--out", roster)
    assert (told.code, "is a file" in told.err, "Did you mean" in told.err) == (2, True, False)


def test_unexpected_errors(run, roster, monkeypatch):
    """An error nobody foresaw is one line that repeats nothing of what was read."""
    monkeypatch.setattr(gs, "build", _raiser(KeyError("salary 73131")), raising=False)
    told = run("build", roster, "--out", "out")
    assert told.code == 1
    assert told.err == "error: this should not have happened: KeyError; set GROWTHSHEET_DEBUG=1 to see where\n"


def test_unexpected_errors_of_the_system(run, roster, monkeypatch):
    """Of the system's errors its own word is told."""
    monkeypatch.setattr(gs, "build", _raiser(PermissionError(13, "Permission denied")), raising=False)
    assert "not have happened: Permission denied;" in run("build", roster, "--out", "out").err


def test_traceback_for_those_who_ask(run, roster, monkeypatch):
    """With GROWTHSHEET_DEBUG=1 an unforeseen error keeps its traceback."""
    monkeypatch.setenv("GROWTHSHEET_DEBUG", "1")
    monkeypatch.setattr(gs, "build", _raiser(KeyError("x")), raising=False)
    assert isinstance(run("build", roster, "--out", "out").exception, KeyError)


def test_errors_of_the_system(run, roster, monkeypatch):
    """An error of the system that nobody foresaw names its file."""
    monkeypatch.setattr(gs, "build", _raiser(PermissionError(13, "Permission denied", "plans/lock")), raising=False)
    told = run("build", roster, "--out", "out")
    assert (told.code, told.err) == (1, "error: plans/lock: Permission denied\n")


@pytest.mark.skipif(os.name == "nt", reason="a link needs a right there")
def test_a_dangling_link(run, roster):
    """A link that leads nowhere is told as one, where a folder is wanted."""
    Path("out").symlink_to("nowhere")
    told = run("build", roster, "--out", "out")
    assert (told.code, "out is a link that leads nowhere" in told.err) == (1, True)


def test_output_errors(run, roster, monkeypatch):
    """A folder that cannot be written is one line and exit code 1."""
    monkeypatch.setattr(gs, "build", _raiser(gs.OutputError("another run holds the folder")), raising=False)
    told = run("build", roster, "--out", "out")
    assert (told.code, told.out, told.err) == (1, "", "error: another run holds the folder\n")


def test_interrupted(run, roster, monkeypatch):
    """Ctrl-C ends with 130 and says that nothing is broken."""
    monkeypatch.setattr(gs, "build", _raiser(KeyboardInterrupt()), raising=False)
    told = run("build", roster, "--out", "out")
    assert (told.code, told.out) == (130, "")
    assert told.err.startswith("Interrupted. Every file written is complete")


def _raiser(error):
    def raises(*arguments, **options):
        raise error

    return raises


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("ignored", [False, True])
def test_told_to_end(monkeypatch, ignored):
    """A command that is told to end ends as after Ctrl-C, also where that is ignored: a build leaves no workers."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    monkeypatch.setattr("growthsheet.cli.cli", lambda prog_name: signal.raise_signal(signal.SIGTERM))
    try:
        signal.signal(signal.SIGTERM, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN if ignored else signal.default_int_handler)
        with pytest.raises(KeyboardInterrupt):
            main()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_interrupted_for_true(folder):
    """A build that is told to end, which does as Ctrl-C does, leaves whole files, and goes on when run again."""
    people = range(1, 251)  # so many that a busy machine is not done before it is interrupted
    rows = "".join(f"{n},Person {n},Product Manager,{1 if n > 1 else ''}\n" for n in people)
    (folder / "people.csv").write_text("ID,Name,Title,Manager ID\n" + rows)
    command = [sys.executable, "-m", "growthsheet", "build", "people.csv", "--out", "out", "--for", "people"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 30
    while not list(folder.glob("out/people/*.xlsx")) and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    told = process.communicate(timeout=30)[1]
    assert (process.returncode, told.startswith("Interrupted.")) == (130, True)
    made = list(folder.glob("out/people/*.xlsx"))
    assert 0 < len(made) < 250
    assert not list(folder.glob("out/**/.growthsheet-*"))
    again = CliRunner().invoke(cli, [*command[3:], "--dry-run"])
    assert f"({len(made)} unchanged)" in again.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipe that closes like this")
def test_closed_pipe():
    """A reader that goes away early, as head does, gets no traceback."""
    command = f"{sys.executable} -m growthsheet catalog schema | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_colour_only_when_wanted(folder, roster):
    """Errors are coloured on a terminal, and not with NO_COLOR."""
    roster.write_text("ID,Name,Title,Salary\n1,Ana,Product Manager,\n1,Bo,Product Manager,\n")
    plain, coloured = (
        CliRunner(env=env).invoke(cli, ["build", "people.csv", "--out", "out"], color=True)
        for env in ({"NO_COLOR": "1"}, {})
    )
    assert "\x1b[" not in plain.stderr
    assert "\x1b[31merror\x1b[0m" in coloured.stderr


@pytest.mark.slow
def test_terminals_that_lack_letters(folder):
    """A terminal that cannot show a letter gets its code instead of a failure."""
    (folder / "people.csv").write_text("ID,Name,Title\n1,Hana,猛獣使い\n", encoding="utf-8")
    env = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = python("-m", "growthsheet", "build", "people.csv", "--out", "out", env=env)
    assert done.returncode == 2
    assert r"'\u731b\u7363\u4f7f\u3044' (1 person)" in done.stderr
