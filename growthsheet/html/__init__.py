"""HTML pages and SVG charts of the same books that become workbooks."""
