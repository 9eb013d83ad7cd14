"""Proof tools: what a workbook's file says, and what real spreadsheet programs make of it."""
