"""Which tests a plain ``pytest`` runs, and what the tests share.

A plain ``pytest`` runs a quick selection: all that is marked neither ``slow`` nor ``engines``. ``--all`` runs
everything, in several processes where pytest-xdist is installed. A file or a test that is named on the command line
runs as it is, and so does what ``-m`` chooses.
"""

from __future__ import annotations

import pytest

from growthsheet.workbook.blocks import Book
from tests.proof import engines

LEFT_OUT = ("slow", "engines")
_COUNT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that runs everything."""
    words = "run all tests, the slow ones and those of other engines too, in up to 4 processes"
    parser.addoption("--all", action="store_true", dest="run_all", help=words)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Start worker processes for everything, unless ``-n`` says how many; pytest-xdist reads the option after this."""
    if hasattr(config, "workerinput"):
        return  # a worker process is started with the same options, and must start none itself
    if config.option.run_all and getattr(config.option, "numprocesses", 0) is None:
        config.option.numprocesses = "auto"
        config.option.maxprocesses = config.option.maxprocesses or 4


def is_quick(config: pytest.Config) -> bool:
    """Whether the quick selection runs."""
    is_named = any("::" in argument or argument.endswith(".py") for argument in config.args)
    return not (config.option.run_all or config.option.markexpr or is_named)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not quick, and remember how much that is."""
    if is_quick(config):
        left = [item for item in items if any(item.get_closest_marker(name) for name in LEFT_OUT)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not any(item.get_closest_marker(name) for name in LEFT_OUT)]
        config.stash[_COUNT] = len(left)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Say last that this was not everything; only the processes that collect know how many tests are left out."""
    if is_quick(config) and not hasattr(config, "workerinput"):
        left = f"{config.stash[_COUNT]} tests" if _COUNT in config.stash else "tests"
        config.get_terminal_writer().line(
            f"The quick selection: {left} are left out, slow ones and those of other engines; --all runs all."
        )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let only tests that are marked ask for an engine, so that the quick selection needs none."""
    engines.allowed = item.get_closest_marker("engines") is not None


@pytest.fixture
def book(request: pytest.FixtureRequest) -> Book:
    """The workbook that the parameter makes; a fault in it fails only the tests that use it."""
    made: Book = request.param()
    return made
