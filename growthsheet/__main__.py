"""``python -m growthsheet`` is the command ``growthsheet``."""

from growthsheet.cli import main

main()
