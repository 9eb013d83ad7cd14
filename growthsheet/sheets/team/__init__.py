"""The tabs of a team's workbook, one module for each tab."""
