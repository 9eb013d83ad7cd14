"""Draw books as .xlsx files; the only importer of XlsxWriter."""
