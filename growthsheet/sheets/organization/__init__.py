"""The tabs of an organization's workbook: dated snapshots, made from the survey of all people."""
