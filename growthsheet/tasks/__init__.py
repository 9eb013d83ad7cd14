"""The tasks on a roster or a folder of workbooks, one module for each."""
