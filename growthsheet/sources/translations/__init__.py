"""Read gettext files that translate workbooks and letters."""
