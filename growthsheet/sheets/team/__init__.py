"""The tabs of a team's workbook, one module a tab."""
