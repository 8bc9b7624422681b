# ruff: noqa: E501, SIM905 - tables read best as tables
"""No connection ever reaches a non-public address, however it is written, resolved or led to."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.website import servers
from tests.engine.website.servers import NAME, PUBLIC, Clock, Names, fetcher_for, pages, serving

from vandel.website.addresses import literal, refusal_of, web_address
from vandel.website.fetch import Fetcher, Limits
from vandel.website.guard import Guard, SystemResolver
from vandel.website.outcome import NotVisited, Outcome

# Addresses that no name may lead to.
ADDRESSES = """
127.0.0.1 127.0.0.2 127.1.2.3 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255
192.168.0.1 192.168.255.255 169.254.0.1 169.254.169.254 169.254.170.2 100.64.0.1 100.100.100.200 100.127.255.254
192.0.0.1 192.0.0.8 192.0.0.9 192.0.0.170 192.0.0.192 192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 198.19.255.255
192.88.99.1 168.63.129.16 224.0.0.1 224.0.0.251 239.255.255.250 240.0.0.1 254.1.1.1 255.255.255.255
:: ::1 ::2 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0.0.0.0 ::ffff:100.64.0.1 ::127.0.0.1
::8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::192.168.1.1
64:ff9b:1::1 64:ff9b:1::7f00:1 2002:7f00:1:: 2002:a00:1:: 2002:a9fe:a9fe:: 2002:c0a8:101:: 2002:808:808::
2001::1 2001:0:7f00:1:: 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:10::1 2001:20::1 2001:db8::1 3fff::1 100::1
fc00::1 fd00::1 fd00:ec2::254 fdff::1 fe80::1 fe80::1%lo fe80::a9fe:a9fe fec0::1 ff02::1 ff02::fb ff05::1:3 ff0e::1
4000::1 5f00::1 8000::1 e000::1
""".split()

# Ways to write them in an address bar.
SPELLINGS = """
localhost LOCALHOST localhost. LocalHost.localdomain foo.localhost ip6-localhost. printer.local router.lan
db.internal intranet server.corp nas.home x.onion x.alt 1.0.0.127.in-addr.arpa metadata.google.internal metadata
http://127.0.0.1 http://127.0.0.1. http://127.1 http://127.0.1 http://2130706433 http://0x7f000001 http://0x7f.1
http://0x7f.0x0.0x0.0x1 http://0177.0.0.1 http://017700000001 http://0177.1 http://00000177.0.0.1 http://127.0.0.01
http://0 http://0.0.0.0 http://0x0 http://3232235521 http://2852039166 http://0xa9fea9fe http://0251.0376.0251.0376
http://169.254.169.254/latest/meta-data/ http://[::1] http://[::] http://[0:0:0:0:0:0:0:1] http://[::ffff:127.0.0.1]
http://[::ffff:7f00:1] http://[0:0:0:0:0:ffff:127.0.0.1] http://[::127.0.0.1] http://[64:ff9b::7f00:1] http://[fe80::1%25lo]
http://[fe80::1%lo] http://[fd00::1] http://[127.0.0.1] http://[localhost] http://[::1 http://::1 http://::1/ http://1
http://①②⑦.⓪.⓪.① http://１２７.０.０.１ http://127。0。0。1 http://127．0．0．1 http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ http://ｌｏｃａｌｈｏｓｔ
http://127.0.0.1%00.example.com http://127.0.0.1%2eexample http://%31%32%37.0.0.1 http://127.0.0.1\\@foreningen.example
http://foreningen.example@127.0.0.1 http://foreningen.example:80@127.0.0.1 http://user:pass@foreningen.example
http://127.0.0.1#@foreningen.example http://127.0.0.1?@foreningen.example http://127.0.0.1\\.foreningen.example
http://foreningen.example:22 http://foreningen.example:8080 http://foreningen.example:443 https://foreningen.example:80
http://foreningen.example:0 http://foreningen.example:65536 http://foreningen.example:-1 http://foreningen.example:80:80
http://foreningen.example:٨٠٨٠ http://foreningen.example:6379/ https://foreningen.example:8443
file:///etc/passwd ftp://127.0.0.1/ gopher://127.0.0.1:70/_x dict://127.0.0.1:11211/ javascript:alert(1) data:text/html,x
jar:http://127.0.0.1!/ ldap://127.0.0.1 unix:/var/run/docker.sock http+unix://%2Fvar%2Frun%2Fdocker.sock/ ws://127.0.0.1
http:127.0.0.1 http:/127.0.0.1 http:///127.0.0.1 //127.0.0.1 http://.127.0.0.1 http://127.0.0.1.. http://127..1
http://xn--0.example http://xn--a http://a..b http://-a.example http://a_.- http://*.example http://fore<>ning.example
""".split()
# Names that the resolver leads to loopback, alone or among public ones.
LEADING = [[address] for address in ADDRESSES] + [
    [PUBLIC, "127.0.0.1"],
    ["::1", PUBLIC],
    ["not an address"],
    [],
]


class Counting:
    """Counts every connection attempt of the process that is not to the test's own server."""

    def __init__(self, monkeypatch):
        self.attempts: list[object] = []
        real = socket.socket.connect

        def connect(link, address):
            self.attempts.append(address)
            return real(link, address)

        monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def attempts(monkeypatch):
    return Counting(monkeypatch).attempts


