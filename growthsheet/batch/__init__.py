"""Build many workbooks into a folder, with several processes where asked."""
