"""Compile a layout once, and fill it with the values of each book."""
