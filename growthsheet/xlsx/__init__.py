"""Write and read .xlsx workbooks."""
