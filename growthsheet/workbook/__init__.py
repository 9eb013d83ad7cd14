"""What a workbook is made of before any file exists: tables, blocks, styles and values."""
