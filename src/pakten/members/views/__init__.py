"""The member pages and the import of a register."""
