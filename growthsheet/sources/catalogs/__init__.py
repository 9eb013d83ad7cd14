"""Read catalogs of roles and activities from YAML, tables and workbooks."""