def strict_fetcher(names: Names) -> Fetcher:
    """The guard as shipped, with a resolver of our own."""
    return Fetcher(
        Guard(names), Clock().times, user_agent="x", limits=Limits(), ssl_context=ssl.create_default_context()
    )


def test_the_table_is_as_long_as_promised():
    assert len(ADDRESSES) + len(SPELLINGS) >= 120
    assert len(set(ADDRESSES)) == len(ADDRESSES)


@pytest.mark.parametrize("text", ADDRESSES)
def test_no_such_address_passes(text):
    assert refusal_of(literal(text))


@pytest.mark.parametrize(
    "text", ["8.8.8.8", PUBLIC, "2a00:1450:400f:80c::200e", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_public_addresses_pass(text):
    assert refusal_of(literal(text)) is None


@pytest.mark.parametrize(
    "url", [*SPELLINGS, *(f"http://[{a}]/" if ":" in a else f"http://{a}/" for a in ADDRESSES)]
)
def test_no_spelling_makes_a_connection(url, attempts):
    """With a resolver that leads every name it is asked for to loopback."""

    class Everything(Names):
        def resolve(self, host: str, *, seconds: float) -> list[str]:
            return ["127.0.0.1"]

    page = strict_fetcher(Everything({})).fetch(url)
    assert page.outcome in {Outcome.NOT_PUBLIC, Outcome.BAD_ADDRESS} and page.reason
    assert attempts == [] and page.exchanges == ()


@pytest.mark.parametrize("addresses", LEADING, ids=str)
def test_one_bad_address_refuses_all(addresses, attempts):
    page = strict_fetcher(Names({NAME: addresses})).fetch(f"http://{NAME}/")
    assert page.outcome in {Outcome.NOT_PUBLIC, Outcome.NO_SUCH_NAME}
    assert attempts == []


def test_a_name_that_never_exists_is_not_even_looked_up(attempts):
    names = Names({})
    page = strict_fetcher(names).fetch("https://foreningen.invalid/")
    assert page.outcome is Outcome.NO_SUCH_NAME and names.asked == [] and attempts == []


def test_a_listening_server_on_loopback_hears_nothing():
    """The real resolver of the machine, a server that really listens, its own names."""
    with serving(pages({"/": "inner"})) as site:
        fetcher = strict_fetcher(SystemResolver())
        for host in ("localhost", "127.0.0.1", "[::1]", socket.gethostname(), "0.0.0.0"):
            for port in ("", f":{site.port}"):
                assert not fetcher.fetch(f"http://{host}{port}/").outcome.is_read
        assert site.connections == 0


@pytest.mark.parametrize("address", ADDRESSES)
def test_redirects_are_checked_like_the_first_address(address):
    host = f"[{address}]" if ":" in address else address
    names = Names({NAME: [PUBLIC], "inner.example": [address]})
    for target in (f"http://{host}/", "http://inner.example/", "//inner.example/x"):
        with serving(pages({"/": f"-> {target}"})) as site:
            page = fetcher_for(site, names=names).fetch(f"http://{NAME}/")
            assert page.outcome in {Outcome.NOT_PUBLIC, Outcome.BAD_ADDRESS}
            assert site.connections == 1


def test_a_name_server_that_changes_its_mind_gains_nothing(attempts):
    """First public, then private: each connection goes to the address of its own check."""
    names = Names({NAME: [[PUBLIC], ["127.0.0.1"]]})
    with serving(pages({"/": "-> /next", "/next": "inner"})) as site:
        page = fetcher_for(site, names=names).fetch(f"http://{NAME}/")
        assert page.outcome is Outcome.NOT_PUBLIC
        assert site.asked == ["/"] and names.asked == [NAME, NAME]
        assert attempts == [("127.0.0.1", site.port)]  # the test's own way to its server, once


def test_a_name_server_that_never_answers_is_given_up(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(1.5) or [])
    started = time.monotonic()
    with pytest.raises(NotVisited) as refused:
        Guard(SystemResolver()).addresses(NAME, seconds=0.2)
    assert refused.value.outcome is Outcome.TOO_SLOW and time.monotonic() - started < 1


def test_the_machines_search_domains_are_not_tried(monkeypatch):
    asked = []

    def look_up(host, *_, **__):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 0))] * 2

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert Guard(SystemResolver()).addresses(NAME, seconds=1) == [PUBLIC]
    assert asked == [f"{NAME}."]


