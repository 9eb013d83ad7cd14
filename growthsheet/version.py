"""The version of growthsheet."""

__version__ = "0.1.0"
