"""Which addresses the visit may ask: public ones, on the web's own two ports, written without tricks.

What a name resolves to is judged by :func:`refusal_of`, whatever the name looked like. Python's own classes
are not enough: ``is_global`` is true for multicast, 6to4 and carriers' translated addresses.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

import idna

from vandel.website.outcome import NotVisited, Outcome

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 2_000
_EMBEDDING: Final = ipaddress.IPv6Network("64:ff9b::/96")
_ORDINARY: Final = ipaddress.IPv6Network("2000::/3")
# Not meant for a public web server, though some Python releases call them global.
_SPECIAL: Final = tuple(
    ipaddress.ip_network(net)
    for net in (
        "192.0.0.0/24",  # protocol assignments, also a cloud's metadata
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # a cloud's metadata on a public number
        "2001::/23",  # Teredo, ORCHID and other protocol assignments
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an IPv4 address inside
        "3fff::/20",
    )
)
_PRIVATE_NAMES: Final = (
    "localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "onion", "alt",
    "arpa",
)  # fmt: skip
_NAME: Final = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.A)
_LIKE_A_NUMBER: Final = re.compile(r"(?:\d+|0x[0-9a-f]*)", re.I | re.A)
_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\]")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A checked address: ``host`` in ASCII without trailing dot, ``target`` the path with its query."""

    scheme: str
    host: str
    target: str

    @property
    def port(self) -> int:
        return PORTS[self.scheme]

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{self.target}"


def refusal_of(address: IPAddress) -> str | None:
    """Why nothing may be sent to an address, in a few words; None when it is a public one."""
    if isinstance(address, ipaddress.IPv6Address):
        return _refusal_of_six(address)
    if address.is_multicast or address.is_reserved or not address.is_global or _is_special(address):
        return f"{address} is not a public address"
    return None


def _refusal_of_six(address: ipaddress.IPv6Address) -> str | None:
    if address.scope_id:
        return f"{address} is bound to one network card"
    inner = address.ipv4_mapped
    if inner is None and address in _EMBEDDING:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if inner is not None:
        return refusal_of(inner)
    if address not in _ORDINARY or not address.is_global or _is_special(address):
        return f"{address} is not a public address"
    return None


def _is_special(address: IPAddress) -> bool:
    return any(address in net for net in _SPECIAL if net.version == address.version)


def web_address(text: str) -> WebAddress:
    """What somebody typed or a page linked to, checked and put into its one form; ``https`` when unsaid.

    Errors: ``NotVisited``: ``bad_address`` for no web address, ``not_public`` for one that we must not ask.
    """
    typed = text.strip()
    if not typed or len(typed) > LONGEST or _UNFIT.search(typed):
        raise _bad("it is empty, too long or holds signs that no web address has")
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError as error:
        raise _bad("it can't be taken apart") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise _bad("it is neither http nor https")
    if "@" in parts.netloc:
        raise _bad("it holds a user name or a password")
    if port not in (None, PORTS[scheme]):
        raise NotVisited(Outcome.NOT_PUBLIC, f"Port {port} is not one that websites use.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return WebAddress(scheme, _host(parts.hostname or "", bracketed="[" in parts.netloc), path + query)


def literal(host: str) -> IPAddress | None:
    """The IP address that ``host`` is written as, or None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _host(host: str, *, bracketed: bool) -> str:
    host = host.rstrip(".") if host.endswith(".") and not host.endswith("..") else host
    address = literal(host)
    if address is not None and bracketed == (address.version == 6):
        why = refusal_of(address)
        if why:
            raise NotVisited(Outcome.NOT_PUBLIC, f"{why[0].upper()}{why[1:]}.")
        return str(address)
    name = _ascii(host)
    # 127.1, 0x7f000001 and 2130706433 are read as numbers by some and as names by others.
    if bracketed or _LIKE_A_NUMBER.fullmatch(name.rpartition(".")[2]):
        raise NotVisited(Outcome.NOT_PUBLIC, "The address is a number written in an unusual way.")
    if name.rpartition(".")[2] in _PRIVATE_NAMES:
        raise NotVisited(Outcome.NOT_PUBLIC, f"{name} is a name of an inner network.")
    if name.endswith(".invalid"):
        # Reserved so that it never leads anywhere (RFC 6761): no name server is bothered with it.
        raise NotVisited(Outcome.NO_SUCH_NAME, f"There is no address behind the name {name}.")
    if not _NAME.fullmatch(name):
        raise _bad("its name is not one that a public website can have")
    return name


def _ascii(host: str) -> str:
    if host.isascii():
        name = host.lower()
        if "xn--" in name:
            _check_encoded(name)
        return name
    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise _bad("its name holds letters that names on the web can't have") from error


def _check_encoded(name: str) -> None:
    try:
        idna.decode(name, std3_rules=True)
    except (idna.IDNAError, UnicodeError) as error:
        raise _bad("its encoded name means nothing") from error


def _bad(reason: str) -> NotVisited:
    return NotVisited(Outcome.BAD_ADDRESS, f"This is not a web address: {reason}.")
