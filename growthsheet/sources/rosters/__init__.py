"""Read rosters from exports of HR systems and check them."""
