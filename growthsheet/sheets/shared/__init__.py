"""Tables and blocks that several tabs or workbooks share."""
