"""The tabs: one a file, each a plain function that returns a sheet. They name columns, never cells."""
