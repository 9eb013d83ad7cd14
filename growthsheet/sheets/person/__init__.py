"""The tabs of a person's workbook, one module for each tab."""
