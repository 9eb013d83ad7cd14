"""The recipes of tabs and workbooks, and the forms that people fill in on them."""
