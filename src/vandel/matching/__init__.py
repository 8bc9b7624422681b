"""Likeness of names between those who are asked about and those who are listed."""

from vandel.matching import explain
from vandel.matching.index import DEFAULT_THRESHOLD, RULE_VERSION, Index

__all__ = ["DEFAULT_THRESHOLD", "RULE_VERSION", "Index", "explain"]
