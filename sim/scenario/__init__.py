"""Scenario, strategy, firm and preset files: finding, reading, checking and resolving them."""
