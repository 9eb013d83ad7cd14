"""Numbers about several people, computed in Python before a sheet is made."""
