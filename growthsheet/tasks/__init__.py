"""One module for each thing to do with a roster or a folder of workbooks."""
