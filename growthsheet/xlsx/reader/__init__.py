"""Read workbooks that come back, safely."""
