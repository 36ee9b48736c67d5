"""Ranks outpatient mental-health and substance-use programs for one person, and says why."""

__version__ = "0.1.0"
