"""Tables and blocks that tabs of several workbooks share."""
