"""Recipes of tabs and books, and what people fill in on them."""
