"""Letters as PDF and e-mails out: drawn up, queued, sent, stored as sent."""
