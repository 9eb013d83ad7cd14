"""``python -m growthsheet`` is the command ``growthsheet``."""

from .cli import main

main()
