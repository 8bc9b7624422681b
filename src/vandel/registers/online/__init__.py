"""Registers asked over the network, one number at a time. Client, clock and sleep are handed in."""

from vandel.registers.online.asking import Asker, Patience
from vandel.registers.online.bolagsverket import PRODUCTION, TEST, Addresses, BolagsverketApi, Credentials
from vandel.registers.online.gleif import GleifApi
from vandel.registers.online.pacing import Pacing

__all__ = [
    "PRODUCTION",
    "TEST",
    "Addresses",
    "Asker",
    "BolagsverketApi",
    "Credentials",
    "GleifApi",
    "Pacing",
    "Patience",
]