def test_one_question_per_connection():
    names = Names({NAME: [PUBLIC]})
    with serving(pages({"/": "<p>hej"})) as site:
        fetcher_for(site, names=names).fetch(f"http://{NAME}./")
        assert names.asked == [NAME]
        assert "Host: foreningen.example\r\n" in site.heads[0] and "Cookie" not in site.heads[0]


def test_the_guard_can_not_be_opened_by_configuration(monkeypatch):
    """No argument, environment variable or attribute of the shipped guard allows an inner address."""
    assert list(Guard.__init__.__annotations__) == ["resolver", "return"]
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    with pytest.raises(NotVisited):
        Guard(Names({})).open("127.0.0.1", 80, seconds=1)
    with pytest.raises(NotVisited):
        Guard(Names({})).open(PUBLIC, 8080, seconds=1)
    assert Guard not in servers.LoopbackGuard.__subclasses__() and Guard.__subclasses__() == [
        servers.LoopbackGuard
    ]


@given(st.integers(0, 2**32 - 1))
def test_four_in_six_is_judged_as_four(number):
    four = ipaddress.IPv4Address(number)
    mapped = ipaddress.IPv6Address(0xFFFF << 32 | number)
    translated = ipaddress.IPv6Address(0x64FF9B << 96 | number)
    assert bool(refusal_of(mapped)) == bool(refusal_of(four)) == bool(refusal_of(translated))
    if four.is_private or four.is_loopback or four.is_link_local or four.is_multicast:
        assert refusal_of(four)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    try:
        address = web_address(text)
    except NotVisited:
        return
    assert web_address(address.url) == address
    assert address.port in {80, 443} and address.url.isascii()


def certificate(name: str) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return made.public_bytes(serialization.Encoding.PEM), key.private_bytes(*kinds)


@pytest.mark.parametrize(
    ("on_certificate", "outcome"), [(NAME, Outcome.VISITED), ("annan.example", Outcome.BAD_CERTIFICATE)]
)
def test_the_certificate_is_checked_against_the_name(on_certificate, outcome, tmp_path):
    pem, key = certificate(on_certificate)
    (tmp_path / "both.pem").write_bytes(pem + key)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(tmp_path / "both.pem")
    client = ssl.create_default_context(cadata=pem.decode())
    with serving(pages({"/": "<p>hej"}), context=server) as site:
        page = fetcher_for(site, context=client).fetch(f"https://{NAME}/")
    assert page.outcome is outcome
