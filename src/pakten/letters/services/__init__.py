"""Everything that changes outgoing post."""

from pakten.letters.services.disposing import forget_disposed, forget_outlived
from pakten.letters.services.posting import Mail, post, send_letter
from pakten.letters.services.sending import send_due
from pakten.letters.services.steering import mark_posted, redirect, retry, stop

__all__ = [
    "Mail",
    "forget_disposed",
    "forget_outlived",
    "mark_posted",
    "post",
    "redirect",
    "retry",
    "send_due",
    "send_letter",
    "stop",
]
