"""Rosters, people, teams and the organization, as scripts and notebooks hold them."""
