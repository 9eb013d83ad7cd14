"""The fixtures by which the tests of rosters read them."""

from tests.sources.rosters.reading_rosters import catalog_fixture, read_fixture, wrong_fixture

__all__ = ["catalog_fixture", "read_fixture", "wrong_fixture"]
