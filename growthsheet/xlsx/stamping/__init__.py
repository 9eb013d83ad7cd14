"""Fill one compiled layout with the values of each person."""
