"""Read tables of any kind: CSV, Excel, DataFrames; numbers, dates and currencies in them."""
