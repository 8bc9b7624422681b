"""Decisions by delegation: who decided what, by which item, with whose second look, told to which board."""
