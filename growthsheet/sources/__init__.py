"""Where things come from: catalog files, rosters, answers, DataFrames. One file a format."""
