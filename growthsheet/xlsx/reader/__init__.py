"""Read returned workbooks safely."""
