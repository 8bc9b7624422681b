"""Addresses that hold a secret never reach the server's log whole."""

from __future__ import annotations

import logging

from pakten.core.secret_links import without_secrets


class HideSecretLinks(logging.Filter):
    """Replaces the secret of an application's, a pledge's or a password's link in every line written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let through; what is secret is hidden first."""
        line = record.getMessage()
        hidden = without_secrets(line)
        if hidden != line:
            record.msg, record.args = hidden, ()
        return True
