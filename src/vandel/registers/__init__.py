"""Registers and tables that somebody hands us: read in a bounded way, written for people and for machines."""
