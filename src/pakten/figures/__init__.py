"""Figures: named numbers with definition, day and list."""
