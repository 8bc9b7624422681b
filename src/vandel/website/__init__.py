"""The visit to an organisation's own website: fetched safely, kept as evidence, read by rules."""
