"""The mark that the application's own connections to the database carry (see :mod:`pakten.audit.outside`)."""

from __future__ import annotations

# The size of the page cache in KiB, so negative: any peculiar number near 20 MB.
SQLITE_MARK = -20_117
# A setting of the session, given as the connection begins.
POSTGRESQL_MARK = "-c pakten.inside=yes"
