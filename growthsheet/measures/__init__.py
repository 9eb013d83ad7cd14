"""Every number of the product, each said once.

A measure's parameters are the columns and single cells that it reads; its docstring is written for the people who
use the workbook: it stands as a note on the column's header and on the tab "How it is worked out".
"""
