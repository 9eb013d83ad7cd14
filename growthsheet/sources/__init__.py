"""Read catalogs, rosters, answers and translations, and report everything wrong with them at once."""
