"""Writes of this area. Others import from here."""

from pakten.visits.services.ordering import order_round, order_visit

__all__ = ["order_round", "order_visit"]
