"""Professional Growth Plan workbooks from a catalog of roles and a roster of people."""

__version__ = "0.1.0"
