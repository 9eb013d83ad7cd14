"""HTML pages with SVG charts, made from the same books as workbooks."""
