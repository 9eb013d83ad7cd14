"""Adapt the built-in catalog: leave out, add and rename activities, change levels, add a role.

Run: python examples/tailor.py OUT
"""

import sys
from pathlib import Path

import growthsheet as gs


def main(out: Path) -> Path:
    """Write the catalog as a workbook for HR into a folder; return its path."""
    built_in = gs.load_catalog("product-management")
    ours = (
        built_in.without("win-loss")
        .renamed("pricing", "Set prices")
        .with_activity("Run an incident", area="delivery", expected={"product-manager": 2})
        .with_levels("director", {"coaching": 4})
        .with_role("Junior product manager", like="product-manager", shift=-1)
        .model_copy(update={"id": "our-product-people", "name": "Our product people"})
    )
    changes = gs.diff(built_in, ours)
    print(f"{len(ours.activities)} activities, {len(ours.roles)} roles; {changes.summary}")
    return gs.save_catalog(ours, out / "ours.xlsx")


if __name__ == "__main__":
    print("Wrote", main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
