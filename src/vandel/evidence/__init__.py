"""Where a fact came from, when it was fetched, and the digest that proves which bytes it was."""

from vandel.evidence.digest import canonical_json, digest_of_file, digest_of_value, sha256_hex
from vandel.evidence.source import Source

__all__ = ["Source", "canonical_json", "digest_of_file", "digest_of_value", "sha256_hex"]
