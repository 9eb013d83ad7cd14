"""Excel files: the only room that knows XlsxWriter, and the only one that knows openpyxl."""
