"""The tabs of a person's workbook, one module a tab."""
