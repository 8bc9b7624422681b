"""From what is stored of a control to what its sheet says."""

from pakten.sheets.gather.basic import of_basic
from pakten.sheets.gather.network import of_control

__all__ = ["of_basic", "of_control"]
