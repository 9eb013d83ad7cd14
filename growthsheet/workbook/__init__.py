"""The content of a workbook, independent of any file format: tables, blocks, styles and values."""
