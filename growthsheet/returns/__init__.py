"""Collect returned workbooks, reconcile and merge their answers, carry them into the next cycle."""
