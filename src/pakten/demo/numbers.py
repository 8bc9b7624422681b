"""Organisation numbers for the demo, from series that we know no register to have issued.

The first digit says the kind of organisation as in real numbers (2 public, 5 limited company, 7 economic
association, 8 association or foundation, 9 partnership), the third digit is 2, the last is a Luhn digit:

====================================  ==========  =====================
legal form                            series      real numbers begin
====================================  ==========  =====================
public body                           29 20 xx    20 21, 21 20, 22 20 ...
limited company                       54 20 xx    55 6x-55 9x
economic association                  79 20 xx    70-76
association, foundation               89 20 xx    80-88
partnership                           94 20 xx    91, 96
sole trader                           a birth date with a birth number from 980-999, set aside for tests
====================================  ==========  =====================
"""

from __future__ import annotations

from datetime import date

from stdnum import luhn

SERIES = {
    "förvaltning": "2920",
    "myndighet": "2920",
    "kommunalt aktiebolag": "5420",
    "aktiebolag": "5420",
    "ekonomisk förening": "7920",
    "ideell förening": "8920",
    "stiftelse": "8920",
    "handelsbolag": "9420",
    "kommanditbolag": "9420",
}


def organisation_number(legal_form: str, serial: int) -> str:
    """Ten digits for the ``serial``-th (0-99999) organisation of the demo with this legal form."""
    body = f"{SERIES[legal_form]}{serial:05d}"
    return body + luhn.calc_check_digit(body)


def sole_trader_number(born: date, serial: int) -> str:
    """Ten digits that are a personal number, with a birth number from 980 to 999 (``serial`` 0-19)."""
    body = f"{born:%y%m%d}{980 + serial}"
    return body + luhn.calc_check_digit(body)
